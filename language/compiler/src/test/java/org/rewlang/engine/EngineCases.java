package org.rewlang.engine;

import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.Body;
import org.rewlang.core.CoreCases;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Sink;

/**
 * What every engine must pass: the cases of {@link CoreCases} equal direct Java in every bit,
 * failures, resets and snapshots included.
 */
public final class EngineCases {

  /**
   * @param failures steps and resets that were meant to fail and did
   */
  public record Report(long values, long undefined, long failures) {

    Report plus(Report o) {
      return new Report(values + o.values, undefined + o.undefined, failures + o.failures);
    }
  }

  private final CoreCases.Case test;
  private final CoreProgram program;
  private final Evaluator evaluator;
  private final Frame frame;
  private final double[] expected;
  private final Random random;
  private CoreCases.Model model;
  private long values;
  private long undefined;
  private long failures;

  private EngineCases(Engine engine, CoreCases.Case test) {
    this.test = test;
    this.program = test.program();
    this.evaluator = engine.prepare(program);
    this.frame = evaluator.newFrame(evaluator.layout().defaultParams());
    this.expected = new double[frame.outputs.length];
    this.random = new Random(test.name().hashCode());
    this.model = test.fresh().get();
  }

  /** All cases. */
  public static Report run(Engine engine) {
    Report report = new Report(0, 0, 0);
    for (CoreCases.Case test : CoreCases.all()) {
      report = report.plus(run(engine, test));
    }
    return report;
  }

  public static Report run(Engine engine, CoreCases.Case test) {
    return new EngineCases(engine, test).run();
  }

  private Report run() {
    double[] snapshot = frame.state.clone();
    CoreCases.Model copy = model.copy();
    for (int step = 0; step < test.steps(); step++) {
      switch (random.nextInt(60)) {
        case 0 -> {
          evaluator.layout().reset(frame.state);
          model = test.fresh().get();
        }
        case 1 -> {
          snapshot = evaluator.layout().canonical(frame.state);
          copy = model.copy();
        }
        case 2 -> {
          System.arraycopy(snapshot, 0, frame.state, 0, snapshot.length);
          model = copy.copy();
        }
        case 3, 4 -> observe(step);
        default -> {}
      }
      test.inputs().fill(random, program, frame.inputs);
      double[] before = frame.state.clone();
      @Nullable String failure = model.step(frame.inputs.clone(), expected);
      same(step, program.step(), failure, evaluator.step(frame), before);
    }
    return new Report(values, undefined, failures);
  }

  private void observe(int step) {
    if (program.reset().sinks().isEmpty()) {
      return;
    }
    test.inputs().fill(random, program, frame.inputs);
    for (int i = 0; i < frame.present.length; i++) {
      frame.present[i] = random.nextBoolean();
    }
    double[] before = frame.state.clone();
    @Nullable String failure = model.observe(frame.inputs.clone(), frame.present);
    same(step, program.reset(), failure, evaluator.observe(frame), before);
  }

  private void same(int step, Body body, @Nullable String failure, int sink, double[] before) {
    String found = sink == Evaluator.OK ? null : ((Sink.Check) body.sinks().get(sink)).what();
    if (!Objects.equals(failure, found)) {
      throw new AssertionError(test + ", step " + step + ": failure " + found + ", not " + failure);
    }
    if (failure != null) {
      failures++;
      same(step, "state", before, frame.state);
    }
    same(step, "output", expected, frame.outputs);
  }

  private void same(int step, String name, double[] wanted, double[] found) {
    for (int i = 0; i < wanted.length; i++) {
      if (Double.doubleToLongBits(wanted[i]) != Double.doubleToLongBits(found[i])) {
        throw new AssertionError(
            test + ", step " + step + ": " + name + " " + i + " is " + found[i] + ", not "
                + wanted[i]);
      }
      undefined += Double.isNaN(wanted[i]) ? 1 : 0;
    }
    values += wanted.length;
  }
}
