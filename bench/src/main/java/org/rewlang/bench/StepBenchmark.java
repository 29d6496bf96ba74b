package org.rewlang.bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.rewlang.Episode;
import org.rewlang.RewardEngine;

/**
 * One step of the pick-and-place reward through the public API, against the same by hand. Compare
 * rows of one run; nanoseconds of different runs mean little.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 6, time = 2)
@Measurement(iterations = 6, time = 1)
@Fork(2)
public class StepBenchmark {

  private static final int ROWS = 1024;

  private final double[][] rows = new double[ROWS][];
  private final PickPlaceByHand hand = new PickPlaceByHand();

  @SuppressWarnings("NullAway.Init") // set up before anything runs
  private Episode bytecode;

  @SuppressWarnings("NullAway.Init")
  private Episode truffle;

  @SuppressWarnings("NullAway.Init")
  private Episode interpreter;

  private int next;

  @Setup
  public void setUp() {
    Random random = new Random(7);
    for (int r = 0; r < ROWS; r++) {
      rows[r] = Kind.PICK_PLACE.row(random);
    }
    bytecode = episode("bytecode");
    truffle = episode("truffle");
    interpreter = episode("interpreter");
    for (double[] row : rows) {
      double strict = hand.stepStrict(row);
      agree(strict, bytecode.step(row));
      agree(strict, truffle.step(row));
      agree(strict, interpreter.step(row));
    }
  }

  private static Episode episode(String engine) {
    Episode episode =
        RewardEngine.create(engine)
            .compile("pick_place.rew", Programs.text("pick_place.rew"))
            .newEpisode();
    episode.reset();
    return episode;
  }

  private static void agree(double expected, double actual) {
    if (Double.doubleToLongBits(expected) != Double.doubleToLongBits(actual)) {
      throw new IllegalStateException(expected + " by hand, " + actual + " by the engine");
    }
  }

  /** In an order that does not come again: else the processor learns every branch by heart. */
  private double[] row() {
    next = next * 1_664_525 + 1_013_904_223;
    return rows[next >>> Integer.numberOfLeadingZeros(ROWS - 1)];
  }

  @Benchmark
  public double handStrict() {
    return hand.stepStrict(row());
  }

  @Benchmark
  public double handIntrinsic() {
    return hand.stepIntrinsic(row());
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
