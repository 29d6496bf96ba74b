package org.rewlang.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.rewlang.core.CorePrinter;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.RandomCore;

/** Two engines on the same random programs and the same random numbers: every bit must agree. */
public final class Differential {

  /**
   * What was compared.
   *
   * @param values outputs and numbers of state
   * @param undefined values that were NaN on both
   * @param failures steps that failed on both
   */
  public record Report(
      int programs, long steps, long resets, long values, long undefined, long failures) {

    private static final Report NONE = new Report(0, 0, 0, 0, 0, 0);

    Report plus(Report o) {
      return new Report(
          programs + o.programs,
          steps + o.steps,
          resets + o.resets,
          values + o.values,
          undefined + o.undefined,
          failures + o.failures);
    }
  }

  private final CoreProgram program;
  private final Evaluator one;
  private final Evaluator other;
  private final Frame a;
  private final Frame b;
  private final Layout layout;
  private final Random random;
  private final String what;
  private long values;
  private long undefined;

  private Differential(CoreProgram program, Engine one, Engine other, long seed) {
    this.program = program;
    this.one = one.prepare(program);
    this.other = other.prepare(program);
    this.layout = this.one.layout();
    this.random = new Random(seed);
    this.a = this.one.newFrame(layout.defaultParams());
    this.b = this.other.newFrame(layout.defaultParams());
    this.what = one.name() + " and " + other.name() + ", seed " + seed;
  }

  /** Random programs of seeds from {@code from} on, below {@code to}. */
  public static Report compare(Engine one, Engine other, long from, long to) {
    Report report = Report.NONE;
    for (long seed = from; seed < to; seed++) {
      report = report.plus(compare(RandomCore.program(seed), one, other, seed, 40));
    }
    return report;
  }

  /** One program on random numbers: steps, failures, resets, snapshots, changed parameters. */
  public static Report compare(
      CoreProgram program, Engine one, Engine other, long seed, int steps) {
    return new Differential(program, one, other, seed).run(steps);
  }

  private Report run(int steps) {
    long failures = 0;
    long resets = 0;
    for (int step = 0; step < steps; step++) {
      if (random.nextInt(10) == 0) {
        RandomCore.fill(random, program.params(), a.params);
        System.arraycopy(a.params, 0, b.params, 0, a.params.length);
      }
      if (random.nextInt(12) == 0) {
        resets++;
        reset();
      }
      if (random.nextInt(8) == 0) {
        exchange();
      }
      inputs();
      int failed = same(one.step(a), other.step(b), step);
      failures += failed == Evaluator.OK ? 0 : 1;
    }
    return new Report(1, steps, resets, values, undefined, failures);
  }

  private void inputs() {
    RandomCore.fill(random, program.inputs(), a.inputs);
    System.arraycopy(a.inputs, 0, b.inputs, 0, a.inputs.length);
  }

  private void reset() {
    if (random.nextInt(3) == 0) {
      layout.reset(a.state);
      layout.reset(b.state);
      return;
    }
    inputs();
    for (int i = 0; i < a.present.length; i++) {
      a.present[i] = random.nextInt(3) > 0;
      b.present[i] = a.present[i];
    }
    same(one.observe(a), other.observe(b), -1);
  }

  /** Each goes on from the other's state, as a snapshot holds it. */
  private void exchange() {
    double[] ofA = layout.canonical(a.state);
    double[] ofB = layout.canonical(b.state);
    System.arraycopy(ofB, 0, a.state, 0, ofB.length);
    System.arraycopy(ofA, 0, b.state, 0, ofA.length);
  }

  private int same(int failedA, int failedB, int step) {
    if (failedA != failedB) {
      throw different(step, "failed check", failedA, failedB);
    }
    same("output", a.outputs, b.outputs, step);
    same("state", layout.canonical(a.state), layout.canonical(b.state), step);
    return failedA;
  }

  private void same(String name, double[] x, double[] y, int step) {
    for (int i = 0; i < x.length; i++) {
      if (Double.doubleToLongBits(x[i]) != Double.doubleToLongBits(y[i])) {
        throw different(step, name + " " + i, x[i], y[i]);
      }
      undefined += Double.isNaN(x[i]) ? 1 : 0;
    }
    values += x.length;
  }

  private AssertionError different(int step, String place, double x, double y) {
    List<String> inputs = new ArrayList<>();
    for (double input : a.inputs) {
      inputs.add(String.valueOf(input));
    }
    return new AssertionError(
        what
            + ", "
            + (step < 0 ? "reset" : "step " + step)
            + ": "
            + place
            + " is "
            + x
            + " and "
            + y
            + "\ninputs "
            + inputs
            + "\n"
            + CorePrinter.print(program));
  }
}
