package org.rewlang.truffle;

import org.rewlang.core.BinaryOp;
import org.rewlang.core.Kind;
import org.rewlang.core.UnaryOp;

/** The node of each operation. */
final class Operations {

  private Operations() {}

  static ValueNode unary(UnaryOp op, ValueNode x) {
    return switch (op) {
      case NEG -> new Arithmetic.Neg(x);
      case ABS -> new Arithmetic.Abs(x);
      case SQRT -> new Arithmetic.Sqrt(x);
      case FLOOR -> new Arithmetic.Floor(x);
      case RINT -> new Arithmetic.Rint(x);
      case EXP -> new Elementary.Exp(x);
      case EXPM1 -> new Elementary.Expm1(x);
      case LOG -> new Elementary.Log(x);
      case LOG1P -> new Elementary.Log1p(x);
      case SIN -> new Elementary.Sin(x);
      case COS -> new Elementary.Cos(x);
      case TAN -> new Elementary.Tan(x);
      case ASIN -> new Elementary.Asin(x);
      case ACOS -> new Elementary.Acos(x);
      case TANH -> new Elementary.Tanh(x);
      case FINITE -> new Comparison.Finite(x);
      case NOT -> new Logic.Not(x);
      case ITOF -> new Integers.IToF(x);
      case FTOI -> new Integers.FToI(x);
      case BTOI -> new Integers.BToI(x);
    };
  }

  static ValueNode binary(BinaryOp op, ValueNode left, ValueNode right) {
    return switch (op) {
      case ADD -> new Arithmetic.Add(left, right);
      case SUB -> new Arithmetic.Sub(left, right);
      case MUL -> new Arithmetic.Mul(left, right);
      case DIV -> new Arithmetic.Div(left, right);
      case MIN -> new Arithmetic.Min(left, right);
      case MAX -> new Arithmetic.Max(left, right);
      case POW -> new Elementary.Pow(left, right);
      case ATAN2 -> new Elementary.Atan2(left, right);
      case LT -> new Comparison.Lt(left, right);
      case LE -> new Comparison.Le(left, right);
      case EQ -> new Comparison.Eq(left, right);
      case AND -> new Logic.And(left, right);
      case OR -> new Logic.Or(left, right);
      case XOR -> new Logic.Xor(left, right);
      case IADD -> new Integers.IAdd(left, right);
      case IMUL -> new Integers.IMul(left, right);
      case IEQ -> new Comparison.IEq(left, right);
      case ILT -> new Comparison.ILt(left, right);
    };
  }

  /** A value as memory holds it. */
  static ValueNode number(Kind kind, ValueNode x) {
    return switch (kind) {
      case F64 -> x;
      case BOOL -> new Integers.BToF(x);
      case I32 -> new Integers.IToF(x);
    };
  }

  static ValueNode literal(Kind kind, double value) {
    return switch (kind) {
      case F64 -> new Literal.OfDouble(value);
      case BOOL -> new Literal.OfBoolean(value != 0);
      case I32 -> new Literal.OfInt((int) value);
    };
  }
}
