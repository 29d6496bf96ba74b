package org.rewlang.model;

/**
 * What {@link Term.Apply} computes, element by element, operands broadcast by NumPy's rule to the
 * result's shape. Meanings are the language's: comparisons and logic of undefined operands are
 * undefined, {@code min} and {@code max} let NaN win, an {@code int} beyond 2^53 is undefined.
 */
public enum Operation {
  NEGATE,
  ABS,
  SQRT,
  FLOOR,
  /** To the nearest integer, ties to even. */
  ROUND,
  EXP,
  EXPM1,
  LOG,
  LOG1P,
  SIN,
  COS,
  TAN,
  ASIN,
  ACOS,
  TANH,
  ADD,
  SUBTRACT,
  MULTIPLY,
  DIVIDE,
  MIN,
  MAX,
  /**
   * {@code StrictMath.pow}; the checker has turned {@code x ** 2} and {@code x ** 3} to products.
   */
  POWER,
  ATAN2,
  LESS,
  LESS_EQUAL,
  /** Of two numbers, bools or values of one enum. */
  EQUAL,
  NOT,
  AND,
  OR,
  /** Condition, then, otherwise. The arm not taken never makes the result undefined. */
  SELECT,
  /**
   * A value, and what stands for it where it is undefined (a number not finite, a bool unknown).
   */
  COALESCE,
  /** Whether a value is defined; a bool that always is. */
  DEFINED;

  /** An elementary function of one number, as {@code double}: on every engine bit for bit this. */
  public double of(double x) {
    return switch (this) {
      case FLOOR -> Math.floor(x);
      case ROUND -> Math.rint(x);
      case SQRT -> Math.sqrt(x);
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
      default -> throw new IllegalArgumentException("not a function of one number: " + this);
    };
  }
}
