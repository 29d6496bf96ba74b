package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.Base;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.syntax.Expr;

/** Values that are set from outside: a bare number is in the unit of what it sets. */
final class Given {

  private final Session session;

  Given(Session session) {
    this.session = session;
  }

  /** {@code value}, already fitted in SI, as numbers in {@code unit}; null if it isn't constant. */
  @Nullable List<Double> constants(Expr expr, Unit unit, Type type, Term value, Env env) {
    Term exact = literal(expr, unit, unit, type.element(), env);
    Term inUnit = exact != null ? exact : Quantities.scale(value, unit.factor().inverse());
    double[] numbers = session.constants.values(Terms.broadcast(inUnit, type.shape()));
    if (numbers == null) {
      return null;
    }
    List<Double> list = new ArrayList<>();
    for (double d : numbers) {
      list.add(d);
    }
    return list;
  }

  /**
   * What a test gives, in {@code unit}; an error term with the reason told where it doesn't fit.
   */
  Term value(Expr expr, Unit unit, Type type, Env env, String place) {
    if (type.base() == Base.REAL) {
      Term exact = literal(expr, unit, unit, type.element(), env);
      if (exact != null) {
        return session.fit.coerce(exact, type, expr, env, place);
      }
    }
    Term value = session.expressions.of(expr, env, type);
    if (Terms.isError(value)) {
      return value;
    }
    boolean bare =
        type.base() == Base.REAL
            && value.type().isNumber()
            && value.type().dimension().isNone()
            && !unit.dimension().isNone();
    if (bare) {
      Term fitted = session.fit.coerce(value, Type.REAL.withShape(type.shape()), expr, env, place);
      return Terms.isError(fitted) ? fitted : Terms.retype(fitted, type.element());
    }
    Term fitted = session.fit.coerce(value, type, expr, env, place);
    return Terms.isError(fitted) || type.base() != Base.REAL
        ? fitted
        : Quantities.scale(fitted, unit.factor().inverse());
  }

  /** Literals and lists of them are converted in decimal, rounded once. Null for anything else. */
  private @Nullable Term literal(Expr e, Unit written, Unit unit, Type element, Env env) {
    switch (e) {
      case Expr.NumberLit n -> {
        if (n.unit() == null) {
          return new Term.Const(
              written.factor().per(unit.factor()).times(n.text()), element, env.at(n.span()));
        }
        Double value = session.quantities.literalIn(n, unit, env);
        return value == null ? null : new Term.Const(value, element, env.at(n.span()));
      }
      case Expr.Unary u when u.op() == Expr.UnaryOp.NEGATE -> {
        Term inner = literal(u.operand(), written, unit, element, env);
        return inner instanceof Term.Const c
            ? new Term.Const(-c.value(), c.type(), env.at(u.span()))
            : null;
      }
      case Expr.ListLit l -> {
        Unit own = l.unit() == null ? written : UnitParser.parse(l.unit().text(), env::unit);
        if (own == null || !own.dimension().equals(unit.dimension()) || l.elements().isEmpty()) {
          return null;
        }
        List<Term> parts = new ArrayList<>();
        for (Expr part : l.elements()) {
          Term term = literal(part, own, unit, element, env);
          if (term == null || !parts.isEmpty() && !term.type().equals(parts.getFirst().type())) {
            return null;
          }
          parts.add(term);
        }
        List<Integer> shape = new ArrayList<>(List.of(parts.size()));
        shape.addAll(parts.getFirst().type().shape());
        return new Term.Stack(parts, element.withShape(shape), env.at(l.span()));
      }
      default -> {
        return null;
      }
    }
  }
}
