package org.rewlang.check;

import java.math.BigInteger;
import java.util.Locale;

/**
 * An exact factor {@code numerator / denominator * π^pi}, not negative. Rounded only where a number
 * is made of it, so that {@code 7 cm} is the double nearest to 0.07.
 *
 * <p>In integers alone: {@code BigDecimal} sets itself up for longer than a program takes to check.
 */
record Factor(BigInteger numerator, BigInteger denominator, int pi) {

  static final Factor ONE = new Factor(BigInteger.ONE, BigInteger.ONE, 0);

  private static final int DOUBLE_BITS = 53;
  private static final int LEAST_ULP = -1074;

  Factor {
    BigInteger common = numerator.gcd(denominator);
    numerator = numerator.divide(common);
    denominator = denominator.divide(common);
  }

  /** A number as written: {@code 1_000}, {@code 2.5e-3}. */
  static Factor of(String decimal) {
    String text = decimal.replace("_", "").toLowerCase(Locale.ROOT);
    int e = text.indexOf('e');
    String digits = e < 0 ? text : text.substring(0, e);
    int point = digits.indexOf('.');
    int places = point < 0 ? 0 : digits.length() - point - 1;
    int power = (e < 0 ? 0 : Integer.parseInt(text.substring(e + 1))) - places;
    BigInteger value = new BigInteger(digits.replace(".", ""));
    return power < 0
        ? new Factor(value, BigInteger.TEN.pow(-power), 0)
        : new Factor(value.multiply(BigInteger.TEN.pow(power)), BigInteger.ONE, 0);
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
    return pi == 0 && numerator.equals(denominator);
  }

  /** Whether this is an integer that a double holds exactly. */
  boolean isExactInteger() {
    return pi == 0 && denominator.equals(BigInteger.ONE) && numerator.bitLength() <= 53;
  }

  /** A number as written times this, rounded once. What no double can hold stays so. */
  double times(String decimal) {
    double alone = Double.parseDouble(decimal.replace("_", ""));
    return alone == 0 || Double.isInfinite(alone) ? alone : of(decimal).times(this).toDouble();
  }

  double toDouble() {
    return pi < 0
        ? rounded(numerator.multiply(Pi.BELOW.pow(-pi)), denominator.multiply(Pi.ABOVE.pow(-pi)))
        : rounded(numerator.multiply(Pi.ABOVE.pow(pi)), denominator.multiply(Pi.BELOW.pow(pi)));
  }

  /** The double nearest to the quotient, the even one of two. */
  private static double rounded(BigInteger above, BigInteger below) {
    int ulp = Math.max(above.bitLength() - below.bitLength() - DOUBLE_BITS, LEAST_ULP);
    BigInteger[] parts = quotient(above, below, ulp);
    if (parts[0].bitLength() > DOUBLE_BITS) {
      ulp++;
      parts = quotient(above, below, ulp);
    }
    // Twice the remainder against the divisor, which has the same power of two in it.
    BigInteger divisor = ulp > 0 ? below.shiftLeft(ulp) : below;
    int half = parts[1].shiftLeft(1).compareTo(divisor);
    boolean up = half > 0 || half == 0 && parts[0].testBit(0);
    return Math.scalb((up ? parts[0].add(BigInteger.ONE) : parts[0]).doubleValue(), ulp);
  }

  private static BigInteger[] quotient(BigInteger above, BigInteger below, int ulp) {
    return ulp > 0
        ? above.divideAndRemainder(below.shiftLeft(ulp))
        : above.shiftLeft(-ulp).divideAndRemainder(below);
  }

  /** π in so many digits that rounding afterwards is right. */
  private static final class Pi {

    private static final String DIGITS =
        "314159265358979323846264338327950288419716939937510582097494459230781640628620899862803";

    static final BigInteger ABOVE = new BigInteger(DIGITS);
    static final BigInteger BELOW = BigInteger.TEN.pow(DIGITS.length() - 1);
  }
}
