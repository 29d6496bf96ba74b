package org.rewlang.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.rewlang.analysis.Fact.Number;
import org.rewlang.model.Operation;

/**
 * What the operations on numbers make of ranges. Addition, multiplication, division and square root
 * round correctly, so they are monotone and their values at the ends are the ends; elementary
 * functions are within a unit in the last place, so their ends are moved outward by two.
 */
final class NumberRules {

  /** Finite ends, or one infinity twice. */
  private record Part(double low, double high) {
    boolean isInfinite() {
      return Double.isInfinite(low);
    }

    boolean has(double value) {
      return low <= value && value <= high;
    }
  }

  private static final int LONG = 64;

  private NumberRules() {}

  private static List<Part> parts(Number n) {
    List<Part> parts = new ArrayList<>(3);
    if (n.hasFinite()) {
      parts.add(new Part(n.low(), n.high()));
    }
    if (n.below()) {
      parts.add(new Part(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY));
    }
    if (n.above()) {
      parts.add(new Part(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY));
    }
    return parts;
  }

  static Number negate(Number a) {
    return new Number(-a.high(), -a.low(), a.nan(), a.above(), a.below(), a.nonZero());
  }

  static Number abs(Number a) {
    double low = a.low() > 0 ? a.low() : a.high() < 0 ? -a.high() : 0;
    double high = Math.max(Math.abs(a.low()), Math.abs(a.high()));
    return a.hasFinite()
        ? new Number(low, high, a.nan(), false, a.below() || a.above(), a.nonZero())
        : new Number(a.low(), a.high(), a.nan(), false, a.below() || a.above(), false);
  }

  static Number unary(Operation op, Number a) {
    Hull hull = new Hull();
    if (a.nan()) {
      hull.nan();
    }
    for (Part part : parts(a)) {
      unary(op, part, hull);
    }
    return switch (op) {
      case EXP -> hull.build(a.least() >= 0 ? 1 : 0, a.greatest() <= 0 ? 1 : Number.MAX);
      case EXPM1 -> hull.build(a.least() >= 0 ? 0 : -1, a.greatest() <= 0 ? 0 : Number.MAX);
      case LOG -> hull.build(a.least() >= 1 ? 0 : -Number.MAX, a.greatest() <= 1 ? 0 : Number.MAX);
      case LOG1P ->
          hull.build(a.least() >= 0 ? 0 : -Number.MAX, a.greatest() <= 0 ? 0 : Number.MAX);
      case TANH -> hull.build(a.least() >= 0 ? 0 : -1, a.greatest() <= 0 ? 0 : 1);
      case SIN, COS -> hull.build(-1, 1);
      default -> hull.build();
    };
  }

  private static void unary(Operation op, Part part, Hull hull) {
    double low = part.low;
    double high = part.high;
    if (part.isInfinite()) {
      hull.point(op.of(low));
      return;
    }
    switch (op) {
      case FLOOR, ROUND -> exact(op::of, low, high, hull);
      case SQRT -> {
        if (low < 0) {
          hull.nan();
        }
        if (high >= 0) {
          exact(Math::sqrt, Math.max(low, 0), high, hull);
        }
      }
      case EXP, EXPM1, TANH -> hull.about(op.of(low), op.of(high));
      case LOG, LOG1P -> {
        double edge = op == Operation.LOG ? 0 : -1;
        if (low < edge) {
          hull.nan();
        }
        if (part.has(edge)) {
          hull.point(Double.NEGATIVE_INFINITY);
        }
        double first = Math.max(low, Math.nextUp(edge));
        if (first <= high) {
          hull.about(op.of(first), op.of(high));
        }
      }
      case ASIN, ACOS -> {
        if (low < -1 || high > 1) {
          hull.nan();
        }
        double from = Math.max(low, -1);
        double to = Math.min(high, 1);
        if (from <= to) {
          double atFrom = op.of(from);
          double atTo = op.of(to);
          hull.about(Math.min(atFrom, atTo), Math.max(atFrom, atTo));
        }
      }
      case SIN -> wave(StrictMath::sin, Math.PI / 2, low, high, hull);
      case COS -> wave(StrictMath::cos, 0, low, high, hull);
      case TAN -> {
        double inside = Math.PI / 2 - 1e-6;
        if (low > -inside && high < inside) {
          hull.about(StrictMath.tan(low), StrictMath.tan(high));
        } else {
          hull.point(-Number.MAX);
          hull.point(Number.MAX);
        }
      }
      default -> throw new IllegalArgumentException("not a function of one number: " + op);
    }
  }

  private static void exact(DoubleUnaryOperator f, double low, double high, Hull hull) {
    hull.corner(f.applyAsDouble(low));
    hull.corner(f.applyAsDouble(high));
  }

  /** A function that peaks at {@code peak + 2k pi} and is least half a period further. */
  private static void wave(DoubleUnaryOperator f, double peak, double low, double high, Hull hull) {
    double slack = 1e-9 * (1 + Math.max(Math.abs(low), Math.abs(high)));
    if (!(slack < 0.1)) {
      hull.point(-1);
      hull.point(1);
      return;
    }
    double first = Math.ceil((low - slack - peak) / Math.PI);
    double last = Math.floor((high + slack - peak) / Math.PI);
    double atLow = f.applyAsDouble(low);
    double atHigh = f.applyAsDouble(high);
    hull.about(Math.min(atLow, atHigh), Math.max(atLow, atHigh));
    for (double k = first; k <= Math.min(last, first + 1); k++) {
      hull.point(k % 2 == 0 ? 1 : -1);
    }
  }

  static Number binary(Operation op, Number a, Number b) {
    Hull hull = new Hull();
    if ((a.nan() && !b.isNothing()) || (b.nan() && !a.isNothing())) {
      hull.nan();
    }
    if (op == Operation.POWER && a.nan() && b.mayBe(0)) {
      // Anything to the power of 0.
      hull.point(1);
    }
    for (Part left : parts(a)) {
      for (Part right : parts(b)) {
        switch (op) {
          case ADD -> corners(Double::sum, left, right, hull);
          case SUBTRACT -> corners((x, y) -> x - y, left, new Part(right.high, right.low), hull);
          case MIN -> corners(Math::min, left, right, hull);
          case MAX -> corners(Math::max, left, right, hull);
          case MULTIPLY -> multiply(left, right, hull);
          case DIVIDE -> divide(left, right, b.nonZero(), hull);
          case POWER -> power(left, right, hull);
          case ATAN2 -> {
            hull.point(-Math.PI);
            hull.point(Math.PI);
          }
          default -> throw new IllegalArgumentException("not a function of two numbers: " + op);
        }
      }
    }
    return op == Operation.ATAN2 ? angle(a, b, hull) : hull.build();
  }

  /** For functions that grow with both operands: the ends meet the ends. */
  private static void corners(DoubleBinaryOperator f, Part a, Part b, Hull hull) {
    ends(f.applyAsDouble(a.low, b.low), f.applyAsDouble(a.high, b.high), a, b, hull);
  }

  private static void ends(double low, double high, Part a, Part b, Hull hull) {
    if (a.isInfinite() || b.isInfinite()) {
      hull.point(low);
      hull.point(high);
    } else {
      hull.corner(low);
      hull.corner(high);
    }
  }

  private static void multiply(Part a, Part b, Hull hull) {
    if (a.isInfinite() || b.isInfinite()) {
      Part infinite = a.isInfinite() ? a : b;
      Part other = a.isInfinite() ? b : a;
      if (other.has(0)) {
        hull.nan();
      }
      if (other.low < 0) {
        hull.point(-infinite.low);
      }
      if (other.high > 0) {
        hull.point(infinite.low);
      }
      return;
    }
    hull.corner(a.low * b.low);
    hull.corner(a.low * b.high);
    hull.corner(a.high * b.low);
    hull.corner(a.high * b.high);
  }

  private static void divide(Part a, Part b, boolean nonZero, Hull hull) {
    if (b.isInfinite()) {
      hull.point(a.isInfinite() ? Double.NaN : 0);
      return;
    }
    if (b.has(0) && !nonZero) {
      // Either sign of zero, so either infinity.
      if (a.has(0)) {
        hull.nan();
      }
      if (a.low != 0 || a.high != 0) {
        hull.bothInfinities();
      }
    }
    if (b.low < 0) {
      quotients(a, new Part(b.low, Math.min(b.high, -Double.MIN_VALUE)), hull);
    }
    if (b.high > 0) {
      quotients(a, new Part(Math.max(b.low, Double.MIN_VALUE), b.high), hull);
    }
  }

  private static void quotients(Part a, Part b, Hull hull) {
    for (double x : new double[] {a.low, a.high}) {
      for (double y : new double[] {b.low, b.high}) {
        if (a.isInfinite()) {
          hull.point(x / y);
        } else {
          hull.corner(x / y);
        }
      }
    }
  }

  private static void power(Part a, Part b, Hull hull) {
    if (a.isInfinite() || b.isInfinite()) {
      everything(hull);
    } else if (a.low >= 0) {
      // Between the corners: its logarithm is linear in each operand.
      double least = Double.POSITIVE_INFINITY;
      double greatest = 0;
      for (double x : new double[] {Math.abs(a.low), Math.abs(a.high)}) {
        for (double y : new double[] {b.low, b.high}) {
          double v = StrictMath.pow(x, y);
          least = Math.min(least, v);
          greatest = Math.max(greatest, v);
        }
      }
      hull.corner(least - 4 * Math.ulp(least));
      hull.corner(greatest + 4 * Math.ulp(greatest));
      hull.point(Math.max(0, Math.min(least, Number.MAX)));
      if (a.low == 0 && b.low < 0) {
        // Of -0, minus infinity.
        hull.bothInfinities();
      }
    } else if (b.low == b.high && b.low == Math.rint(b.low) && b.low > 0) {
      double atLow = StrictMath.pow(a.low, b.low);
      double atHigh = StrictMath.pow(a.high, b.low);
      boolean even = b.low % 2 == 0;
      double low = even ? (a.has(0) ? 0 : Math.min(atLow, atHigh)) : atLow;
      double high = even ? Math.max(atLow, atHigh) : atHigh;
      hull.corner(low == 0 ? 0 : low - 4 * Math.ulp(low));
      hull.corner(high + 4 * Math.ulp(high));
    } else {
      everything(hull);
    }
  }

  private static void everything(Hull hull) {
    hull.nan();
    hull.bothInfinities();
    hull.point(-Number.MAX);
    hull.point(Number.MAX);
  }

  /** Of {@code atan2(y, x)}. */
  private static Number angle(Number y, Number x, Hull hull) {
    double low = y.least() > 0 ? 0 : x.least() > 0 ? -Math.PI / 2 : -Math.PI;
    double high = y.greatest() < 0 ? 0 : x.least() > 0 ? Math.PI / 2 : Math.PI;
    return hull.build(low, high);
  }

  /** Of {@code count} numbers added up from 0, or of only some of them. */
  static Number sum(Number all, int count, boolean orFewer) {
    Number zero = Number.of(0);
    Number of = orFewer ? all.join(zero) : all;
    if (count <= LONG) {
      return repeat(Operation.ADD, zero, of, count);
    }
    // Each rounding moves the sum by at most a part in 2^53 of what the ends add up to.
    double slack = 1 + count * 0x1p-52;
    double low = of.low() * count;
    double high = of.high() * count;
    Hull hull = new Hull();
    hull.corner(low < 0 ? low * slack : low / slack);
    hull.corner(high > 0 ? high * slack : high / slack);
    Number ends = of.hasFinite() ? hull.build() : Number.NONE;
    boolean below = of.below() || ends.below();
    boolean above = of.above() || ends.above();
    return new Number(ends.low(), ends.high(), of.nan() || (below && above), below, above, false);
  }

  /** Of {@code count} numbers multiplied from 1, or of only some of them. */
  static Number product(Number all, int count, boolean orFewer) {
    Number one = Number.of(1);
    Number of = orFewer ? all.join(one) : all;
    return count <= LONG || !of.mayBeUndefined() && of.low() >= -1 && of.high() <= 1
        ? repeat(Operation.MULTIPLY, one, of, Math.min(count, LONG)).join(toZero(of, count))
        : Number.ANY;
  }

  /** Long products of fractions go to 0. */
  private static Number toZero(Number of, int count) {
    return count <= LONG ? Number.NONE : Number.between(of.low() < 0 ? -1 : 0, 1);
  }

  private static Number repeat(Operation op, Number start, Number of, int count) {
    Number at = start;
    for (int i = 0; i < count; i++) {
      Number next = binary(op, at, of);
      if (next.equals(at)) {
        return at;
      }
      at = next;
    }
    return at;
  }
}
