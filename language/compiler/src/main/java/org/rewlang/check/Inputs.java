package org.rewlang.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Numeral;
import org.rewlang.model.Base;
import org.rewlang.model.InputForm;
import org.rewlang.model.InputVar;
import org.rewlang.model.Interval;
import org.rewlang.model.ParamVar;
import org.rewlang.model.Shape;
import org.rewlang.model.Structure;
import org.rewlang.model.StructuredInput;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.UnitRef;

/** What comes from outside: inputs, parameters, the length of a step. */
final class Inputs {

  /** Scopes whose inputs are given anew in each step or stay as they are for a whole run. */
  private static final Set<String> SCOPES = Set.of("step", "run", "episode");

  private static final Map<String, Type> BUILTINS =
      Map.of(
          "terminated", Type.BOOL,
          "truncated", Type.BOOL,
          "progress", Type.REAL);

  private final Session session;
  private final Globals globals;
  private final Declarations declarations;
  private final Env env;
  private final InputForms forms;

  Inputs(Session session, Globals globals, Declarations declarations, Env env) {
    this.session = session;
    this.globals = globals;
    this.declarations = declarations;
    this.env = env;
    this.forms = new InputForms(session, this);
  }

  void inputs(Decl.Inputs d) {
    boolean agents = Scopes.isAgent(d.per());
    Integer count =
        agents ? session.agents.bound(d, java.util.Objects.requireNonNull(d.per()), env) : null;
    boolean known =
        agents
            ? count != null
            : d.per() == null || SCOPES.contains(d.per().text()) && d.bound() == null;
    if (!known && !agents && d.per() != null) {
      session.unsupported(
          "`inputs per " + d.per().text() + "`", d.per().span(), d.per().span(), env.file);
    }
    for (Decl.Field field : d.fields()) {
      if (!declarations.isNew("value", field.name())) {
        continue;
      }
      if (!known) {
        declarations.wrong(field.name());
      } else {
        input(field, count);
      }
    }
  }

  /**
   * @param agents how many agents have it at most; null for one of the step
   */
  private void input(Decl.Field field, @Nullable Integer agents) {
    Location at = env.file.at(field.name().span());
    Structure structure = session.typeNames.structure(field.type(), env);
    if (!(structure instanceof Structure.Tensor tensor)) {
      if (agents != null) {
        session.unsupported(
            "such an input of each agent", field.type().span(), field.span(), env.file);
        declarations.wrong(field.name());
        return;
      }
      structured(field, structure, at);
      return;
    }
    Type type = tensor.type();
    Unit unit = unit(field.type().unit());
    String written = field.type().unit() == null ? "" : field.type().unit().text();
    if (field.type().base().text().equals("text")) {
      session.mentions.add(env.file, field.span());
    }
    Map<String, Decl.View> views = new LinkedHashMap<>();
    for (Decl.View view : field.views()) {
      if (declarations.isNew("view of " + field.name().text(), view.name())) {
        views.put(view.name().text(), view);
      }
    }
    InputVar made = null;
    if (!Types.isError(type) && unit != null && builtinFits(field, type)) {
      Interval range = range(field.range(), unit, type);
      String host = field.from() == null ? field.name().text() : field.from().value();
      String name = field.name().text();
      made =
          agents == null
              ? new InputVar(name, host, type, written, range, false, field.doc(), at)
              : ofAgents(name, host, type, agents, written, range, field, at);
    }
    InputVar variable = joined(made);
    Entity.Input input =
        new Entity.Input(field, at, variable, unit == null ? Unit.PLAIN : unit, views);
    env.file.values.put(field.name().text(), input);
    if (globals.inputs.stream().noneMatch(i -> sameHost(i, variable))) {
      globals.inputs.add(input);
    }
    Term term = variable == null ? null : own(input, variable, at);
    session.sites.declare(at, Index.Kind.INPUT, field.name().text(), field.doc(), term);
    if (term != null) {
      for (Decl.View view : views.values()) {
        Location place = env.file.at(view.name().span());
        Term part = session.indexing.view(term, view.part(), env, place);
        session.sites.declare(place, Index.Kind.VIEW, view.name().text(), field.doc(), part);
      }
    }
  }

  /** Its value, as an agent of its own would have it. */
  private Term own(Entity.Input input, InputVar variable, Location at) {
    return variable.perAgent()
        ? session.agents.at(
            Agents.Place.of(Terms.loop(session.agents.binder(), at)),
            () -> session.names.input(input, at))
        : session.names.input(input, at);
  }

  private static InputVar ofAgents(
      String name,
      String host,
      Type type,
      int agents,
      String unit,
      Interval range,
      Decl.Field field,
      Location at) {
    Type all = type.withShape(Shape.concat(List.of(agents), type.shape()));
    return new InputVar(name, host, all, unit, range, true, false, field.doc(), at);
  }

  private void structured(Decl.Field field, Structure structure, Location at) {
    String name = field.name().text();
    if (!field.views().isEmpty() || BUILTINS.containsKey(name)) {
      session.reporter.report(
          session
              .diagnose(
                  Code.TYPE_MISMATCH,
                  BUILTINS.containsKey(name)
                      ? "`" + name + "` has the type `" + BUILTINS.get(name) + "` in every program"
                      : "views are parts of an array of numbers",
                  field.type().span(),
                  env)
              .label("this is `" + session.types.show(structure) + "`"));
      declarations.wrong(field.name());
      return;
    }
    String host = field.from() == null ? name : field.from().value();
    InputForm form = forms.form(field, host, structure, at, env);
    String type = session.types.show(structure);
    StructuredInput declared = new StructuredInput(name, host, type, form, field.doc(), at);
    Value value = forms.value(form, structure, field.type(), at, env);
    Entity.Structured input =
        new Entity.Structured(field, declared, env.file, structure, value, at);
    env.file.values.put(name, input);
    globals.structured.add(input);
    session.sites.declare(at, Index.Kind.INPUT, name, field.doc(), value);
  }

  private static boolean sameHost(Entity.Input input, @Nullable InputVar variable) {
    InputVar other = input.variable();
    return other != null && variable != null && other.host().equals(variable.host());
  }

  /** An input that two files declare alike is one. */
  private @Nullable InputVar joined(@Nullable InputVar variable) {
    if (variable == null) {
      return null;
    }
    for (Entity.Input other : globals.inputs) {
      InputVar v = other.variable();
      if (v != null && v.host().equals(variable.host())) {
        if (v.type().equals(variable.type())
            && v.perAgent() == variable.perAgent()
            && v.unit().equals(variable.unit())) {
          return v;
        }
        session.reporter.report(
            session
                .diagnose(
                    Code.DUPLICATE_NAME,
                    "two inputs are called `" + variable.host() + "` by the host",
                    variable.at().span(),
                    env)
                .label("this is `" + session.types.show(variable.type()) + "`")
                .related(
                    v.at().source(),
                    v.at().span(),
                    "this is `" + session.types.show(v.type()) + "`")
                .hint("give one another name for the host with `from \"…\"`"));
        return null;
      }
    }
    return variable;
  }

  private boolean builtinFits(Decl.Field field, Type type) {
    Type builtin = BUILTINS.get(field.name().text());
    if (builtin == null || builtin.equals(type)) {
      return true;
    }
    session.reporter.report(
        session
            .diagnose(
                Code.TYPE_MISMATCH,
                "`" + field.name().text() + "` has the type `" + builtin + "` in every program",
                field.type().span(),
                env)
            .label("this is `" + session.types.show(type) + "`")
            .found(session.types.show(type))
            .expected(List.of(builtin.toString())));
    return false;
  }

  private @Nullable Unit unit(@Nullable UnitRef ref) {
    return ref == null ? Unit.PLAIN : UnitParser.parse(ref.text(), env::unit);
  }

  /** A declared range in the declared unit. */
  Interval range(@Nullable Expr range, Unit unit, Type type) {
    return range(range, unit, type, env);
  }

  Interval range(@Nullable Expr range, Unit unit, Type type, Env env) {
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
    Unit written = ref == null ? Unit.si(type.dimension()) : unit(ref);
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
    Interval range = range(p.range(), written, type);
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
      initial = java.util.Arrays.stream(numbers).boxed().toList();
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
                .related(
                    env.file.source,
                    java.util.Objects.requireNonNull(p.range()).span(),
                    "the range"));
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

  void step(Decl.StepLasts s) {
    if (env.file.stepSeconds != null) {
      session.reporter.report(
          session
              .diagnose(
                  Code.DUPLICATE_NAME, "the length of a step is declared twice", s.span(), env)
              .label("declared again")
              .hint("leave one of them out"));
      return;
    }
    Term value = session.expr(s.duration(), env);
    Term seconds =
        session.fit.coerce(
            value, Type.real(Types.SECOND), s.duration(), env, "the length of a step");
    Double constant = Terms.isError(seconds) ? null : session.constants.scalar(seconds);
    if (constant == null || constant <= 0) {
      env.file.stepLengthWrong = true;
      if (!Terms.isError(seconds)) {
        session.reporter.report(
            session
                .diagnose(
                    Code.NOT_CONSTANT,
                    "a step lasts a constant time above 0",
                    s.duration().span(),
                    env)
                .label(constant == null ? "known at run time only" : "this is " + constant + " s"));
      }
      return;
    }
    env.file.stepSeconds = constant;
    env.file.stepAt = env.file.at(s.span());
  }
}
