package org.rewlang.oracle;

import org.rewlang.model.Operation;

/** What operations on numbers mean, by their definition: Java's, and {@link StrictMath}'s. */
public final class PlainNumbers {

  private PlainNumbers() {}

  /**
   * An operation on one number, or two.
   *
   * @param b not looked at where there is one
   */
  public static double apply(Operation op, double a, double b) {
    return switch (op) {
      case NEGATE -> -a;
      case ABS -> Math.abs(a);
      case SQRT -> Math.sqrt(a);
      case FLOOR -> Math.floor(a);
      case ROUND -> Math.rint(a);
      case EXP -> StrictMath.exp(a);
      case EXPM1 -> StrictMath.expm1(a);
      case LOG -> StrictMath.log(a);
      case LOG1P -> StrictMath.log1p(a);
      case SIN -> StrictMath.sin(a);
      case COS -> StrictMath.cos(a);
      case TAN -> StrictMath.tan(a);
      case ASIN -> StrictMath.asin(a);
      case ACOS -> StrictMath.acos(a);
      case TANH -> StrictMath.tanh(a);
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
      case POWER -> StrictMath.pow(a, b);
      case ATAN2 -> StrictMath.atan2(a, b);
      case LESS, LESS_EQUAL, EQUAL, NOT, AND, OR, SELECT, COALESCE, DEFINED ->
          throw new IllegalArgumentException(op + " is no operation on numbers alone");
    };
  }
}
