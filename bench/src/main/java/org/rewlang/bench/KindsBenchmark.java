package org.rewlang.bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.rewlang.Episode;
import org.rewlang.RewardEngine;

/** One step of rewards of different kinds through the public API, against the same by hand. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 6, time = 2)
@Measurement(iterations = 6, time = 1)
@Fork(2)
public class KindsBenchmark {

  private static final int ROWS = 256;

  @Param Kind kind = Kind.DENSE;

  private final double[][] rows = new double[ROWS][];
  private int next;

  @SuppressWarnings("NullAway.Init") // set up before anything runs
  private Kind.ByHand hand;

  @SuppressWarnings("NullAway.Init")
  private Episode bytecode;

  @SuppressWarnings("NullAway.Init")
  private Episode truffle;

  @SuppressWarnings("NullAway.Init")
  private Episode interpreter;

  @Setup
  public void setUp() {
    Random random = new Random(7);
    hand = kind.byHand();
    bytecode = episode("bytecode");
    truffle = episode("truffle");
    interpreter = episode("interpreter");
    for (int r = 0; r < ROWS; r++) {
      rows[r] = kind.row(random);
      double expected = hand.step(rows[r]);
      double actual = interpreter.step(rows[r]);
      // By hand some sums are grouped otherwise.
      agree(expected, actual, 1e-12 * Math.max(1, Math.abs(expected)));
      agree(actual, bytecode.step(rows[r]), 0);
      agree(actual, truffle.step(rows[r]), 0);
    }
  }

  private Episode episode(String engine) {
    Episode episode =
        RewardEngine.create(engine)
            .compile(kind.program(), Programs.text(kind.program()))
            .newEpisode();
    episode.reset();
    return episode;
  }

  private static void agree(double expected, double actual, double within) {
    if (Math.abs(expected - actual) > within) {
      throw new IllegalStateException(expected + " expected, " + actual + " by the engine");
    }
  }

  /** In an order that does not come again: else the processor learns every branch by heart. */
  private double[] row() {
    next = next * 1_664_525 + 1_013_904_223;
    return rows[next >>> Integer.numberOfLeadingZeros(ROWS - 1)];
  }

  @Benchmark
  public double hand() {
    return hand.step(row());
  }

  @Benchmark
  public double bytecode() {
    return bytecode.step(row());
  }

  @Benchmark
  public double truffle() {
    return truffle.step(row());
  }

  @Benchmark
  public double interpreter() {
    return interpreter.step(row());
  }
}
