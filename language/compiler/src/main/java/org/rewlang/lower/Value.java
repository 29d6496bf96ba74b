package org.rewlang.lower;

/**
 * A scalar of the language as values of the core. A number is an {@code f64}, NaN if undefined; an
 * enum an {@code i32}, -1 if undefined.
 *
 * <p>A bool that may be unknown is two bools, at most one of them true; one that can't be is one.
 *
 * @param yes the number; of a bool, whether it is true
 * @param no whether a bool is false; {@link #NONE} if that is the opposite of {@code yes}
 */
record Value(int yes, int no) {

  static final int NONE = -1;

  static Value of(int id) {
    return new Value(id, NONE);
  }

  boolean isPair() {
    return no != NONE;
  }
}
