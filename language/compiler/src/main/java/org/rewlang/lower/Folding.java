package org.rewlang.lower;

import org.rewlang.core.BinaryOp;
import org.rewlang.core.Op;
import org.rewlang.core.UnaryOp;

/** Operations on constants, by the very functions that engines run. */
final class Folding {

  private Folding() {}

  /** The value of a scalar constant as a double, or NaN for what is none. */
  static boolean isConstant(Op op) {
    return op instanceof Op.Const || op instanceof Op.Flag || op instanceof Op.Int;
  }

  static double value(Op op) {
    return switch (op) {
      case Op.Const c -> c.value();
      case Op.Flag f -> f.value() ? 1 : 0;
      case Op.Int i -> i.value();
      default -> throw new IllegalArgumentException("not a constant: " + op);
    };
  }

  static Op unary(UnaryOp op, Op operand) {
    double v = value(operand);
    return switch (op) {
      case NEG -> new Op.Const(-v);
      case ABS -> new Op.Const(Math.abs(v));
      case SQRT -> new Op.Const(Math.sqrt(v));
      case FLOOR -> new Op.Const(Math.floor(v));
      case RINT -> new Op.Const(Math.rint(v));
      case EXP -> new Op.Const(StrictMath.exp(v));
      case EXPM1 -> new Op.Const(StrictMath.expm1(v));
      case LOG -> new Op.Const(StrictMath.log(v));
      case LOG1P -> new Op.Const(StrictMath.log1p(v));
      case SIN -> new Op.Const(StrictMath.sin(v));
      case COS -> new Op.Const(StrictMath.cos(v));
      case TAN -> new Op.Const(StrictMath.tan(v));
      case ASIN -> new Op.Const(StrictMath.asin(v));
      case ACOS -> new Op.Const(StrictMath.acos(v));
      case TANH -> new Op.Const(StrictMath.tanh(v));
      case FINITE -> new Op.Flag(Double.isFinite(v));
      case NOT -> new Op.Flag(v == 0);
      case ITOF -> new Op.Const(v);
      case FTOI, BTOI -> new Op.Int((int) v);
    };
  }

  static Op binary(BinaryOp op, Op left, Op right) {
    double a = value(left);
    double b = value(right);
    return switch (op) {
      case ADD -> new Op.Const(a + b);
      case SUB -> new Op.Const(a - b);
      case MUL -> new Op.Const(a * b);
      case DIV -> new Op.Const(a / b);
      case MIN -> new Op.Const(Math.min(a, b));
      case MAX -> new Op.Const(Math.max(a, b));
      case POW -> new Op.Const(StrictMath.pow(a, b));
      case ATAN2 -> new Op.Const(StrictMath.atan2(a, b));
      case LT, ILT -> new Op.Flag(a < b);
      case LE -> new Op.Flag(a <= b);
      case EQ, IEQ -> new Op.Flag(a == b);
      case AND -> new Op.Flag(a != 0 && b != 0);
      case OR -> new Op.Flag(a != 0 || b != 0);
      case XOR -> new Op.Flag(a != b);
      case IADD -> new Op.Int((int) a + (int) b);
      case IMUL -> new Op.Int((int) a * (int) b);
    };
  }
}
