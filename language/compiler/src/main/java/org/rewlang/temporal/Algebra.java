package org.rewlang.temporal;

/** What becomes of two distances. Both operations are associative and commutative. */
public sealed interface Algebra {

  /** Of both. */
  double meet(double a, double b);

  /** Of either. */
  double join(double a, double b);

  Algebra EXACT = new Exact();

  /** Minimum and maximum. */
  record Exact() implements Algebra {
    @Override
    public double meet(double a, double b) {
      return Math.min(a, b);
    }

    @Override
    public double join(double a, double b) {
      return Math.max(a, b);
    }
  }

  /**
   * Softmin and softmax, {@code -1/beta log(sum exp(-beta x))} and {@code 1/beta log(sum exp(beta
   * x))}.
   */
  record Soft(double beta) implements Algebra {
    @Override
    public double meet(double a, double b) {
      return Math.min(a, b) - rest(a, b);
    }

    @Override
    public double join(double a, double b) {
      return Math.max(a, b) + rest(a, b);
    }

    private double rest(double a, double b) {
      double apart = a == b ? 0 : Math.abs(a - b);
      return StrictMath.log1p(StrictMath.exp(-(beta * apart))) / beta;
    }
  }
}
