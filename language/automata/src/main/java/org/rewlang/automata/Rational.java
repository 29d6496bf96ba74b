package org.rewlang.automata;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact fraction in lowest terms.
 *
 * @param below positive
 */
public record Rational(BigInteger above, BigInteger below) implements Comparable<Rational> {

  public static final Rational ZERO = of(0);
  public static final Rational ONE = of(1);

  public Rational {
    if (below.signum() == 0) {
      throw new ArithmeticException("a fraction of nothing");
    }
    BigInteger common = above.gcd(below);
    BigInteger by = below.signum() < 0 ? common.negate() : common;
    if (!by.equals(BigInteger.ONE)) {
      above = above.divide(by);
      below = below.divide(by);
    }
  }

  public static Rational of(long whole) {
    return new Rational(BigInteger.valueOf(whole), BigInteger.ONE);
  }

  /** The number that people mean by a decimal: 0.1 is a tenth. */
  public static Rational of(String decimal) {
    BigDecimal value = new BigDecimal(decimal);
    return value.scale() <= 0
        ? new Rational(value.toBigIntegerExact(), BigInteger.ONE)
        : new Rational(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
  }

  /** The shortest decimal that is this double: 0.1 is a tenth. */
  public static Rational of(double value) {
    return of(Double.toString(value));
  }

  public int sign() {
    return above.signum();
  }

  public Rational plus(Rational other) {
    if (below.equals(other.below)) {
      return new Rational(above.add(other.above), below);
    }
    return new Rational(
        above.multiply(other.below).add(other.above.multiply(below)), below.multiply(other.below));
  }

  public Rational minus(Rational other) {
    return plus(other.negated());
  }

  public Rational negated() {
    return new Rational(above.negate(), below);
  }

  public Rational times(Rational other) {
    return new Rational(above.multiply(other.above), below.multiply(other.below));
  }

  public Rational per(Rational other) {
    return new Rational(above.multiply(other.below), below.multiply(other.above));
  }

  public Rational power(int exponent) {
    return new Rational(above.pow(exponent), below.pow(exponent));
  }

  /** The nearest double. */
  public double toDouble() {
    return new BigDecimal(above)
        .divide(new BigDecimal(below), java.math.MathContext.DECIMAL128)
        .doubleValue();
  }

  @Override
  public int compareTo(Rational other) {
    return above.multiply(other.below).compareTo(other.above.multiply(below));
  }

  /** A decimal where it ends soon, else a fraction. */
  @Override
  public String toString() {
    BigInteger rest = below;
    for (int prime : new int[] {2, 5}) {
      BigInteger p = BigInteger.valueOf(prime);
      while (rest.mod(p).signum() == 0) {
        rest = rest.divide(p);
      }
    }
    BigDecimal decimal =
        rest.equals(BigInteger.ONE)
            ? new BigDecimal(above).divide(new BigDecimal(below)).stripTrailingZeros()
            : null;
    return decimal != null && decimal.scale() <= 12 && decimal.precision() <= 20
        ? decimal.toPlainString()
        : above + "/" + below;
  }
}
