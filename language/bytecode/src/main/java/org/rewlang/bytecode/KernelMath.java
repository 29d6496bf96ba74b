package org.rewlang.bytecode;

/**
 * Exact functions whose versions on devices differ from Java's where a number is NaN, a zero or too
 * large: C's {@code fmin} forgets NaN and a conversion wraps. Written with arithmetic, {@code <},
 * {@code ==} and choices alone, so kernels can call them.
 */
public final class KernelMath {

  /** From here on every double is an integer. */
  private static final double INTEGERS = 4503599627370496.0;

  private KernelMath() {}

  /** {@link Math#min(double, double)}. */
  public static double min(double a, double b) {
    // Of equal numbers only zeros differ: -(-a - b) is the negative one, if there is one.
    double equal = a == 0 ? -(-a - b) : a;
    double smaller = a < b ? a : b;
    double defined = a == b ? equal : smaller;
    return a != a ? a : b != b ? b : defined;
  }

  /** {@link Math#max(double, double)}. */
  public static double max(double a, double b) {
    double equal = a == 0 ? a + b : a;
    double larger = b < a ? a : b;
    double defined = a == b ? equal : larger;
    return a != a ? a : b != b ? b : defined;
  }

  /** {@link Math#rint}. */
  public static double rint(double x) {
    double size = Math.abs(x);
    double rounded = (size + INTEGERS) - INTEGERS;
    double signed = x < 0 ? -rounded : rounded;
    // A product keeps the sign of what became zero.
    double result = rounded == 0 ? x * 0.0 : signed;
    return size < INTEGERS ? result : x;
  }

  /** {@link Math#floor}. */
  public static double floor(double x) {
    double nearest = rint(x);
    return x < nearest ? nearest - 1 : nearest;
  }

  /** A cast to {@code int} as Java does it. */
  public static int toInt(double x) {
    double low = x < -2147483648.0 ? -2147483648.0 : x;
    double inside = 2147483647.0 < low ? 2147483647.0 : low;
    return x != x ? 0 : (int) (x != x ? 0.0 : inside);
  }

  /** An index kept between 0 and {@code last}. */
  public static int clamp(int index, int last) {
    int low = index < 0 ? 0 : index;
    return low < last ? low : last;
  }
}
