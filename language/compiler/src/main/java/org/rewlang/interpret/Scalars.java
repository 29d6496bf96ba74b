package org.rewlang.interpret;

import org.rewlang.core.BinaryOp;
import org.rewlang.core.UnaryOp;

/** What operations make of numbers; of truth values as 0 and 1. */
final class Scalars {

  private Scalars() {}

  static double of(UnaryOp op, double x) {
    return switch (op) {
      case NEG -> -x;
      case ABS -> Math.abs(x);
      case SQRT -> StrictMath.sqrt(x);
      case FLOOR -> StrictMath.floor(x);
      case RINT -> StrictMath.rint(x);
      case EXP -> StrictMath.exp(x);
      case EXPM1 -> StrictMath.expm1(x);
      case LOG -> StrictMath.log(x);
      case LOG1P -> StrictMath.log1p(x);
      case SIN -> StrictMath.sin(x);
      case COS -> StrictMath.cos(x);
      case TAN -> StrictMath.tan(x);
      case ASIN -> StrictMath.asin(x);
      case ACOS -> StrictMath.acos(x);
      case TANH -> StrictMath.tanh(x);
      case FINITE -> Double.isFinite(x) ? 1 : 0;
      case NOT -> x != 0 ? 0 : 1;
      case ITOF, BTOI -> x;
      case FTOI -> (int) x;
    };
  }

  static double of(BinaryOp op, double x, double y) {
    return switch (op) {
      case ADD -> x + y;
      case SUB -> x - y;
      case MUL -> x * y;
      case DIV -> x / y;
      case MIN -> Math.min(x, y);
      case MAX -> Math.max(x, y);
      case POW -> StrictMath.pow(x, y);
      case ATAN2 -> StrictMath.atan2(x, y);
      case LT, ILT -> x < y ? 1 : 0;
      case LE -> x <= y ? 1 : 0;
      case EQ, IEQ -> x == y ? 1 : 0;
      case AND -> x != 0 && y != 0 ? 1 : 0;
      case OR -> x != 0 || y != 0 ? 1 : 0;
      case XOR -> x != y ? 1 : 0;
      case IADD -> (int) x + (int) y;
      case IMUL -> (int) x * (int) y;
    };
  }
}
