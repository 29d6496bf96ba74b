package org.rewlang.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Base;
import org.rewlang.model.Dimension;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Span;
import org.rewlang.syntax.Expr;

/** Makes values fit each other and their places, or says why they don't. */
final class Fit {

  /** Two operands of one element type, whose shapes broadcast. */
  record Pair(Term left, Term right) {
    Type element() {
      return left.type().element();
    }
  }

  private final Session session;

  Fit(Session session) {
    this.session = session;
  }

  private String show(Term term) {
    return "`" + session.types.show(term.type()) + "`";
  }

  /**
   * Both as one element type: an int becomes a real, a written 0 takes the other's unit. Null, with
   * the reason told once, where they don't fit.
   *
   * @param what the operation in words, such as {@code `+`}
   */
  @Nullable Pair unify(Term a, Expr left, Term b, Expr right, String what, Span at, Env env) {
    if (Terms.anyError(a, b)) {
      return null;
    }
    Pair pair = elements(a, left, b, right, what, at, env);
    if (pair != null && !shapes(a, left, b, right, what, at, env)) {
      return null;
    }
    return pair;
  }

  private @Nullable Pair elements(
      Term a, Expr left, Term b, Expr right, String what, Span at, Env env) {
    Type s = a.type();
    Type t = b.type();
    if (s.isNumber() && t.isNumber()) {
      boolean real = s.base() == Base.REAL || t.base() == Base.REAL;
      Term x = real ? Terms.widen(a) : a;
      Term y = real ? Terms.widen(b) : b;
      Dimension d = s.dimension();
      if (d.equals(t.dimension())) {
        return new Pair(x, y);
      } else if (Terms.isZero(a)) {
        return new Pair(Terms.inDimension(x, t.dimension()), y);
      } else if (Terms.isZero(b)) {
        return new Pair(x, Terms.inDimension(y, d));
      }
      session.reporter.report(
          sides(
                  Code.UNIT_MISMATCH,
                  what + " needs two values of one unit",
                  a,
                  left,
                  b,
                  right,
                  at,
                  env)
              .hint(unitHint(s.dimension(), t.dimension())));
      return null;
    }
    if (s.base() == t.base() && java.util.Objects.equals(s.enumeration(), t.enumeration())) {
      return new Pair(a, b);
    }
    if (s.base() == Base.BOOL && t.isNumber() || t.base() == Base.BOOL && s.isNumber()) {
      boolean first = s.base() == Base.BOOL;
      boolAsNumber(first ? left : right, env, what + " needs numbers");
      return null;
    }
    session.reporter.report(
        sides(
            Code.TYPE_MISMATCH,
            what + " needs two values of one type",
            a,
            left,
            b,
            right,
            at,
            env));
    return null;
  }

  private static String unitHint(Dimension a, Dimension b) {
    return a.isNone() || b.isNone()
        ? "give the plain number a unit, or take the number of the other with `as "
            + unitText(a.isNone() ? b : a)
            + "`"
        : "bring both to one unit, or take plain numbers with `as`";
  }

  /** As it is written after {@code as}. */
  static String unitText(Dimension d) {
    String text = d.toString();
    return text.isEmpty() || text.chars().allMatch(Character::isLetter) ? text : "<" + text + ">";
  }

  /** Whether two operands' shapes broadcast; the reason is told where they don't. */
  boolean shapesFit(Term a, Expr left, Term b, Expr right, Expr.Binary op, Env env) {
    return shapes(a, left, b, right, "`" + op.op().text() + "`", op.opSpan(), env);
  }

  private boolean shapes(Term a, Expr left, Term b, Expr right, String what, Span at, Env env) {
    if (Types.broadcast(a.type().shape(), b.type().shape()) != null) {
      return true;
    }
    session.reporter.report(
        sides(Code.SHAPE_MISMATCH, what + " needs shapes that fit", a, left, b, right, at, env));
    return false;
  }

  private Diagnostic.Builder sides(
      Code code, String message, Term a, Expr left, Term b, Expr right, Span at, Env env) {
    return Diagnostic.of(code, message, env.file.source, at)
        .label("between " + show(a) + " and " + show(b))
        .related(env.file.source, left.span(), "this is " + show(a))
        .related(env.file.source, right.span(), "this is " + show(b))
        .found(session.types.show(a.type()) + " and " + session.types.show(b.type()));
  }

  void boolAsNumber(Expr expr, Env env, String message) {
    String text = env.file.source.text(expr.span());
    session.reporter.report(
        Diagnostic.of(
                Code.BOOL_AS_NUMBER, message + ", a bool is none", env.file.source, expr.span())
            .label("this is a `bool`")
            .found("bool")
            .expected(List.of("real", "int"))
            .hint("say what it counts as with `1 if … else 0`")
            .fix(
                org.rewlang.diagnostic.Fix.replace(
                    "count it as 1 or 0",
                    env.file.source,
                    expr.span(),
                    "(1 if " + text + " else 0)")));
  }

  /**
   * The value as {@code target}: an int widened, a written 0 in its unit, a smaller shape repeated.
   * An error term, with the reason told, where it doesn't fit.
   *
   * @param place what needs it, as a subject: {@code `reach`}, {@code the condition of `bonus`}
   */
  Term coerce(Term value, Type target, Expr expr, Env env, String place) {
    if (Terms.isError(value) || Types.isError(target)) {
      return env.error(expr.span());
    }
    Term fitted = element(value, target, expr, env, place);
    if (fitted == null) {
      return env.error(expr.span());
    }
    if (!target.shape().equals(Types.broadcast(fitted.type().shape(), target.shape()))) {
      session.reporter.report(
          mismatch(Code.SHAPE_MISMATCH, value, target, expr, env, place)
              .hint(
                  target.isScalar() && target.base() == Base.BOOL
                      ? "make one bool of it with `all(…)` or `any(…)`"
                      : target.isScalar()
                          ? "make one number of it with `sum(…)`"
                              + (value.type().shape().size() == 1 ? " or `norm(…)`" : "")
                          : "change one of the two lengths"));
      return env.error(expr.span());
    }
    return Terms.broadcast(fitted, target.shape());
  }

  private @Nullable Term element(Term value, Type target, Expr expr, Env env, String place) {
    Type type = value.type();
    if (type.element().equals(target.element())) {
      return value;
    }
    if (type.isNumber() && target.base() == Base.REAL) {
      Term wide = Terms.widen(value);
      if (type.dimension().equals(target.dimension()) || Terms.isZero(value)) {
        return Terms.inDimension(wide, target.dimension());
      }
      Diagnostic.Builder d = mismatch(Code.UNIT_MISMATCH, value, target, expr, env, place);
      if (target.dimension().isNone()) {
        String unit = unitText(type.dimension());
        d.hint("take its plain number with `as " + unit + "`").fix(asUnit(expr, unit, env));
      } else if (type.dimension().isNone()) {
        d.hint("give it a unit of `" + target.dimension() + "`");
      } else if (angles(type.dimension().per(target.dimension()))) {
        d.hint("an angle is a dimension too: multiply or divide by `1 rad`");
      }
      session.reporter.report(d);
      return null;
    }
    if (type.base() == Base.BOOL && target.isNumber()) {
      boolAsNumber(expr, env, place + " needs a number");
      return null;
    }
    Diagnostic.Builder d = mismatch(Code.TYPE_MISMATCH, value, target, expr, env, place);
    if (type.base() == Base.REAL && target.base() == Base.INT) {
      d.hint("make it an int with `floor(…)` or `round(…)`");
    } else if (type.isNumber() && target.base() == Base.BOOL) {
      d.hint("compare it with a number; a number is never true or false");
    }
    session.reporter.report(d);
    return null;
  }

  /** Whether a power of an angle is all that two units differ by. */
  private static boolean angles(org.rewlang.model.Dimension ratio) {
    return !ratio.isNone() && ratio.powers().keySet().equals(Types.ANGLE.powers().keySet());
  }

  private Diagnostic.Builder mismatch(
      Code code, Term value, Type target, Expr expr, Env env, String place) {
    return Diagnostic.of(
            code,
            place + " needs `" + session.types.show(target) + "`, not " + show(value),
            env.file.source,
            expr.span())
        .label("this is " + show(value))
        .found(session.types.show(value.type()))
        .expected(List.of(session.types.show(target)));
  }

  /** Writes {@code as UNIT} behind an expression, parentheses where they are needed. */
  org.rewlang.diagnostic.Fix asUnit(Expr expr, String unit, Env env) {
    String text = env.file.source.text(expr.span());
    boolean tight =
        switch (expr) {
          case Expr.NameRef n -> true;
          case Expr.Field f -> true;
          case Expr.Index i -> true;
          case Expr.Call c -> true;
          default -> text.startsWith("(") && text.endsWith(")") && balanced(text);
        };
    return org.rewlang.diagnostic.Fix.replace(
        "take the plain number",
        env.file.source,
        expr.span(),
        (tight ? text : "(" + text + ")") + " as " + unit);
  }

  /** Whether the first parenthesis is closed by the last. */
  private static boolean balanced(String text) {
    int depth = 0;
    for (int i = 0; i < text.length() - 1; i++) {
      depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
      if (depth == 0) {
        return false;
      }
    }
    return true;
  }

  /** A plain number, as {@code exp} and components need it. */
  Term plain(Term value, Expr expr, Env env, String place) {
    if (Terms.isError(value)) {
      return value;
    }
    Type target = Type.REAL.withShape(value.type().shape());
    return coerce(value, target, expr, env, place);
  }

  Term condition(Term value, Expr expr, Env env, String place) {
    return coerce(value, Type.BOOL, expr, env, place);
  }
}
