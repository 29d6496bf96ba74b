package org.rewlang.score;

import org.rewlang.automata.Verdict;

/** Verdicts as programs give them: members of an enum, in the order of {@link Verdict}. */
final class Verdicts {

  private Verdicts() {}

  /** What a verdict becomes in the step that ends the episode for good; an absent one stays so. */
  static double closed(double member) {
    return member >= 0 ? Verdict.values()[(int) member].closed().ordinal() : member;
  }
}
