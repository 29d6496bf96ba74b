package org.rewlang.gradient;

import org.rewlang.core.BinaryOp;
import org.rewlang.core.Op;
import org.rewlang.core.Origin;
import org.rewlang.core.UnaryOp;
import org.rewlang.lower.CoreBuilder;

/**
 * What a change of an operation's result is worth to its operands: one rule for each operation on
 * numbers, kinks included.
 */
final class Partials {

  private final CoreBuilder core;
  private final Origin origin;

  Partials(CoreBuilder core, Origin origin) {
    this.core = core;
    this.origin = origin;
  }

  /**
   * A result's adjoint times a slope. A zero on either side ends the chain, whatever the other side
   * is: an arm not taken is worth nothing even where it is undefined, and a value that doesn't move
   * has no use for an infinite slope after it.
   */
  int chain(int adjoint, int slope) {
    int product = mul(adjoint, slope);
    if (isPlain(adjoint) || isPlain(slope)) {
      return product;
    }
    int either = core.or(eq(adjoint, 0), eq(slope, 0), origin);
    return core.select(either, number(0), product, origin);
  }

  /** A constant that is neither zero nor infinite, by which any number may be multiplied. */
  private boolean isPlain(int id) {
    return core.op(id) instanceof Op.Const c && c.value() != 0 && Double.isFinite(c.value());
  }

  int unary(UnaryOp op, int x, int result, int adjoint) {
    return switch (op) {
      case NEG -> neg(adjoint);
      // Flat where it turns.
      case ABS -> {
        int falling = core.select(lt(x, number(0)), neg(adjoint), number(0), origin);
        yield core.select(lt(number(0), x), adjoint, falling, origin);
      }
      case SQRT -> chain(adjoint, div(number(0.5), result));
      case EXP -> chain(adjoint, result);
      case EXPM1 -> chain(adjoint, add(result, number(1)));
      case LOG -> chain(adjoint, div(number(1), x));
      case LOG1P -> chain(adjoint, div(number(1), add(number(1), x)));
      case SIN -> chain(adjoint, unary(UnaryOp.COS, x));
      case COS -> chain(adjoint, neg(unary(UnaryOp.SIN, x)));
      case TAN -> chain(adjoint, add(number(1), mul(result, result)));
      case ASIN -> chain(adjoint, div(number(1), leg(x)));
      case ACOS -> chain(adjoint, div(number(-1), leg(x)));
      case TANH -> chain(adjoint, mul(sub(number(1), result), add(number(1), result)));
      case FLOOR, RINT, FINITE, NOT, ITOF, FTOI, BTOI ->
          throw new IllegalArgumentException(op + " has no slope");
    };
  }

  /** The side of a right triangle whose hypotenuse is 1. */
  private int leg(int x) {
    return unary(UnaryOp.SQRT, mul(sub(number(1), x), add(number(1), x)));
  }

  int left(BinaryOp op, int x, int y, int result, int adjoint) {
    return switch (op) {
      case ADD, SUB -> adjoint;
      case MUL -> chain(adjoint, y);
      case DIV -> chain(adjoint, div(number(1), y));
      case MIN -> core.select(le(x, y), adjoint, number(0), origin);
      case MAX -> core.select(le(y, x), adjoint, number(0), origin);
      case POW -> {
        int lower = core.binary(BinaryOp.POW, x, sub(y, number(1)), origin);
        yield chain(chain(adjoint, y), lower);
      }
      case ATAN2 -> chain(adjoint, div(y, squares(x, y)));
      default -> throw new IllegalArgumentException(op + " has no slope");
    };
  }

  int right(BinaryOp op, int x, int y, int result, int adjoint) {
    return switch (op) {
      case ADD -> adjoint;
      case SUB -> neg(adjoint);
      case MUL -> chain(adjoint, x);
      case DIV -> chain(adjoint, neg(div(result, y)));
      case MIN -> core.select(le(x, y), number(0), adjoint, origin);
      case MAX -> core.select(le(y, x), number(0), adjoint, origin);
      case POW -> chain(chain(adjoint, result), unary(UnaryOp.LOG, x));
      case ATAN2 -> chain(adjoint, neg(div(x, squares(x, y))));
      default -> throw new IllegalArgumentException(op + " has no slope");
    };
  }

  private int squares(int x, int y) {
    return add(mul(x, x), mul(y, y));
  }

  int add(int a, int b) {
    return core.binary(BinaryOp.ADD, a, b, origin);
  }

  int mul(int a, int b) {
    return core.binary(BinaryOp.MUL, a, b, origin);
  }

  private int sub(int a, int b) {
    return core.binary(BinaryOp.SUB, a, b, origin);
  }

  private int div(int a, int b) {
    return core.binary(BinaryOp.DIV, a, b, origin);
  }

  private int neg(int a) {
    return unary(UnaryOp.NEG, a);
  }

  private int unary(UnaryOp op, int a) {
    return core.unary(op, a, origin);
  }

  private int lt(int a, int b) {
    return core.binary(BinaryOp.LT, a, b, origin);
  }

  private int le(int a, int b) {
    return core.binary(BinaryOp.LE, a, b, origin);
  }

  private int eq(int a, double b) {
    return core.binary(BinaryOp.EQ, a, number(b), origin);
  }

  private int number(double value) {
    return core.number(value);
  }
}
