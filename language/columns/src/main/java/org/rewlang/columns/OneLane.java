package org.rewlang.columns;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.rewlang.engine.Batch;
import org.rewlang.engine.BatchEvaluator;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.engine.Layout;

/** A block of one lane, for hosts that have only one: right, but what a block is for is lost. */
final class OneLane implements Evaluator {

  private static final boolean[] BEGINS = {true};

  private final ColumnProgram program;
  private final Queue<Block> idle = new ConcurrentLinkedQueue<>();

  private record Block(BatchEvaluator.Runner runner, Batch batch) {}

  OneLane(ColumnProgram program) {
    this.program = program;
  }

  @Override
  public Layout layout() {
    return program.layout();
  }

  @Override
  public int scratchSize() {
    return 0;
  }

  @Override
  public int step(Frame frame) {
    return run(frame, false);
  }

  @Override
  public int observe(Frame frame) {
    return run(frame, true);
  }

  private int run(Frame frame, boolean reset) {
    Block block = idle.poll();
    if (block == null) {
      Batch batch = program.newBatch(1, new double[layout().paramSize()]);
      block = new Block(program.newRunner(1), batch);
    }
    Batch batch = block.batch;
    System.arraycopy(frame.params, 0, batch.params, 0, batch.params.length);
    batch.setInputs(0, frame.inputs, 0, 1);
    batch.setState(0, frame.state);
    boolean good;
    if (reset) {
      for (int port = 0; port < frame.present.length; port++) {
        batch.present[port][0] = frame.present[port];
      }
      good = block.runner.observe(batch, 1, BEGINS);
    } else {
      good = block.runner.step(batch, 1);
    }
    int failed = batch.failed[0];
    if (good) {
      batch.getState(0, frame.state);
      if (!reset) {
        batch.getOutputs(0, frame.outputs, 0, 1);
      }
    }
    idle.add(block);
    return failed;
  }
}
