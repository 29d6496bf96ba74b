package org.rewlang.analysis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rewlang.analysis.Fact.Number;
import org.rewlang.model.Operation;
import org.rewlang.oracle.PlainNumbers;

/** Each rule by itself, on ranges with zeros of either sign, tiny and huge ends. */
class NumberRulesTest {

  private static final double[] ENDS = {
    0,
    -0.0,
    1,
    -1,
    0.5,
    -0.5,
    2,
    3,
    -2,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    1e-300,
    -1e-300,
    1e300,
    -1e300,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Math.PI / 2,
    Math.PI,
    -Math.PI / 2,
    100,
    -7.25,
    709.5
  };

  private static final Operation[] UNARY = {
    Operation.SQRT, Operation.FLOOR, Operation.ROUND, Operation.EXP, Operation.EXPM1, Operation.LOG,
    Operation.LOG1P, Operation.SIN, Operation.COS, Operation.TAN, Operation.ASIN, Operation.ACOS,
    Operation.TANH
  };

  private static final Operation[] BINARY = {
    Operation.ADD,
    Operation.SUBTRACT,
    Operation.MULTIPLY,
    Operation.DIVIDE,
    Operation.MIN,
    Operation.MAX,
    Operation.POWER,
    Operation.ATAN2
  };

  private final Random random = new Random(5);

  private Number range() {
    double a = ENDS[random.nextInt(ENDS.length)];
    double b = random.nextInt(4) == 0 ? a : ENDS[random.nextInt(ENDS.length)];
    return new Number(
        Math.min(a, b),
        Math.max(a, b),
        random.nextInt(6) == 0,
        random.nextInt(6) == 0,
        random.nextInt(6) == 0,
        false);
  }

  private double in(Number n) {
    return switch (random.nextInt(9)) {
      case 0 -> n.low();
      case 1 -> n.high();
      case 2 -> n.below() ? Double.NEGATIVE_INFINITY : n.low();
      case 3 -> n.above() ? Double.POSITIVE_INFINITY : n.high();
      case 4 -> n.low() <= 0 && n.high() >= 0 ? 0 : n.low();
      case 5 -> n.low() <= 0 && n.high() >= 0 ? -0.0 : n.high();
      case 8 -> n.nan() ? Double.NaN : n.low();
      case 6 -> Math.clamp(Math.rint(random.nextGaussian() * 3), n.low(), n.high());
      default -> Math.clamp(n.low() / 2 + n.high() / 2 + random.nextGaussian(), n.low(), n.high());
    };
  }

  private static void holds(Number n, double v, String where) {
    boolean holds =
        Double.isNaN(v)
            ? n.nan()
            : Double.isInfinite(v) ? v < 0 ? n.below() : n.above() : n.low() <= v && v <= n.high();
    assertTrue(holds, () -> where + " = " + v + " is not in " + n);
  }

  @Test
  void everyValueLiesInItsRange() {
    for (int i = 0; i < 60_000; i++) {
      Number a = range();
      Number b = range();
      Operation one = UNARY[random.nextInt(UNARY.length)];
      Operation two = BINARY[random.nextInt(BINARY.length)];
      Number ofOne = NumberRules.unary(one, a);
      Number ofTwo = NumberRules.binary(two, a, b);
      for (int k = 0; k < 4; k++) {
        double x = in(a);
        double y = in(b);
        holds(ofOne, PlainNumbers.apply(one, x, 0), one + "(" + x + ") of " + a);
        holds(
            ofTwo,
            PlainNumbers.apply(two, x, y),
            two + "(" + x + ", " + y + ") of " + a + ", " + b);
      }
    }
  }

  @Test
  void sumsAndProducts() {
    for (int i = 0; i < 4_000; i++) {
      Number of = range();
      int count = 1 + random.nextInt(random.nextBoolean() ? 8 : 200);
      Number sum = NumberRules.sum(of, count, true);
      Number product = NumberRules.product(of, count, true);
      double plus = 0;
      double times = 1;
      for (int k = 0; k < count; k++) {
        if (random.nextInt(4) > 0) {
          double v = in(of);
          plus += v;
          times *= v;
        }
      }
      holds(sum, plus, "sum of " + count + " of " + of);
      holds(product, times, "product of " + count + " of " + of);
    }
  }
}
