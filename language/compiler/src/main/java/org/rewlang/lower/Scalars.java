package org.rewlang.lower;

import java.util.List;
import org.rewlang.analysis.Fact;
import org.rewlang.analysis.Ranges;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.Origin;
import org.rewlang.core.UnaryOp;
import org.rewlang.model.Base;
import org.rewlang.model.Operation;
import org.rewlang.model.Term;

/** What the language's operations on scalars are in the core, undefined values included. */
final class Scalars {

  /** No int has this magnitude: what would be {@code 2^53 + 1} is rounded to it. */
  private static final double BEYOND_INT = 0x1p53;

  private final Ranges ranges;
  private final CoreBuilder core;

  Scalars(Ranges ranges, CoreBuilder core) {
    this.ranges = ranges;
    this.core = core;
  }

  Value constant(double value, Base base) {
    boolean undefined = Double.isNaN(value);
    return switch (base) {
      case REAL, INT -> Value.of(core.number(value));
      case ENUM -> Value.of(core.integer(undefined ? -1 : (int) value));
      case BOOL -> undefined ? undefined(base) : Value.of(core.flag(value != 0));
    };
  }

  Value undefined(Base base) {
    return switch (base) {
      case REAL, INT -> Value.of(core.number(Double.NaN));
      case ENUM -> Value.of(core.integer(-1));
      case BOOL -> new Value(core.flag(false), core.flag(false));
    };
  }

  /** Whether a bool is false. */
  int no(Value bool, Origin origin) {
    return bool.isPair() ? bool.no() : core.not(bool.yes(), origin);
  }

  /** One of two, by a condition of the core; bools keep both halves where either needs them. */
  Value choose(int condition, Value then, Value otherwise, Origin origin) {
    int yes = core.select(condition, then.yes(), otherwise.yes(), origin);
    boolean pair = then.isPair() || otherwise.isPair();
    return new Value(
        yes,
        pair
            ? core.select(condition, no(then, origin), no(otherwise, origin), origin)
            : Value.NONE);
  }

  /** Whether a value is defined. */
  int defined(Value value, Base base, Origin origin) {
    return switch (base) {
      case REAL, INT -> core.unary(UnaryOp.FINITE, value.yes(), origin);
      case ENUM ->
          core.not(core.binary(BinaryOp.ILT, value.yes(), core.integer(0), origin), origin);
      case BOOL -> value.isPair() ? core.or(value.yes(), value.no(), origin) : core.flag(true);
    };
  }

  Value retype(Term.Retype retype, Value value) {
    Base from = retype.of().type().base();
    Base to = retype.type().base();
    if (from == Base.ENUM && to != Base.ENUM) {
      Origin origin = core.origin(value.yes());
      Value number = Value.of(core.unary(UnaryOp.ITOF, value.yes(), origin));
      return ranges.fact(retype.of()).mayBeUndefined()
          ? choose(defined(value, from, origin), number, undefined(Base.REAL), origin)
          : number;
    }
    if (from != Base.ENUM && to == Base.ENUM) {
      Origin origin = core.origin(value.yes());
      Value index = Value.of(core.unary(UnaryOp.FTOI, value.yes(), origin));
      return ranges.fact(retype.of()).mayBeUndefined()
          ? choose(defined(value, from, origin), index, undefined(Base.ENUM), origin)
          : index;
    }
    return value;
  }

  Value apply(Term.Apply apply, List<Value> operands, Origin origin) {
    Value a = operands.getFirst();
    Value b = operands.getLast();
    return switch (apply.op()) {
      case NEGATE,
          ABS,
          SQRT,
          FLOOR,
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
          TANH ->
          number(apply, core.unary(unary(apply.op()), a.yes(), origin), origin);
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MIN, MAX, POWER, ATAN2 ->
          number(apply, core.binary(binary(apply.op()), a.yes(), b.yes(), origin), origin);
      case LESS -> compare(apply, BinaryOp.LT, BinaryOp.LE, a, b, origin);
      case LESS_EQUAL -> compare(apply, BinaryOp.LE, BinaryOp.LT, a, b, origin);
      case EQUAL -> equal(apply, a, b, origin);
      case NOT -> not(a, origin);
      case AND -> and(a, b, origin);
      case OR -> or(a, b, origin);
      case SELECT -> select(apply.type().base(), a, operands.get(1), b, origin);
      case COALESCE -> coalesce(apply, a, b, origin);
      case DEFINED -> {
        Term of = apply.operands().getFirst();
        yield Value.of(
            ranges.mayBeUndefined(of) ? defined(a, of.type().base(), origin) : core.flag(true));
      }
    };
  }

  Value not(Value a, Origin origin) {
    return a.isPair() ? new Value(a.no(), a.yes()) : Value.of(core.not(a.yes(), origin));
  }

  Value and(Value a, Value b, Origin origin) {
    return new Value(
        core.and(a.yes(), b.yes(), origin),
        a.isPair() || b.isPair() ? core.or(no(a, origin), no(b, origin), origin) : Value.NONE);
  }

  Value or(Value a, Value b, Origin origin) {
    return new Value(
        core.or(a.yes(), b.yes(), origin),
        a.isPair() || b.isPair() ? core.and(no(a, origin), no(b, origin), origin) : Value.NONE);
  }

  /** What a value adds to {@code any} or {@code all} if it counts only where a condition holds. */
  Value excluded(boolean any, Value where, Value value, Origin origin) {
    return any ? and(where, value, origin) : or(not(where, origin), value, origin);
  }

  private static UnaryOp unary(Operation op) {
    return switch (op) {
      case NEGATE -> UnaryOp.NEG;
      case ABS -> UnaryOp.ABS;
      case SQRT -> UnaryOp.SQRT;
      case FLOOR -> UnaryOp.FLOOR;
      case ROUND -> UnaryOp.RINT;
      case EXP -> UnaryOp.EXP;
      case EXPM1 -> UnaryOp.EXPM1;
      case LOG -> UnaryOp.LOG;
      case LOG1P -> UnaryOp.LOG1P;
      case SIN -> UnaryOp.SIN;
      case COS -> UnaryOp.COS;
      case TAN -> UnaryOp.TAN;
      case ASIN -> UnaryOp.ASIN;
      case ACOS -> UnaryOp.ACOS;
      case TANH -> UnaryOp.TANH;
      default -> throw new IllegalArgumentException("not a function of one number: " + op);
    };
  }

  private static BinaryOp binary(Operation op) {
    return switch (op) {
      case ADD -> BinaryOp.ADD;
      case SUBTRACT -> BinaryOp.SUB;
      case MULTIPLY -> BinaryOp.MUL;
      case DIVIDE -> BinaryOp.DIV;
      case MIN -> BinaryOp.MIN;
      case MAX -> BinaryOp.MAX;
      case POWER -> BinaryOp.POW;
      case ATAN2 -> BinaryOp.ATAN2;
      default -> throw new IllegalArgumentException("not a function of two numbers: " + op);
    };
  }

  /** A result; where it is an int too large to be exact, it is undefined. */
  Value number(Term term, int id, Origin origin) {
    boolean mayExceed = term.type().base() == Base.INT && ranges.mayExceedInt(term);
    return Value.of(mayExceed ? limited(id, origin) : id);
  }

  /** An int, undefined beyond 2^53. */
  int limited(int id, Origin origin) {
    int size = core.unary(UnaryOp.ABS, id, origin);
    int exact = core.binary(BinaryOp.LT, size, core.number(BEYOND_INT), origin);
    return core.select(exact, id, core.number(Double.NaN), origin);
  }

  private boolean mayBeNan(Term term) {
    return ranges.fact(term) instanceof Fact.Number n && n.nan();
  }

  /** The second half of an undefined comparison is the opposite one, false as the first is. */
  private Value compare(
      Term.Apply apply, BinaryOp op, BinaryOp opposite, Value a, Value b, Origin origin) {
    int yes = core.binary(op, a.yes(), b.yes(), origin);
    boolean pair = apply.operands().stream().anyMatch(this::mayBeNan);
    return new Value(yes, pair ? core.binary(opposite, b.yes(), a.yes(), origin) : Value.NONE);
  }

  private Value equal(Term.Apply apply, Value a, Value b, Origin origin) {
    boolean pair = apply.operands().stream().anyMatch(ranges::mayBeUndefined);
    return switch (apply.operands().getFirst().type().base()) {
      case REAL, INT -> {
        int yes = core.binary(BinaryOp.EQ, a.yes(), b.yes(), origin);
        int less = core.binary(BinaryOp.LT, a.yes(), b.yes(), origin);
        int more = core.binary(BinaryOp.LT, b.yes(), a.yes(), origin);
        boolean nan = apply.operands().stream().anyMatch(this::mayBeNan);
        yield new Value(yes, nan ? core.or(less, more, origin) : Value.NONE);
      }
      case ENUM -> {
        int same = core.binary(BinaryOp.IEQ, a.yes(), b.yes(), origin);
        if (!pair) {
          yield Value.of(same);
        }
        int known = core.and(defined(a, Base.ENUM, origin), defined(b, Base.ENUM, origin), origin);
        yield new Value(
            core.and(known, same, origin), core.and(known, core.not(same, origin), origin));
      }
      case BOOL -> {
        if (!a.isPair() && !b.isPair()) {
          yield Value.of(core.not(core.binary(BinaryOp.XOR, a.yes(), b.yes(), origin), origin));
        }
        yield new Value(
            both(a.yes(), b.yes(), no(a, origin), no(b, origin), origin),
            both(a.yes(), no(b, origin), no(a, origin), b.yes(), origin));
      }
    };
  }

  private int both(int a, int b, int c, int d, Origin origin) {
    return core.or(core.and(a, b, origin), core.and(c, d, origin), origin);
  }

  /** An unknown condition gives an undefined value; the arm not taken is never seen. */
  Value select(Base base, Value condition, Value then, Value otherwise, Origin origin) {
    if (!condition.isPair()) {
      return choose(condition.yes(), then, otherwise, origin);
    }
    if (base == Base.BOOL) {
      return new Value(
          both(condition.yes(), then.yes(), condition.no(), otherwise.yes(), origin),
          both(condition.yes(), no(then, origin), condition.no(), no(otherwise, origin), origin));
    }
    Value ifNot = choose(condition.no(), otherwise, undefined(base), origin);
    return choose(condition.yes(), then, ifNot, origin);
  }

  private Value coalesce(Term.Apply apply, Value value, Value otherwise, Origin origin) {
    if (!ranges.mayBeUndefined(apply.operands().getFirst())) {
      return value;
    }
    Base base = apply.type().base();
    if (base != Base.BOOL) {
      return choose(defined(value, base, origin), value, otherwise, origin);
    }
    if (!value.isPair()) {
      return value;
    }
    int maybe = core.not(value.no(), origin);
    int yes = core.or(value.yes(), core.and(maybe, otherwise.yes(), origin), origin);
    if (!otherwise.isPair()) {
      return Value.of(yes);
    }
    int notYes = core.not(value.yes(), origin);
    return new Value(yes, core.or(value.no(), core.and(notYes, otherwise.no(), origin), origin));
  }
}
