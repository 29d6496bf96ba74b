package org.rewlang.host;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.RewardEvaluationException;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.engine.Batch;
import org.rewlang.engine.BatchEvaluator;
import org.rewlang.engine.EngineFault;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;

/** Lanes of an engine that runs blocks of them. */
public final class BlockLanes implements Lockstep {

  private final Stepper stepper;
  private final BatchEvaluator.Runner runner;
  private final int count;
  private final int width;
  private final Batch[] blocks;

  /** By lane, why its inputs were refused, or why its step knowing its own end failed. */
  private final @Nullable RewardEvaluationException[] failures;

  /** For looking at the inputs of a block. */
  private final double[] checked;

  /** For what is done in one lane alone. */
  private final Frame frame;

  /** By lane, the state before the step, in programs that may run it twice. */
  private final double[][] before;

  BlockLanes(Stepper stepper, BatchEvaluator evaluator, int count, double[] params) {
    this.stepper = stepper;
    this.count = count;
    runner = evaluator.newRunner();
    width = evaluator.width();
    blocks = new Batch[(count + width - 1) / width];
    for (int b = 0; b < blocks.length; b++) {
      blocks[b] = evaluator.newBatch(Math.min(width, count - b * width), params);
    }
    failures = new RewardEvaluationException[count];
    checked = new double[width];
    frame = stepper.evaluator().newFrame(params);
    before = new double[stepper.readsItsOwnEnd() ? count : 0][frame.state.length];
  }

  @Override
  public int count() {
    return count;
  }

  private Batch block(int lane) {
    return blocks[lane / width];
  }

  @Override
  public void inputs(int lane, double[] from, int at, int count) {
    int done = 0;
    while (done < count) {
      Batch block = block(lane + done);
      int n = lanesOfBlock(lane + done, count - done);
      block.setInputs((lane + done) % width, from, at + done * block.inputs.length, n);
      done += n;
    }
  }

  @Override
  public void outputs(int lane, double[] into, int at, int count) {
    int done = 0;
    while (done < count) {
      Batch block = block(lane + done);
      int n = lanesOfBlock(lane + done, count - done);
      block.getOutputs((lane + done) % width, into, at + done * block.outputs.length, n);
      done += n;
    }
  }

  /** How many of {@code count} lanes from {@code lane} on lie in the same block. */
  private int lanesOfBlock(int lane, int count) {
    return Math.min(count, width - lane % width);
  }

  @Override
  public boolean step(int lanes, boolean live) {
    boolean twice = live && stepper.readsItsOwnEnd();
    for (int lane = 0; twice && lane < lanes; lane++) {
      getState(lane, before[lane]);
    }
    Arrays.fill(failures, 0, lanes, null);
    boolean good = true;
    for (int b = 0; b * width < lanes; b++) {
      int n = Math.min(width, lanes - b * width);
      Map<Integer, Frame> kept =
          stepper.accepts(blocks[b].inputs, n, checked) ? Map.of() : refused(b, n);
      good &= stepped(blocks[b], n) && kept.isEmpty();
      kept.forEach(blocks[b]::restore);
    }
    for (int lane = 0; twice && lane < lanes; lane++) {
      good &= !isDone(lane) || again(lane);
    }
    return good;
  }

  private boolean stepped(Batch block, int lanes) {
    try {
      return runner.step(block, lanes);
    } catch (EngineFault e) {
      throw new RewardEvaluationException(
          List.of(
              Diagnostic.of(Code.ENGINE_FAULT, e.fault())
                  .hint("score it again with another `--engine`")
                  .build()));
    }
  }

  /** The lanes of a block whose inputs are refused, as they are and must stay. */
  private Map<Integer, Frame> refused(int b, int lanes) {
    Map<Integer, Frame> kept = new HashMap<>();
    for (int lane = 0; lane < lanes; lane++) {
      blocks[b].getInputs(lane, frame.inputs);
      RewardEvaluationException refusal = stepper.refusal(frame.inputs);
      if (refusal != null) {
        failures[b * width + lane] = refusal;
        kept.put(lane, frame(blocks[b], lane));
      }
    }
    return kept;
  }

  private Frame frame(Batch block, int lane) {
    Frame own = stepper.evaluator().newFrame(block.params);
    block.get(lane, own);
    return own;
  }

  private boolean isDone(int lane) {
    return failures[lane] == null && block(lane).failed[lane % width] == Evaluator.OK;
  }

  /** A step that ended its own episode is done anew, knowing so. */
  private boolean again(int lane) {
    Batch block = block(lane);
    Frame own = frame(block, lane % width);
    if (!stepper.marksEnd(own)) {
      return true;
    }
    System.arraycopy(before[lane], 0, own.state, 0, own.state.length);
    try {
      stepper.step(own);
    } catch (RewardEvaluationException e) {
      failures[lane] = e;
    }
    block.restore(lane % width, own);
    return failures[lane] == null;
  }

  @Override
  public @Nullable RewardEvaluationException failure(int lane) {
    int sink = block(lane).failed[lane % width];
    if (failures[lane] == null && sink != Evaluator.OK) {
      failures[lane] = stepper.failure(sink, frame(block(lane), lane % width), false);
    }
    return failures[lane];
  }

  @Override
  public List<Integer> undefined(int lane) {
    return stepper.undefined(frame(block(lane), lane % width));
  }

  @Override
  public void reset(int lane) {
    block(lane).reset(lane % width);
  }

  @Override
  public void observe(int lane, double[] observation, boolean[] present) {
    System.arraycopy(observation, 0, frame.inputs, 0, frame.inputs.length);
    System.arraycopy(present, 0, frame.present, 0, frame.present.length);
    stepper.observe(frame);
    setState(lane, frame.state);
  }

  @Override
  public double output(int lane, int place) {
    return block(lane).outputs[place][lane % width];
  }

  @Override
  public void output(int place, double[] into) {
    for (int b = 0; b < blocks.length; b++) {
      System.arraycopy(blocks[b].outputs[place], 0, into, b * width, blocks[b].width);
    }
  }

  @Override
  public void getState(int lane, double[] into) {
    block(lane).getState(lane % width, into);
  }

  @Override
  public void setState(int lane, double[] from) {
    block(lane).setState(lane % width, from);
  }
}
