package org.rewlang.check;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Numeral;
import org.rewlang.model.Base;
import org.rewlang.model.Interval;
import org.rewlang.model.ParamVar;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.UnitRef;

/** Parameters: numbers with defaults, which people and searches set from outside. */
final class Params {

  private final Session session;
  private final Globals globals;
  private final Declarations declarations;
  private final Env env;

  Params(Session session, Globals globals, Declarations declarations, Env env) {
    this.session = session;
    this.globals = globals;
    this.declarations = declarations;
    this.env = env;
  }

  void param(Decl.Param p, String prefix) {
    if (!declarations.isNew("value", p.name())) {
      return;
    }
    Location at = env.file.at(p.name().span());
    ParamVar[] made = {null};
    Unit[] unit = {Unit.PLAIN};
    made[0] = variable(p, at, prefix, unit);
    Entity.Param param = new Entity.Param(p, at, made[0], unit[0]);
    env.file.values.put(p.name().text(), param);
    globals.params.add(param);
    session.sites.declare(
        at,
        Index.Kind.PARAM,
        p.name().text(),
        p.doc(),
        made[0] == null
            ? null
            : Quantities.scale(new Term.Param(made[0], made[0].type(), at), unit[0].factor()));
  }

  private @Nullable ParamVar variable(Decl.Param p, Location at, String prefix, Unit[] unit) {
    Type declared = p.type() == null ? null : session.typeNames.of(p.type(), env);
    Term value = session.expressions.of(p.value(), env, declared);
    if (Terms.isError(value) || declared != null && Types.isError(declared)) {
      return null;
    }
    Type type = declared != null ? declared : inferred(value.type());
    value = session.fit.coerce(value, type, p.value(), env, "`" + p.name().text() + "`");
    if (Terms.isError(value)) {
      return null;
    }
    UnitRef ref = p.type() != null ? p.type().unit() : Quantities.writtenUnit(p.value());
    Unit written =
        ref == null ? Unit.si(type.dimension()) : UnitParser.parse(ref.text(), env::unit);
    if (written == null) {
      return null;
    }
    unit[0] = written;
    String shown = ref == null ? type.dimension().toString() : ref.text();
    List<Double> initial = session.given.constants(p.value(), written, type, value, env);
    if (initial == null) {
      session.reporter.report(
          session
              .diagnose(
                  Code.NOT_CONSTANT, "a parameter's default is a constant", p.value().span(), env)
              .label("known at run time only")
              .hint("make it a `let`"));
      return null;
    }
    Interval range = session.declaredRanges.of(p.range(), written, type, env);
    inRange(initial, range, p, p.value(), env, shown);
    Expr set = declarations.set(p);
    if (set != null) {
      Env outside = declarations.outside();
      String name = "`" + p.name().text() + "`";
      Term other = session.given.value(set, written, type, outside, name);
      double[] numbers = Terms.isError(other) ? null : session.constants.values(other);
      if (numbers == null) {
        if (!Terms.isError(other)) {
          session.reporter.report(
              session
                  .diagnose(Code.NOT_CONSTANT, name + " is set to a constant", set.span(), outside)
                  .label("known at run time only"));
        }
        return null;
      }
      initial = Arrays.stream(numbers).boxed().toList();
      inRange(initial, range, p, set, outside, shown);
    }
    return new ParamVar(prefix + p.name().text(), type, shown, range, initial, p.doc(), at);
  }

  private void inRange(
      List<Double> values, Interval range, Decl.Param p, Expr written, Env where, String unit) {
    for (double d : values) {
      if (!range.contains(d)) {
        session.reporter.report(
            session
                .diagnose(
                    Code.BAD_RANGE, "the default lies outside the range", written.span(), where)
                .label("this is " + Numeral.of(d) + (unit.isEmpty() ? "" : " " + unit))
                .found(Numeral.of(d))
                .related(env.file.source, Objects.requireNonNull(p.range()).span(), "the range"));
        return;
      }
    }
  }

  /**
   * Weights are tuned by fractions, also where their default is whole: an int says that it is one.
   */
  private static Type inferred(Type type) {
    return type.base() == Base.INT ? Type.REAL.withShape(type.shape()) : type;
  }
}
