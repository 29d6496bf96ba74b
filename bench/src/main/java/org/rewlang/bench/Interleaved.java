package org.rewlang.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.rewlang.Episode;
import org.rewlang.RewardEngine;

/**
 * Steps by hand and by an engine in turn, measured in CPU time of the thread: ratios that a busy
 * machine disturbs little. Arguments: an engine, then kinds, in lower case; all if none is named.
 */
public final class Interleaved {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int ROWS = 8192;
  private static final int ROUNDS = 25;
  private static final long WARM_UP = 4_000_000_000L;

  private final double[][] rows = new double[ROWS][];
  private final Kind.ByHand hand;
  private final Episode episode;
  private int next;
  private double sum;

  private Interleaved(Kind kind, String engine) {
    Random random = new Random(7);
    Arrays.setAll(rows, _ -> kind.row(random));
    hand = kind.byHand();
    episode =
        RewardEngine.create(engine)
            .compile(kind.program(), Programs.text(kind.program()))
            .newEpisode();
    episode.reset();
  }

  public static void main(String[] args) {
    String engine = args.length > 0 ? args[0] : "truffle";
    List<Kind> kinds = new ArrayList<>();
    for (String name : args.length > 1 ? Arrays.copyOfRange(args, 1, args.length) : new String[0]) {
      kinds.add(Kind.valueOf(name.toUpperCase(Locale.ROOT)));
    }
    System.out.printf("%-11s %9s %9s   %s: by hand%n", "kind", "by hand", engine, engine);
    for (Kind kind : kinds.isEmpty() ? List.of(Kind.values()) : kinds) {
      new Interleaved(kind, engine).measure(kind);
    }
  }

  private void measure(Kind kind) {
    // As long a turn for each kind: a row of a cloud of points is thousands of numbers.
    int steps = 20_000_000 / (100 + kind.row(new Random(1)).length);
    warmUp(this::byHand, steps);
    warmUp(this::byEngine, steps);
    double[] hands = new double[ROUNDS];
    double[] engines = new double[ROUNDS];
    double[] ratios = new double[ROUNDS];
    for (int r = 0; r < ROUNDS; r++) {
      hands[r] = nanoseconds(this::byHand, steps);
      engines[r] = nanoseconds(this::byEngine, steps);
      ratios[r] = engines[r] / hands[r];
    }
    System.out.printf(
        "%-11s %9.1f %9.1f   %.2f (%.2f to %.2f)%n",
        kind.name().toLowerCase(Locale.ROOT),
        quantile(hands, 0.5),
        quantile(engines, 0.5),
        quantile(ratios, 0.5),
        quantile(ratios, 0.25),
        quantile(ratios, 0.75));
    if (Double.isNaN(sum)) {
      throw new IllegalStateException("a step of " + kind + " is undefined");
    }
  }

  private void warmUp(IntToDoubleFunction loop, int steps) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < WARM_UP) {
      sum += loop.applyAsDouble(steps / 10);
    }
  }

  private double nanoseconds(IntToDoubleFunction loop, int steps) {
    long start = THREADS.getCurrentThreadCpuTime();
    sum += loop.applyAsDouble(steps);
    return (double) (THREADS.getCurrentThreadCpuTime() - start) / steps;
  }

  private double byHand(int steps) {
    double result = 0;
    for (int i = 0; i < steps; i++) {
      result += hand.step(row());
    }
    return result;
  }

  private double byEngine(int steps) {
    double result = 0;
    for (int i = 0; i < steps; i++) {
      result += episode.step(row());
    }
    return result;
  }

  /** In an order that does not come again: else the processor learns every branch by heart. */
  private double[] row() {
    next = next * 1_664_525 + 1_013_904_223;
    return rows[next >>> Integer.numberOfLeadingZeros(ROWS - 1)];
  }

  private static double quantile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) (share * (sorted.length - 1))];
  }
}
