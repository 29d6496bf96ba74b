package org.rewlang.score;

import org.rewlang.automata.Verdict;

/** Verdicts as programs give them: members of an enum, in the order of {@link Verdict}. */
final class Verdicts {

  private Verdicts() {}

  /** What a verdict becomes in the step that ends the episode for good; absent ones stay so. */
  static int closed(int member) {
    return member < 0 ? member : Verdict.values()[member].closed().ordinal();
  }
}
