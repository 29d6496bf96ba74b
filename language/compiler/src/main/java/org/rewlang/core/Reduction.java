package org.rewlang.core;

/**
 * How a {@code reduce} makes one scalar of many, left to right in row-major order from its
 * identity. Where the mask leaves nothing, {@code sum} is 0, {@code prod} 1, {@code min} and {@code
 * max} are undefined, {@code any} is false, {@code all} true, {@code argmin} and {@code argmax} are
 * -1.
 *
 * <p>{@code min} and {@code max} combine as the operations of those names do. {@code argmin} and
 * {@code argmax} give the flat row-major index of the first best element (0 and -0 are equally
 * good); the first NaN is best.
 */
public enum Reduction {
  SUM(Kind.F64, Kind.F64),
  PROD(Kind.F64, Kind.F64),
  MIN(Kind.F64, Kind.F64),
  MAX(Kind.F64, Kind.F64),
  ANY(Kind.BOOL, Kind.BOOL),
  ALL(Kind.BOOL, Kind.BOOL),
  ARGMIN(Kind.F64, Kind.I32),
  ARGMAX(Kind.F64, Kind.I32);

  private final Kind operand;
  private final Kind result;

  Reduction(Kind operand, Kind result) {
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
