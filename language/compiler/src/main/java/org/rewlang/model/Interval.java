package org.rewlang.model;

/**
 * The closed range in which a number lies wherever it is defined; an end may be infinite.
 *
 * @param low at most {@code high}
 */
public record Interval(double low, double high) {

  public static final Interval ALL =
      new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  public static Interval of(double value) {
    return new Interval(value, value);
  }

  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  /** The smallest interval that holds both. */
  public Interval union(Interval other) {
    return new Interval(Math.min(low, other.low), Math.max(high, other.high));
  }

  public boolean isPoint() {
    return low == high;
  }

  /** The nearest number in it. */
  public double clamp(double value) {
    return Math.min(Math.max(value, low), high);
  }
}
