package org.rewlang.check;

/**
 * Which steps a temporal operator ranges over, counted from the present one.
 *
 * @param to {@link #UNBOUNDED} if there is no last one
 */
record Bounds(int from, int to) {

  static final int UNBOUNDED = Integer.MAX_VALUE;

  static final Bounds ALL = new Bounds(0, UNBOUNDED);

  boolean isAll() {
    return to == UNBOUNDED;
  }
}
