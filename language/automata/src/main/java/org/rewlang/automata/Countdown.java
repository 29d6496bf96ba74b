package org.rewlang.automata;

import java.util.Arrays;

/**
 * For how many positions, this one counted, {@code a S[0, n] b} holds if {@code a} does: a number
 * from 0 to n + 1 as binary digits, lowest first, each a condition.
 */
record Countdown(Diagrams diagrams, int[] digits) {

  /** How many digits a window needs. */
  static int digits(int bound) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(bound + 1);
  }

  int digit(int i) {
    return digits[i];
  }

  /** It is not 0. */
  int runs() {
    return diagrams.or(digits[0], runsOn());
  }

  /** It is more than 1: enough for one more position. */
  int runsOn() {
    return Arrays.stream(digits).skip(1).reduce(Diagrams.FALSE, diagrams::or);
  }

  /**
   * One position later.
   *
   * @param holds what lets it go on
   * @param starts what starts it anew
   */
  Countdown next(int holds, int starts, int bound) {
    int goesOn = diagrams.and(holds, runsOn());
    int[] next = new int[digits.length];
    int borrow = Diagrams.TRUE;
    for (int i = 0; i < next.length; i++) {
      int less = diagrams.ite(borrow, diagrams.not(digits[i]), digits[i]);
      int full = Diagrams.leaf(bound + 1 >> i & 1);
      next[i] = diagrams.ite(starts, full, diagrams.and(goesOn, less));
      borrow = diagrams.and(borrow, diagrams.not(digits[i]));
    }
    return new Countdown(diagrams, next);
  }
}
