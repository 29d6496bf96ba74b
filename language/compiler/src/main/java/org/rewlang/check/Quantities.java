package org.rewlang.check;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Base;
import org.rewlang.model.Dimension;
import org.rewlang.model.Operation;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.UnitRef;

/** Numbers and lists as written, units, and conversions between them. */
final class Quantities {

  private static final BigInteger LARGEST_INT = BigInteger.ONE.shiftLeft(53);

  private final Session session;

  Quantities(Session session) {
    this.session = session;
  }

  /** The unit written, or null with the reason told. */
  @Nullable Unit unit(UnitRef ref, Env env) {
    Unit unit = UnitParser.parse(ref.text(), env::unit);
    if (unit == null) {
      String unknown = UnitParser.firstUnknown(ref.text(), env::unit);
      List<String> similar = unknown == null ? List.of() : UnitTable.meant(unknown);
      Diagnostic.Builder d =
          session
              .diagnose(
                  Code.UNKNOWN_UNIT,
                  unknown == null
                      ? "`" + ref.text() + "` can't be read as a unit"
                      : "no unit is called `" + unknown + "`",
                  ref.span(),
                  env)
              .label("no unit has this name")
              .found(unknown == null ? ref.text() : unknown)
              .expected(similar);
      if (!similar.isEmpty()) {
        d.hint("did you mean `" + similar.getFirst() + "`?");
      } else {
        d.hint("declare one of your own with `unit " + (unknown == null ? "tile" : unknown) + "`");
      }
      session.reporter.report(d);
    }
    return unit;
  }

  boolean isUnit(String name, Env env) {
    return env.unit(name) != null;
  }

  Term number(Expr.NumberLit literal, Env env) {
    if (literal.unit() == null) {
      return plain(literal, env);
    }
    Unit unit = unit(literal.unit(), env);
    return unit == null ? env.error(literal.span()) : inUnit(literal, unit, env);
  }

  private Term plain(Expr.NumberLit literal, Env env) {
    String digits = digits(literal.text());
    boolean integer = isIntText(digits) && new BigInteger(digits).compareTo(LARGEST_INT) <= 0;
    return new Term.Const(
        Double.parseDouble(digits), integer ? Type.INT : Type.REAL, env.at(literal.span()));
  }

  static boolean isIntText(String text) {
    return text.chars().allMatch(c -> Character.isDigit(c) || c == '_');
  }

  private static String digits(String text) {
    return text.replace("_", "");
  }

  /** {@code literal}, a bare number, read in {@code unit}: exact in decimal, rounded once. */
  private Term inUnit(Expr.NumberLit literal, Unit unit, Env env) {
    return new Term.Const(
        unit.factor().times(literal.text()), Type.real(unit.dimension()), env.at(literal.span()));
  }

  Term list(Expr.ListLit list, Env env, @Nullable Type expected) {
    if (list.unit() != null) {
      Unit unit = unit(list.unit(), env);
      return unit == null
          ? env.error(list.span())
          : inUnit(new Expr.ListLit(list.elements(), null, list.span()), unit, env);
    }
    Type element =
        expected == null || expected.isScalar()
            ? expected
            : expected.withShape(expected.shape().subList(1, expected.shape().size()));
    List<Term> parts =
        list.elements().stream().map(e -> session.expressions.of(e, env, element)).toList();
    return stack(parts, list, env);
  }

  /** An expression that stands before a unit: its numbers are in it. */
  private Term inUnit(Expr expr, Unit unit, Env env) {
    return switch (expr) {
      case Expr.NumberLit n when n.unit() == null -> inUnit(n, unit, env);
      case Expr.Unary u when u.op() == Expr.UnaryOp.NEGATE ->
          session.arithmetic.negate(inUnit(u.operand(), unit, env), u, env);
      case Expr.ListLit l when l.unit() == null ->
          stack(l.elements().stream().map(e -> inUnit(e, unit, env)).toList(), l, env);
      default -> {
        Term value =
            session.fit.plain(session.expr(expr, env), expr, env, "a number before a unit");
        yield Terms.isError(value)
            ? value
            : Terms.retype(scale(value, unit.factor()), Type.real(unit.dimension()));
      }
    };
  }

  private Term stack(List<Term> given, Expr.ListLit list, Env env) {
    if (given.isEmpty()) {
      session.reporter.report(
          session
              .diagnose(Code.SHAPE_MISMATCH, "an empty list has no type", list.span(), env)
              .label("a list needs at least one element"));
      return env.error(list.span());
    }
    List<Term> parts = new ArrayList<>(given);
    // The first element decides; a later one that makes it a real or gives a 0 its unit does so for
    // all.
    for (int i = 1; i < parts.size(); i++) {
      Fit.Pair pair =
          session.fit.unify(
              parts.getFirst(),
              list.elements().getFirst(),
              parts.get(i),
              list.elements().get(i),
              "a list",
              list.elements().get(i).span(),
              env);
      if (pair == null) {
        return env.error(list.span());
      }
      if (!parts.getFirst().type().shape().equals(parts.get(i).type().shape())) {
        session.reporter.report(
            session
                .diagnose(
                    Code.SHAPE_MISMATCH,
                    "the elements of a list have one shape",
                    list.elements().get(i).span(),
                    env)
                .label("this is `" + session.types.show(parts.get(i).type()) + "`")
                .related(
                    env.file.source,
                    list.elements().getFirst().span(),
                    "this is `" + session.types.show(parts.getFirst().type()) + "`"));
        return env.error(list.span());
      }
      parts.set(i, pair.right());
      Type element = pair.element();
      for (int j = 0; j < i; j++) {
        Term p = element.base() == Base.REAL ? Terms.widen(parts.get(j)) : parts.get(j);
        parts.set(j, Terms.inDimension(p, element.dimension()));
      }
    }
    if (Terms.isError(parts.getFirst())) {
      return env.error(list.span());
    }
    return Terms.stack(parts, env.at(list.span()));
  }

  /**
   * A range as the vector of its ends; an open end is infinite. A bare bound takes the other's
   * unit.
   */
  Term range(Expr.Range range, Env env) {
    Term low = end(range.from(), range.to(), Double.NEGATIVE_INFINITY, range, env);
    Term high = end(range.to(), range.from(), Double.POSITIVE_INFINITY, range, env);
    Expr left = range.from() == null ? range : range.from();
    Expr right = range.to() == null ? range : range.to();
    Fit.Pair pair = session.fit.unify(low, left, high, right, "`..`", range.span(), env);
    if (pair == null) {
      return env.error(range.span());
    }
    Type type = pair.element().withShape(List.of(2));
    if (!pair.left().type().isScalar() || !pair.right().type().isScalar()) {
      session.reporter.report(
          session
              .diagnose(
                  Code.SHAPE_MISMATCH, "the ends of a range are single numbers", range.span(), env)
              .label("one of them is a vector"));
      return env.error(range.span());
    }
    return new Term.Stack(List.of(pair.left(), pair.right()), type, env.at(range.span()));
  }

  private Term end(
      @Nullable Expr end, @Nullable Expr other, double open, Expr.Range range, Env env) {
    if (end == null) {
      Term sibling = other == null ? Terms.error(env.at(range.span())) : session.expr(other, env);
      return Terms.isError(sibling)
          ? sibling
          : new Term.Const(open, Type.real(sibling.type().dimension()), env.at(range.span()));
    }
    Unit borrowed = isBare(end) && other != null ? writtenUnit(other, env) : null;
    return borrowed == null ? session.expr(end, env) : inUnit(end, borrowed, env);
  }

  private static boolean isBare(Expr e) {
    return e instanceof Expr.NumberLit n && n.unit() == null
        || e instanceof Expr.Unary u && isBare(u.operand());
  }

  /** The unit that a literal is written in, or null. */
  @Nullable Unit writtenUnit(Expr e, Env env) {
    UnitRef ref = writtenUnit(e);
    return ref == null ? null : UnitParser.parse(ref.text(), env::unit);
  }

  static @Nullable UnitRef writtenUnit(Expr e) {
    return switch (e) {
      case Expr.NumberLit n -> n.unit();
      case Expr.ListLit l -> l.unit();
      case Expr.Unary u -> writtenUnit(u.operand());
      default -> null;
    };
  }

  /**
   * A constant as written, in {@code unit}: a bare number is in it already, a quantity is converted
   * exactly. Null if it is neither, then it has to be computed.
   */
  @Nullable Double literalIn(Expr e, Unit unit, Env env) {
    return switch (e) {
      case Expr.NumberLit n when n.unit() == null -> Double.parseDouble(digits(n.text()));
      case Expr.NumberLit n -> {
        Unit written = writtenUnit(n, env);
        yield written == null || !written.dimension().equals(unit.dimension())
            ? null
            : written.factor().per(unit.factor()).times(n.text());
      }
      case Expr.Unary u when u.op() == Expr.UnaryOp.NEGATE -> {
        Double value = literalIn(u.operand(), unit, env);
        yield value == null ? null : -value;
      }
      default -> null;
    };
  }

  Term convert(Expr.Convert convert, Env env) {
    Term value = session.expr(convert.value(), env);
    return convert(convert, value, unit(convert.unit(), env), env);
  }

  /**
   * As {@link #convert(Expr.Convert, Env)}, of what stands right of an operator: {@code as} binds
   * tighter, which people who write {@code x / t as m/s} don't expect.
   */
  Term convert(Expr.Convert convert, Term left, Expr.Binary around, Env env) {
    Term value = session.expr(convert.value(), env);
    Unit unit = unit(convert.unit(), env);
    if (unit == null || !meansAll(left, around.op(), value, unit.dimension())) {
      return convert(convert, value, unit, env);
    }
    String all = env.file.source.text(around.left().span().to(convert.value().span()));
    String as = env.file.source.text(convert.value().span().to(convert.span()));
    as = as.substring(convert.value().span().length());
    String operator = around.op().text();
    session.reporter.report(
        session
            .diagnose(
                Code.UNIT_MISMATCH,
                "`as` binds tighter than `" + operator + "`",
                convert.span(),
                env)
            .label("only this is converted")
            .fix(
                org.rewlang.diagnostic.Fix.maybe(
                    "convert the whole", env.file.source, around.span(), "(" + all + ")" + as)));
    return env.error(convert.span());
  }

  /** Whether the unit fits the operator's result, and fits its right operand not or for nothing. */
  private static boolean meansAll(Term left, Expr.BinaryOp op, Term right, Dimension unit) {
    if (Terms.anyError(left, right) || !left.type().isNumber() || !right.type().isNumber()) {
      return false;
    }
    Dimension x = left.type().dimension();
    Dimension y = right.type().dimension();
    return switch (op) {
      case MULTIPLY -> !y.equals(unit) && x.times(y).equals(unit);
      case DIVIDE -> !y.equals(unit) && x.per(y).equals(unit);
      case ADD, SUBTRACT -> !unit.isNone() && x.equals(unit) && y.equals(unit);
      default -> false;
    };
  }

  private Term convert(Expr.Convert convert, Term value, @Nullable Unit unit, Env env) {
    if (unit == null || Terms.isError(value)) {
      return env.error(convert.span());
    }
    Type target = Type.real(unit.dimension()).withShape(value.type().shape());
    if (value.type().isNumber()
        && value.type().dimension().isNone()
        && !unit.dimension().isNone()
        && !Terms.isZero(value)) {
      session.reporter.report(
          session
              .diagnose(
                  Code.UNIT_MISMATCH,
                  "`as` takes the number out of a quantity, this is plain",
                  convert.span(),
                  env)
              .label("a plain number already")
              .hint(
                  "write a unit behind a literal, or multiply by `1 "
                      + convert.unit().text()
                      + "`"));
      return env.error(convert.span());
    }
    Term fitted =
        session.fit.coerce(
            value, target, convert.value(), env, "`as " + convert.unit().text() + "`");
    if (Terms.isError(fitted)) {
      return fitted;
    }
    return Terms.retype(scale(fitted, unit.factor().inverse()), Type.REAL);
  }

  /**
   * The numbers of {@code term} times {@code factor}: one rounding, a division where that is exact.
   */
  static Term scale(Term term, Factor factor) {
    if (factor.isOne()) {
      return term;
    }
    boolean divide = factor.inverse().isExactInteger();
    double by = divide ? factor.inverse().toDouble() : factor.toDouble();
    return Terms.apply(
        divide ? Operation.DIVIDE : Operation.MULTIPLY,
        term.type().element(),
        term.at(),
        Terms.widen(term),
        Terms.real(by, term.at()));
  }
}
