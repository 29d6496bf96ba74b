package org.rewlang.check;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Numeral;
import org.rewlang.model.Base;
import org.rewlang.model.Form;
import org.rewlang.model.ParamVar;
import org.rewlang.model.Scope;
import org.rewlang.model.Structure;
import org.rewlang.model.Structured;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.UnitRef;

/** Parameters: values with defaults, which people and searches set from outside. */
final class Params {

  private static final String DEFAULT = "a parameter's default is a constant";

  /** A parameter as the program has it. */
  record Known(Structure structure, Structured<ParamVar> param) {
    /** Whether it is one array, as the host sees it. */
    boolean isArray() {
      return structure instanceof Structure.Tensor;
    }
  }

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
    Entity.Param param = new Entity.Param(p, at, known(p, at, prefix + p.name().text()));
    env.file.values.put(p.name().text(), param);
    globals.params.add(param);
    Value value = session.names.param(param, at);
    session.sites.declare(at, Index.Kind.PARAM, p.name().text(), p.doc(), value);
  }

  private @Nullable Known known(Decl.Param p, Location at, String name) {
    Structure structure = structure(p);
    if (structure == null) {
      return null;
    }
    UnitRef unit =
        p.type() != null
            ? p.type().unit()
            : structure instanceof Structure.Tensor ? Quantities.writtenUnit(p.value()) : null;
    Form<ParamVar> form =
        session.forms.form(
            name,
            name,
            structure,
            new Forms.Written(unit, p.range(), at, env),
            List.of(),
            (n, _, type, shown, range, where) ->
                new ParamVar(n, type, shown, range, List.of(), p.doc(), where));
    if (isTaken(form, p)) {
      return null;
    }
    Map<ParamVar, List<Double>> initial =
        structure instanceof Structure.Tensor t
            ? constant(form, t.type(), p)
            : given(form, structure, p.value(), env, DEFAULT, p.name().text());
    if (initial == null) {
      return null;
    }
    inRange(initial, p, p.value(), env);
    Expr set = declarations.set(p);
    if (set != null) {
      Env outside = declarations.outside();
      String word = "`" + p.name().text() + "`";
      initial =
          given(form, structure, set, outside, word + " is set to a constant", p.name().text());
      if (initial == null) {
        return null;
      }
      inRange(initial, p, set, outside);
    }
    Map<ParamVar, List<Double>> numbers = initial;
    Form<ParamVar> known =
        form.map(v -> session.forms.instead(v.with(Objects.requireNonNull(numbers.get(v))), v));
    return new Known(
        structure,
        new Structured<>(name, name, session.types.show(structure), known, Scope.RUN, p.doc(), at));
  }

  /** As it is declared, else that of the default; null if that is wrong. */
  private @Nullable Structure structure(Decl.Param p) {
    if (p.type() != null) {
      Structure declared = session.typeNames.structure(p.type(), env);
      return Value.isError(declared) ? null : declared;
    }
    // Only its type is asked for: it is elaborated again, as a value of that type.
    Value[] made = {Value.error(env.at(p.value().span()))};
    session.reporter.capture(
        () -> session.sites.mute(() -> made[0] = session.expressions.value(p.value(), env, null)));
    Value value = made[0];
    if (value.isError()) {
      session.expressions.value(p.value(), env, null);
      return null;
    }
    // Weights are tuned by fractions, also where their default is whole: an int says that it is
    // one.
    return value instanceof Value.Tensor t && t.term().type().base() == Base.INT
        ? new Structure.Tensor(Type.REAL.withShape(t.term().type().shape()))
        : value.structure();
  }

  /** A record's field may be called as a used file's parameter: {@code goal.weight}. */
  private boolean isTaken(Form<ParamVar> form, Decl.Param p) {
    for (ParamVar own : form.arrays()) {
      for (Entity.Param other : globals.params) {
        Known known = other.known();
        for (ParamVar array : known == null ? List.<ParamVar>of() : known.param().form().arrays()) {
          if (array.name().equals(own.name())) {
            session.reporter.report(
                session
                    .diagnose(
                        Code.DUPLICATE_NAME,
                        "two parameters are called `" + own.name() + "` from outside",
                        p.name().span(),
                        env)
                    .label("has one of them")
                    .related(array.at().source(), array.at().span(), "this is the other")
                    .hint("give the used file another name with `as`, or rename one of them"));
            return true;
          }
        }
      }
    }
    return false;
  }

  // Numbers.

  /** The default of an array, which may be written in any unit. */
  private @Nullable Map<ParamVar, List<Double>> constant(
      Form<ParamVar> form, Type type, Decl.Param p) {
    Term value = session.expressions.of(p.value(), env, p.type() == null ? null : type);
    value =
        Terms.isError(value)
            ? value
            : session.fit.coerce(value, type, p.value(), env, "`" + p.name().text() + "`");
    if (Terms.isError(value)) {
      return null;
    }
    ParamVar array = form.arrays().getFirst();
    List<Double> numbers =
        session.given.constants(p.value(), session.forms.unit(array), type, value, env);
    if (numbers == null) {
      notConstant(DEFAULT, p.value(), env);
      return null;
    }
    return Map.of(array, numbers);
  }

  /** What is given from outside, where bare numbers are in the declared units. */
  private @Nullable Map<ParamVar, List<Double>> given(
      Form<ParamVar> form,
      Structure structure,
      Expr written,
      Env where,
      String message,
      String name) {
    Map<ParamVar, Term> terms = new LinkedHashMap<>();
    session.givenForms.give(form, structure, 0, written, where, "`" + name + "`", terms);
    Map<ParamVar, List<Double>> numbers = new LinkedHashMap<>();
    for (Map.Entry<ParamVar, Term> entry : terms.entrySet()) {
      if (Terms.isError(entry.getValue())) {
        return null;
      }
      double[] values =
          session.constants.values(
              Terms.broadcast(entry.getValue(), entry.getKey().type().shape()));
      if (values == null) {
        notConstant(message, written, where);
        return null;
      }
      numbers.put(entry.getKey(), Arrays.stream(values).boxed().toList());
    }
    return numbers;
  }

  private void notConstant(String message, Expr written, Env where) {
    Diagnostic.Builder d =
        session
            .diagnose(Code.NOT_CONSTANT, message, written.span(), where)
            .label("known at run time only");
    session.reporter.report(message.equals(DEFAULT) ? d.hint("make it a `let`") : d);
  }

  /** Tells of the first number that lies outside the range that it is declared in. */
  private void inRange(Map<ParamVar, List<Double>> values, Decl.Param p, Expr written, Env where) {
    for (Map.Entry<ParamVar, List<Double>> entry : values.entrySet()) {
      ParamVar array = entry.getKey();
      for (double d : entry.getValue()) {
        if (!array.range().contains(d)) {
          String unit = array.unit().isEmpty() ? "" : " " + array.unit();
          Location range = p.range() == null ? array.at() : env.file.at(p.range().span());
          session.reporter.report(
              session
                  .diagnose(
                      Code.BAD_RANGE, "the default lies outside the range", written.span(), where)
                  .label("this is " + Numeral.of(d) + unit)
                  .found(Numeral.of(d))
                  .related(range.source(), range.span(), "the range"));
          return;
        }
      }
    }
  }
}
