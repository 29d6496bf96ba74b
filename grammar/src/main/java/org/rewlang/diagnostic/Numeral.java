package org.rewlang.diagnostic;

/** Numbers as messages, tables and core text write them. */
public final class Numeral {

  /** Beyond it a whole number is easier to read with an exponent. */
  private static final double MOST_DIGITS = 1e15;

  private Numeral() {}

  /**
   * A whole number without a point, any other as short as still reads back to the same double:
   * {@code 3}, {@code -0}, {@code 0.1}, {@code 2.5e-7}.
   */
  public static String of(double value) {
    if (value == Math.rint(value) && Math.abs(value) < MOST_DIGITS) {
      return value == 0 && 1 / value < 0 ? "-0" : Long.toString((long) value);
    }
    return Double.toString(value).replace(".0E", "e").replace('E', 'e');
  }
}
