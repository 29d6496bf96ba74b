package org.rewlang.check;

import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.model.Interval;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.syntax.Expr;

/** {@code in LOW..HIGH}: what numbers from outside may be. */
final class DeclaredRanges {

  private final Session session;

  DeclaredRanges(Session session) {
    this.session = session;
  }

  /** The range in the declared unit; all numbers where none is written, or it is wrong. */
  Interval of(@Nullable Expr range, Unit unit, Type type, Env env) {
    if (range == null) {
      return Interval.ALL;
    }
    if (!type.isNumber()) {
      session.reporter.report(
          session
              .diagnose(Code.BAD_RANGE, "only numbers have a range", range.span(), env)
              .label("this is for `" + session.types.show(type) + "`"));
      return Interval.ALL;
    }
    if (!(range instanceof Expr.Range r)) {
      Double point = bound(range, unit, env);
      return point == null ? Interval.ALL : Interval.of(point);
    }
    Double low =
        r.from() == null ? Double.valueOf(Double.NEGATIVE_INFINITY) : bound(r.from(), unit, env);
    Double high =
        r.to() == null ? Double.valueOf(Double.POSITIVE_INFINITY) : bound(r.to(), unit, env);
    if (low == null || high == null) {
      return Interval.ALL;
    }
    if (low > high) {
      session.reporter.report(
          session
              .diagnose(
                  Code.BAD_RANGE,
                  "a range goes from the smaller to the larger end",
                  range.span(),
                  env)
              .label("nothing lies in it")
              .hint("swap the ends"));
      return Interval.ALL;
    }
    return new Interval(low, high);
  }

  private @Nullable Double bound(Expr e, Unit unit, Env env) {
    Double exact = session.quantities.literalIn(e, unit, env);
    if (exact != null) {
      return exact;
    }
    Term value = session.expr(e, env);
    if (!Terms.isError(value) && value.type().equals(Type.INT)) {
      value = Terms.retype(value, Type.real(unit.dimension()));
    } else if (!Terms.isError(value)) {
      boolean plain = value.type().dimension().isNone() && !unit.dimension().isNone();
      value =
          plain
              ? value
              : session.fit.coerce(
                  value, Type.real(unit.dimension()), e, env, "a bound of this range");
      value =
          Terms.isError(value)
              ? value
              : plain ? value : Quantities.scale(value, unit.factor().inverse());
    }
    if (Terms.isError(value)) {
      return null;
    }
    Double constant = session.constants.scalar(value);
    if (constant == null) {
      session.reporter.report(
          session
              .diagnose(Code.NOT_CONSTANT, "a declared range has constant ends", e.span(), env)
              .label("known at run time only"));
    }
    return constant;
  }
}
