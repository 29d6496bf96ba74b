package org.rewlang.core;

/**
 * Operations on one scalar. Elementary functions are those of {@link StrictMath}, bit for bit, on
 * every engine; {@code rint} rounds ties to even; {@code ftoi} truncates and saturates as a Java
 * cast does (NaN gives 0).
 */
public enum UnaryOp {
  NEG(Kind.F64, Kind.F64),
  ABS(Kind.F64, Kind.F64),
  SQRT(Kind.F64, Kind.F64),
  FLOOR(Kind.F64, Kind.F64),
  RINT(Kind.F64, Kind.F64),
  EXP(Kind.F64, Kind.F64),
  EXPM1(Kind.F64, Kind.F64),
  LOG(Kind.F64, Kind.F64),
  LOG1P(Kind.F64, Kind.F64),
  SIN(Kind.F64, Kind.F64),
  COS(Kind.F64, Kind.F64),
  TAN(Kind.F64, Kind.F64),
  ASIN(Kind.F64, Kind.F64),
  ACOS(Kind.F64, Kind.F64),
  TANH(Kind.F64, Kind.F64),
  /** Whether a number is defined: neither NaN nor infinite. */
  FINITE(Kind.F64, Kind.BOOL),
  NOT(Kind.BOOL, Kind.BOOL),
  ITOF(Kind.I32, Kind.F64),
  FTOI(Kind.F64, Kind.I32),
  BTOI(Kind.BOOL, Kind.I32);

  private final Kind operand;
  private final Kind result;

  UnaryOp(Kind operand, Kind result) {
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
