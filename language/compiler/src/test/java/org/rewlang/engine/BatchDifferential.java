package org.rewlang.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.rewlang.core.CorePrinter;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.RandomCore;
import org.rewlang.interpret.Interpreter;

/**
 * Lanes of a block beside as many frames of the reference interpreter, on the same random numbers:
 * episodes that begin in some lanes with or without an observation, that end sooner in some than in
 * others, parameters that change, steps that fail. Every bit of every lane must agree.
 */
public final class BatchDifferential {

  /**
   * What was compared: steps of lanes, episodes begun, numbers, of them undefined, failed steps.
   */
  public record Report(long steps, long begun, long values, long undefined, long failures) {

    public Report plus(Report o) {
      return new Report(
          steps + o.steps,
          begun + o.begun,
          values + o.values,
          undefined + o.undefined,
          failures + o.failures);
    }
  }

  private final CoreProgram program;
  private final Layout layout;
  private final Evaluator reference;
  private final Frame[] frames;
  private final Batch batch;
  private final BatchEvaluator.Runner runner;
  private final Random random;
  private final String what;
  private final double[] row;
  private long begun;
  private long values;
  private long undefined;
  private long failures;

  private BatchDifferential(
      BatchEvaluator evaluator, BatchEvaluator.Runner runner, int width, long seed) {
    this.runner = runner;
    layout = evaluator.layout();
    program = layout.program();
    reference = new Interpreter().prepare(program);
    random = new Random(seed);
    batch = evaluator.newBatch(width, layout.defaultParams());
    frames = new Frame[width];
    Arrays.setAll(frames, _ -> reference.newFrame(batch.params));
    row = new double[Math.max(layout.stateSize(), layout.outputSize())];
    what = "seed " + seed + ", " + width + " lanes";
  }

  /**
   * Steps one block.
   *
   * @param runner may have run other blocks before
   */
  public static Report compare(
      BatchEvaluator evaluator, BatchEvaluator.Runner runner, int width, long seed, int steps) {
    return new BatchDifferential(evaluator, runner, width, seed).run(steps);
  }

  private Report run(int steps) {
    long done = 0;
    for (int step = 0; step < steps; step++) {
      if (random.nextInt(6) == 0) {
        RandomCore.fill(random, program.params(), batch.params);
      }
      // Lanes whose episodes are over lie at the end, and sit still.
      int lanes = random.nextBoolean() ? frames.length : 1 + random.nextInt(frames.length);
      if (random.nextInt(4) == 0) {
        begin(lanes, step);
      }
      inputs(lanes);
      boolean good = runner.step(batch, lanes);
      boolean all = true;
      for (int lane = 0; lane < frames.length; lane++) {
        if (lane < lanes) {
          int failed = reference.step(frames[lane]);
          same("failed check", failed, batch.failed[lane], lane, step);
          failures += failed == Evaluator.OK ? 0 : 1;
          all &= failed == Evaluator.OK;
        }
        same(lane, step);
      }
      same("whether all held", all ? 1 : 0, good ? 1 : 0, 0, step);
      done += lanes;
    }
    return new Report(done, begun, values, undefined, failures);
  }

  private void inputs(int lanes) {
    for (int lane = 0; lane < lanes; lane++) {
      RandomCore.fill(random, program.inputs(), frames[lane].inputs);
      batch.setInputs(lane, frames[lane].inputs, 0, 1);
    }
  }

  private void begin(int lanes, int step) {
    boolean[] begins = new boolean[lanes];
    boolean observed = random.nextBoolean();
    inputs(lanes);
    for (int lane = 0; lane < lanes; lane++) {
      begins[lane] = random.nextInt(3) == 0;
      for (int port = 0; port < batch.present.length; port++) {
        frames[lane].present[port] = random.nextInt(3) > 0;
        batch.present[port][lane] = frames[lane].present[port];
      }
    }
    if (observed) {
      boolean unused = runner.observe(batch, lanes, begins);
    }
    for (int lane = 0; lane < lanes; lane++) {
      begun += begins[lane] ? 1 : 0;
      if (begins[lane] && observed) {
        same("failed check", reference.observe(frames[lane]), batch.failed[lane], lane, step);
      } else if (begins[lane]) {
        layout.reset(frames[lane].state);
        batch.reset(lane);
      }
      same(lane, step);
    }
  }

  private void same(int lane, int step) {
    batch.getOutputs(lane, row, 0, 1);
    same("output", frames[lane].outputs, row, lane, step);
    double[] state = new double[layout.stateSize()];
    batch.getState(lane, state);
    same("state", frames[lane].state, state, lane, step);
  }

  private void same(String name, double[] x, double[] y, int lane, int step) {
    for (int i = 0; i < x.length; i++) {
      if (Double.doubleToLongBits(x[i]) != Double.doubleToLongBits(y[i])) {
        throw different(step, lane, name + " " + i, x[i], y[i]);
      }
      undefined += Double.isNaN(x[i]) ? 1 : 0;
    }
    values += x.length;
  }

  private void same(String name, int x, int y, int lane, int step) {
    if (x != y) {
      throw different(step, lane, name, x, y);
    }
  }

  private AssertionError different(int step, int lane, String place, double x, double y) {
    List<String> inputs = new ArrayList<>();
    for (double input : frames[lane].inputs) {
      inputs.add(String.valueOf(input));
    }
    return new AssertionError(
        what
            + (", step " + step + ", lane " + lane)
            + (": " + place + " is " + x + ", of the block " + y)
            + ("\ninputs " + inputs + "\n")
            + CorePrinter.print(program));
  }
}
