package org.rewlang.analysis;

import org.rewlang.diagnostic.Numeral;
import org.rewlang.model.Interval;
import org.rewlang.model.Shaping;

/**
 * Whether shaping leaves alone which policies are best. Over an episode it adds γ^T Φ_T - Φ_0, and
 * Φ_T is 0 where the episode terminates. So what is left to ask is the learner's discount, and, for
 * episodes that never end, that γ^T Φ_T fades.
 *
 * @param certified whether that holds of all episodes
 * @param statement in words
 */
public record Invariance(boolean certified, String statement) {

  public static Invariance of(Shaping shaping, Ranges ranges) {
    String learners =
        "policy-invariant for learners that discount by " + Numeral.of(shaping.discount());
    if (shaping.discount() == 1) {
      return new Invariance(false, learners + ", in episodes that terminate");
    }
    Interval range = ranges.interval(shaping.potential());
    boolean bounded = Double.isFinite(range.low()) && Double.isFinite(range.high());
    return bounded
        ? new Invariance(true, learners)
        : new Invariance(
            false, learners + ", in episodes that terminate: its potential has no bound");
  }
}
