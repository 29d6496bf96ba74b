package org.rewlang.check;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * An exact positive factor {@code numerator / denominator * π^pi}. Rounded only where a number is
 * made of it, so that {@code 7 cm} is the double nearest to 0.07.
 */
record Factor(BigInteger numerator, BigInteger denominator, int pi) {

  static final Factor ONE = new Factor(BigInteger.ONE, BigInteger.ONE, 0);

  /** Enough that rounding to a double afterwards is right but for ties, which π never makes. */
  private static final MathContext DIGITS = new MathContext(80);

  private static final BigDecimal PI =
      new BigDecimal(
          "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803");

  Factor {
    BigInteger common = numerator.gcd(denominator);
    numerator = numerator.divide(common);
    denominator = denominator.divide(common);
  }

  static Factor of(String decimal) {
    BigDecimal value = new BigDecimal(decimal);
    return value.scale() <= 0
        ? new Factor(value.toBigIntegerExact(), BigInteger.ONE, 0)
        : new Factor(value.unscaledValue(), BigInteger.TEN.pow(value.scale()), 0);
  }

  Factor times(Factor other) {
    return new Factor(
        numerator.multiply(other.numerator),
        denominator.multiply(other.denominator),
        pi + other.pi);
  }

  Factor inverse() {
    return new Factor(denominator, numerator, -pi);
  }

  Factor per(Factor other) {
    return times(other.inverse());
  }

  Factor power(int exponent) {
    Factor base = exponent < 0 ? inverse() : this;
    int n = Math.abs(exponent);
    return new Factor(base.numerator.pow(n), base.denominator.pow(n), base.pi * n);
  }

  Factor timesPi() {
    return new Factor(numerator, denominator, pi + 1);
  }

  boolean isOne() {
    return equals(ONE);
  }

  /** Whether this is an integer that a double holds exactly. */
  boolean isExactInteger() {
    return pi == 0 && denominator.equals(BigInteger.ONE) && numerator.bitLength() <= 53;
  }

  /** {@code value} times this, rounded once. */
  double times(BigDecimal value) {
    BigDecimal above = value.multiply(new BigDecimal(numerator));
    for (int i = 0; i < pi; i++) {
      above = above.multiply(PI);
    }
    BigDecimal below = new BigDecimal(denominator);
    for (int i = 0; i > pi; i--) {
      below = below.multiply(PI);
    }
    return above.divide(below, DIGITS).doubleValue();
  }

  double toDouble() {
    return times(BigDecimal.ONE);
  }
}
