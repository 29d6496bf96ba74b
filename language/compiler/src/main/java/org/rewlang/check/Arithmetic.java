package org.rewlang.check;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.model.Base;
import org.rewlang.model.Dimension;
import org.rewlang.model.Operation;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Expr;

/** {@code + - * / **} and the minus sign. */
final class Arithmetic {

  private static final long LARGEST_INT = 1L << 53;

  private final Session session;

  Arithmetic(Session session) {
    this.session = session;
  }

  Term binary(Expr.Binary b, Env env) {
    if (session.tornUnits.told(b, env)) {
      return env.error(b.span());
    }
    Term left = session.expr(b.left(), env);
    Term right =
        b.right() instanceof Expr.Convert c
            ? session.quantities.convert(c, left, b, env)
            : session.expr(b.right(), env);
    return binary(b, left, right, env);
  }

  /** Of operands that are elaborated. */
  Term binary(Expr.Binary b, Term left, Term right, Env env) {
    if (Terms.anyError(left, right)) {
      return env.error(b.span());
    }
    return switch (b.op()) {
      case ADD, SUBTRACT -> sum(b, left, right, env);
      case MULTIPLY, DIVIDE -> product(b, left, right, env);
      case POWER -> power(b, left, right, env);
      default -> throw new IllegalArgumentException(b.op().text());
    };
  }

  private boolean number(Term term, Expr expr, String op, Env env) {
    if (term.type().isNumber()) {
      return true;
    }
    if (term.type().base() == Base.BOOL) {
      session.fit.boolAsNumber(expr, env, op + " needs numbers");
    } else {
      session.reporter.report(
          session
              .diagnose(Code.TYPE_MISMATCH, op + " needs numbers", expr.span(), env)
              .label("this is `" + session.types.show(term.type()) + "`")
              .found(session.types.show(term.type()))
              .expected(java.util.List.of("real", "int")));
    }
    return false;
  }

  private boolean numbers(Expr.Binary b, Term left, Term right, Env env) {
    String op = "`" + b.op().text() + "`";
    return number(left, b.left(), op, env) & number(right, b.right(), op, env);
  }

  private Term sum(Expr.Binary b, Term left, Term right, Env env) {
    if (!numbers(b, left, right, env)) {
      return env.error(b.span());
    }
    Fit.Pair pair =
        session.fit.unify(
            left, b.left(), right, b.right(), "`" + b.op().text() + "`", b.opSpan(), env);
    if (pair == null) {
      return env.error(b.span());
    }
    Operation op = b.op() == Expr.BinaryOp.ADD ? Operation.ADD : Operation.SUBTRACT;
    return make(op, pair.element(), env.at(b.span()), pair.left(), pair.right());
  }

  private Term product(Expr.Binary b, Term left, Term right, Env env) {
    if (!numbers(b, left, right, env)
        || !session.fit.shapesFit(left, b.left(), right, b.right(), b, env)) {
      return env.error(b.span());
    }
    Dimension x = left.type().dimension();
    Dimension y = right.type().dimension();
    boolean divide = b.op() == Expr.BinaryOp.DIVIDE;
    boolean ints = !divide && left.type().base() == Base.INT && right.type().base() == Base.INT;
    Type element = ints ? Type.INT : Type.real(divide ? x.per(y) : x.times(y));
    return make(
        divide ? Operation.DIVIDE : Operation.MULTIPLY,
        element,
        env.at(b.span()),
        ints ? left : Terms.widen(left),
        ints ? right : Terms.widen(right));
  }

  /** Folds ints, which shapes and positions are made of; reals are left as they are written. */
  static Term make(Operation op, Type element, Location at, Term left, Term right) {
    if (element.equals(Type.INT) && left instanceof Term.Const a && right instanceof Term.Const b) {
      double folded =
          switch (op) {
            case ADD -> a.value() + b.value();
            case SUBTRACT -> a.value() - b.value();
            case MULTIPLY -> a.value() * b.value();
            case MIN -> Math.min(a.value(), b.value());
            case MAX -> Math.max(a.value(), b.value());
            default -> Double.NaN;
          };
      // Exact below 2^53: there the doubles are the integers.
      if (Math.abs(folded) <= LARGEST_INT) {
        return new Term.Const(folded + 0.0, Type.INT, at);
      }
    }
    return Terms.apply(op, element, at, left, right);
  }

  Term negate(Term value, Expr.Unary u, Env env) {
    if (Terms.isError(value) || !number(value, u.operand(), "`-`", env)) {
      return env.error(u.span());
    }
    Location at = env.at(u.span());
    if (value instanceof Term.Const c) {
      double negated = c.type().base() == Base.INT ? 0 - c.value() : -c.value();
      return new Term.Const(negated, c.type(), at);
    }
    return Terms.apply(Operation.NEGATE, value.type().element(), at, value);
  }

  private Term power(Expr.Binary b, Term base, Term exponent, Env env) {
    if (!numbers(b, base, exponent, env)
        || !session.fit.shapesFit(base, b.left(), exponent, b.right(), b, env)) {
      return env.error(b.span());
    }
    Location at = env.at(b.span());
    Double constant =
        exponent.type().isScalar() && exponent.type().dimension().isNone()
            ? session.constants.scalar(exponent)
            : null;
    if (constant != null && constant == Math.rint(constant) && Math.abs(constant) <= 64) {
      return integerPower(base, constant.intValue(), exponent, at);
    }
    if (constant != null && !base.type().dimension().isNone()) {
      Dimension root = root(base.type().dimension(), constant);
      if (root != null) {
        return Terms.apply(Operation.POWER, Type.real(root), at, base, Terms.widen(exponent));
      }
    }
    Term x = session.fit.plain(base, b.left(), env, "`**`");
    Term y = session.fit.plain(exponent, b.right(), env, "an exponent");
    return Terms.anyError(x, y)
        ? env.error(b.span())
        : Terms.apply(Operation.POWER, Type.REAL, at, x, y);
  }

  private static Term integerPower(Term base, int n, Term exponent, Location at) {
    boolean ints = base.type().base() == Base.INT && n >= 0;
    if (n == 2 || n == 3 || ints && n > 1 && n <= 16) {
      Term result = base;
      for (int i = 2; i <= n; i++) {
        Type type = ints ? Type.INT : Type.real(base.type().dimension().power(i));
        result =
            make(
                Operation.MULTIPLY,
                type,
                at,
                ints ? result : Terms.widen(result),
                ints ? base : Terms.widen(base));
      }
      return result;
    }
    if (ints && n <= 1) {
      return n == 1 ? base : Terms.broadcast(Terms.integer(1, at), base.type().shape());
    }
    return Terms.apply(
        Operation.POWER,
        Type.real(base.type().dimension().power(n)),
        at,
        Terms.widen(base),
        Terms.widen(exponent));
  }

  /** A dimension to a fractional power, where every exponent stays whole. */
  static @Nullable Dimension root(Dimension dimension, double power) {
    Map<String, Integer> powers = new TreeMap<>();
    for (Map.Entry<String, Integer> e : dimension.powers().entrySet()) {
      double n = e.getValue() * power;
      if (n != Math.rint(n)) {
        return null;
      }
      powers.put(e.getKey(), (int) n);
    }
    return new Dimension(powers);
  }
}
