package org.rewlang.analysis;

import org.rewlang.analysis.Fact.Number;

/** Lets a range that grows from round to round come to rest. */
final class Widening {

  /** Ends that a growing range jumps to, so that it stops growing. */
  private static final double[] THRESHOLDS = {
    0, 1, 2, 10, 100, 1000, 1e6, Number.MAX_INT, Number.MAX
  };

  /** After this many rounds without rest a range is left unbounded. */
  private static final int PATIENCE = 40;

  private Widening() {}

  static Fact widen(Fact before, Fact after, int round) {
    if (round < 3 || !(before instanceof Number old) || !(after instanceof Number now)) {
      return after;
    }
    double low = now.low() < old.low() ? -threshold(-now.low(), round) : now.low();
    double high = now.high() > old.high() ? threshold(now.high(), round) : now.high();
    return new Number(
        now.hasFinite() ? low : now.low(),
        now.hasFinite() ? high : now.high(),
        now.nan(),
        now.below(),
        now.above(),
        now.nonZero() && old.nonZero());
  }

  /** The least threshold, of either sign, that is not below {@code end}. */
  private static double threshold(double end, int round) {
    double best = Number.MAX;
    if (round < PATIENCE) {
      for (double t : THRESHOLDS) {
        best = t >= end ? Math.min(best, t) : best;
        best = -t >= end ? Math.min(best, -t) : best;
      }
    }
    return best;
  }
}
