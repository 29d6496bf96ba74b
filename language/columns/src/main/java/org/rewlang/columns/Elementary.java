package org.rewlang.columns;

import org.rewlang.core.BinaryOp;
import org.rewlang.core.UnaryOp;

/**
 * Functions that cost as much as a hundred additions: computed row by row, and only in the rows
 * that need them.
 */
final class Elementary {

  private Elementary() {}

  interface One {
    double of(double x);
  }

  interface Two {
    double of(double x, double y);
  }

  static boolean is(UnaryOp op) {
    return switch (op) {
      case EXP, EXPM1, LOG, LOG1P, SIN, COS, TAN, ASIN, ACOS, TANH -> true;
      case NEG, ABS, SQRT, FLOOR, RINT, FINITE, NOT, ITOF, FTOI, BTOI -> false;
    };
  }

  static boolean is(BinaryOp op) {
    return op == BinaryOp.POW || op == BinaryOp.ATAN2;
  }

  /**
   * @param guard the column that says in which rows the result is needed, or {@link Places#NONE}
   */
  static Action unary(UnaryOp op, int to, int x, int guard) {
    return switch (op) {
      case EXP -> one(StrictMath::exp, to, x, guard);
      case EXPM1 -> one(StrictMath::expm1, to, x, guard);
      case LOG -> one(StrictMath::log, to, x, guard);
      case LOG1P -> one(StrictMath::log1p, to, x, guard);
      case SIN -> one(StrictMath::sin, to, x, guard);
      case COS -> one(StrictMath::cos, to, x, guard);
      case TAN -> one(StrictMath::tan, to, x, guard);
      case ASIN -> one(StrictMath::asin, to, x, guard);
      case ACOS -> one(StrictMath::acos, to, x, guard);
      case TANH -> one(StrictMath::tanh, to, x, guard);
      case NEG, ABS, SQRT, FLOOR, RINT, FINITE, NOT, ITOF, FTOI, BTOI ->
          throw new IllegalArgumentException(op + " is not elementary");
    };
  }

  static Action binary(BinaryOp op, int to, int x, int y, int guard) {
    Two function = op == BinaryOp.POW ? StrictMath::pow : StrictMath::atan2;
    return (c, n) -> {
      double[] into = c.reals[to];
      double[] left = c.reals[x];
      double[] right = c.reals[y];
      int[] needed = guard == Places.NONE ? null : c.ints[guard];
      for (int i = 0; i < n; i++) {
        if (needed == null || needed[i] != 0) {
          into[i] = function.of(left[i], right[i]);
        }
      }
    };
  }

  private static Action one(One function, int to, int x, int guard) {
    return (c, n) -> {
      double[] into = c.reals[to];
      double[] from = c.reals[x];
      int[] needed = guard == Places.NONE ? null : c.ints[guard];
      for (int i = 0; i < n; i++) {
        if (needed == null || needed[i] != 0) {
          into[i] = function.of(from[i]);
        }
      }
    };
  }
}
