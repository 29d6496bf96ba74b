package org.rewlang.model;

/**
 * The closed range in which a number lies wherever it is defined; an end may be infinite.
 *
 * @param low at most {@code high}, but in an {@link #intersection} of what doesn't meet
 */
public record Interval(double low, double high) {

  public static final Interval ALL =
      new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /**
   * No bound that anyone set lies further out: such an end comes of unbounded numbers, held below
   * the largest double and then multiplied.
   */
  private static final double FARTHEST = 1e100;

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

  /** What lies in both; {@link #isEmpty} if nothing does. */
  public Interval intersection(Interval other) {
    return new Interval(Math.max(low, other.low), Math.min(high, other.high));
  }

  public boolean isEmpty() {
    return low > high;
  }

  /** For people: with ends open that say nothing. */
  public Interval shown() {
    return new Interval(
        low < -FARTHEST ? Double.NEGATIVE_INFINITY : low,
        high > FARTHEST ? Double.POSITIVE_INFINITY : high);
  }

  public boolean isPoint() {
    return low == high;
  }
}
