package org.rewlang.bench;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.rewlang.core.CoreFacts;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Kind;
import org.rewlang.core.Op;
import org.rewlang.core.Output;
import org.rewlang.engine.Engine;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.gradient.Gradient;
import org.rewlang.host.Engines;
import org.rewlang.host.Front;

/**
 * A step, and a step with the derivatives of its total by all numbers that go in, in turn; in CPU
 * time of the thread, as {@link Interleaved}. Argument: an engine.
 */
public final class GradientCost {

  private static final int ROWS = 4096;
  private static final int ROUNDS = 15;
  private static final long WARM_UP = 3_000_000_000L;

  private final Evaluator evaluator;
  private final Frame frame;
  private final double[][] rows;
  private int next;

  private GradientCost(Engine engine, CoreProgram program, double[][] rows) {
    this.evaluator = engine.prepare(program);
    this.frame = evaluator.newFrame(evaluator.layout().defaultParams());
    this.rows = rows;
  }

  public static void main(String[] args) {
    Engine engine = Engines.choose(args.length > 0 ? args[0] : "truffle").orElseThrow().engine();
    System.out.printf(
        "%-11s %9s %9s %6s   %s%n", "kind", "value", "both", "ratio", "operations, of both");
    for (org.rewlang.bench.Kind kind : org.rewlang.bench.Kind.values()) {
      measure(engine, kind);
    }
  }

  private static void measure(Engine engine, org.rewlang.bench.Kind kind) {
    CoreProgram plain =
        Front.compile(kind.program(), Programs.text(kind.program())).program().orElseThrow().core();
    CoreProgram both = Gradient.of(plain, totals(plain), leaves(plain));
    Random random = new Random(7);
    double[][] rows = new double[ROWS][];
    Arrays.setAll(rows, _ -> kind.row(random));
    GradientCost one = new GradientCost(engine, plain, rows);
    GradientCost two = new GradientCost(engine, both, rows);
    int steps = 4_000_000 / (100 + rows[0].length);
    one.warmUp(steps);
    two.warmUp(steps);
    double[] values = new double[ROUNDS];
    double[] derived = new double[ROUNDS];
    double[] ratios = new double[ROUNDS];
    for (int r = 0; r < ROUNDS; r++) {
      values[r] = one.nanoseconds(steps);
      derived[r] = two.nanoseconds(steps);
      ratios[r] = derived[r] / values[r];
    }
    System.out.printf(
        "%-11s %9.1f %9.1f %6.2f   %d, %d%n",
        kind.name().toLowerCase(Locale.ROOT),
        median(values),
        median(derived),
        median(ratios),
        CoreFacts.of(plain).operations(),
        CoreFacts.of(both).operations());
  }

  private static List<Integer> totals(CoreProgram program) {
    return IntStream.range(0, program.outputs().size())
        .filter(i -> program.outputs().get(i).role() == Output.Role.TOTAL)
        .boxed()
        .toList();
  }

  private static List<Op> leaves(CoreProgram program) {
    return IntStream.range(0, program.inputs().size())
        .filter(i -> program.inputs().get(i).type().kind() == Kind.F64)
        .<Op>mapToObj(Op.Input::new)
        .toList();
  }

  private void warmUp(int steps) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < WARM_UP) {
      run(steps / 10);
    }
  }

  private double nanoseconds(int steps) {
    var threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    run(steps);
    return (double) (threads.getCurrentThreadCpuTime() - start) / steps;
  }

  private void run(int steps) {
    for (int i = 0; i < steps; i++) {
      next = next * 1_664_525 + 1_013_904_223;
      double[] row = rows[next >>> Integer.numberOfLeadingZeros(ROWS - 1)];
      System.arraycopy(row, 0, frame.inputs, 0, row.length);
      if (evaluator.step(frame) != Evaluator.OK) {
        throw new IllegalStateException("a step failed");
      }
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
