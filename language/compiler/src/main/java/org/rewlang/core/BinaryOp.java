package org.rewlang.core;

/**
 * Operations on two scalars of one kind. Arithmetic is IEEE binary64 in the order written; {@code
 * min} and {@code max} are Java's (NaN wins, -0 is below 0); comparisons with NaN are false; {@code
 * pow} and {@code atan2} are those of {@link StrictMath}.
 */
public enum BinaryOp {
  ADD(Kind.F64, Kind.F64),
  SUB(Kind.F64, Kind.F64),
  MUL(Kind.F64, Kind.F64),
  DIV(Kind.F64, Kind.F64),
  MIN(Kind.F64, Kind.F64),
  MAX(Kind.F64, Kind.F64),
  POW(Kind.F64, Kind.F64),
  ATAN2(Kind.F64, Kind.F64),
  LT(Kind.F64, Kind.BOOL),
  LE(Kind.F64, Kind.BOOL),
  EQ(Kind.F64, Kind.BOOL),
  AND(Kind.BOOL, Kind.BOOL),
  OR(Kind.BOOL, Kind.BOOL),
  XOR(Kind.BOOL, Kind.BOOL),
  IADD(Kind.I32, Kind.I32),
  IMUL(Kind.I32, Kind.I32),
  IEQ(Kind.I32, Kind.BOOL),
  ILT(Kind.I32, Kind.BOOL);

  private final Kind operand;
  private final Kind result;

  BinaryOp(Kind operand, Kind result) {
    this.operand = operand;
    this.result = result;
  }

  public Kind operand() {
    return operand;
  }

  public Kind result() {
    return result;
  }

  /** As written in the text form. */
  public String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
