package org.rewlang.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.rewlang.Episode;
import org.rewlang.Lanes;
import org.rewlang.RewardEngine;

/**
 * Rows by hand, by an engine that takes one at a time and by the columns engine in turn, one
 * thread's CPU time. Arguments: how many rows a kind is given, whether they come once and cold
 * ({@code cold}) or the same ones in turn until all is compiled ({@code warm}), the engine to be
 * compared, then kinds; all if none is named.
 */
public final class Rows {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** What rows in memory take up at most, in numbers. */
  private static final int MEMORY = 8_000_000;

  private static final int ROUNDS = 11;
  private static final long WARM_UP = 5_000_000_000L;

  private final Kind kind;
  private final double[] rows;
  private final double[] totals;
  private final int inputs;
  private final int count;
  private double sum;

  private Rows(Kind kind, int wanted) {
    this.kind = kind;
    Random random = new Random(7);
    inputs = kind.row(random).length;
    count = Math.min(wanted, MEMORY / inputs);
    rows = new double[count * inputs];
    totals = new double[count];
    for (int i = 0; i < count; i++) {
      System.arraycopy(kind.row(random), 0, rows, i * inputs, inputs);
    }
  }

  /** One way to score all rows. */
  private interface Way {
    void score();
  }

  public static void main(String[] args) {
    int wanted = Integer.parseInt(args[0]);
    boolean cold = args[1].equals("cold");
    String engine = args[2];
    List<Kind> kinds = new ArrayList<>();
    for (String name : Arrays.copyOfRange(args, 3, args.length)) {
      kinds.add(Kind.valueOf(name.toUpperCase(Locale.ROOT)));
    }
    System.out.printf(
        "%-11s %9s %9s %9s %9s   ns a row; columns: by hand, %s: columns%n",
        "kind", "rows", "by hand", engine, "columns", engine);
    for (Kind kind : kinds.isEmpty() ? List.of(Kind.values()) : kinds) {
      new Rows(kind, wanted).measure(engine, cold);
    }
  }

  private void measure(String engine, boolean cold) {
    long[] times = new long[3];
    Way[] ways = new Way[3];
    // Reading the program costs all engines the same; a cold run counts what an engine does then.
    RewardEngine.create("interpreter").compile(kind.program(), Programs.text(kind.program()));
    for (int w = 0; w < ways.length; w++) {
      long start = THREADS.getCurrentThreadCpuTime();
      ways[w] = w == 0 ? byHand() : w == 1 ? byRow(engine) : byColumns();
      if (cold) {
        ways[w].score();
      }
      times[w] = THREADS.getCurrentThreadCpuTime() - start;
    }
    if (cold) {
      print(times[0] / (double) count, times[1] / (double) count, times[2] / (double) count);
      return;
    }
    for (Way way : ways) {
      long start = System.nanoTime();
      while (System.nanoTime() - start < WARM_UP) {
        way.score();
      }
    }
    double[][] all = new double[3][ROUNDS];
    for (int r = 0; r < ROUNDS; r++) {
      for (int w = 0; w < ways.length; w++) {
        long start = THREADS.getCurrentThreadCpuTime();
        long scored = 0;
        do {
          ways[w].score();
          scored += count;
        } while (THREADS.getCurrentThreadCpuTime() - start < 200_000_000L);
        all[w][r] = (THREADS.getCurrentThreadCpuTime() - start) / (double) scored;
      }
    }
    print(median(all[0]), median(all[1]), median(all[2]));
  }

  private void print(double hand, double row, double columns) {
    System.out.printf(
        "%-11s %9d %9.1f %9.1f %9.1f   %.2f %.2f%n",
        kind.name().toLowerCase(Locale.ROOT),
        count,
        hand,
        row,
        columns,
        columns / hand,
        row / columns);
  }

  private Way byHand() {
    Kind.ByHand hand = kind.byHand();
    double[] row = new double[inputs];
    return () -> {
      for (int i = 0; i < count; i++) {
        System.arraycopy(rows, i * inputs, row, 0, inputs);
        sum += hand.step(row);
      }
    };
  }

  private Way byRow(String engine) {
    Episode episode =
        RewardEngine.create(engine)
            .compile(kind.program(), Programs.text(kind.program()))
            .newEpisode();
    episode.reset();
    double[] row = new double[inputs];
    return () -> {
      for (int i = 0; i < count; i++) {
        System.arraycopy(rows, i * inputs, row, 0, inputs);
        sum += episode.step(row);
      }
    };
  }

  /** Each row is the step of an episode of its own, as many as there are rows. */
  private Way byColumns() {
    Lanes lanes =
        RewardEngine.create("columns")
            .compile(kind.program(), Programs.text(kind.program()))
            .newLanes(count);
    return () -> {
      lanes.step(rows, totals);
      sum += totals[0];
    };
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
