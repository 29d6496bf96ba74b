package org.rewlang.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Binder;
import org.rewlang.model.Claim;
import org.rewlang.model.InputVar;
import org.rewlang.model.Interval;
import org.rewlang.model.ParamVar;
import org.rewlang.model.PropertyCase;
import org.rewlang.model.Requirement;
import org.rewlang.model.Shape;
import org.rewlang.model.Structure;
import org.rewlang.model.Term;
import org.rewlang.model.TestCase;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.source.Span;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Name;

/** Tests, properties and requirements. */
final class Tests {

  private final Session session;
  private final Globals globals;
  private final Env env;

  Tests(Session session, Globals globals, Env env) {
    this.session = session;
    this.globals = globals;
    this.env = env;
  }

  List<TestCase> tests() {
    return globals.tests.stream().map(this::test).toList();
  }

  private TestCase test(Decl.Test test) {
    List<TestCase.Action> actions = new ArrayList<>();
    boolean[] stepped = {false};
    for (Decl.Action a : test.actions()) {
      TestCase.Action action = action(a, stepped);
      if (action != null) {
        actions.add(action);
      }
      if (a instanceof Decl.Action.Enter e) {
        actions.addAll(expectations(e));
      }
    }
    return new TestCase(test.title().value(), actions, env.file.at(test.title().span()));
  }

  private TestCase.@Nullable Action action(Decl.Action a, boolean[] stepped) {
    Location at = env.file.at(a.span());
    return switch (a) {
      case Decl.Action.Given g -> new TestCase.Action.Given(params(g.values()), at);
      case Decl.Action.Stub s -> {
        session.unsupported("`stub`", s.name().span(), s.span(), env.file);
        yield null;
      }
      case Decl.Action.Enter e -> enter(e, stepped, at);
      case Decl.Action.End e -> {
        stepped[0] = false;
        yield new TestCase.Action.End(at);
      }
      case Decl.Action.Expect e ->
          new TestCase.Action.Expect(session.agents.expecting(() -> claims(e.claims(), env)), at);
      case Decl.Action.ExpectError e -> {
        if (Code.find(e.code().text()).isEmpty()) {
          session.reporter.report(
              session
                  .diagnose(
                      Code.UNKNOWN_NAME,
                      "no diagnostic has the code `" + e.code().text() + "`",
                      e.code().span(),
                      env)
                  .label("codes look like `RW0420`")
                  .found(e.code().text()));
        }
        yield new TestCase.Action.ExpectError(e.code().text(), at);
      }
    };
  }

  private TestCase.@Nullable Action enter(Decl.Action.Enter e, boolean[] stepped, Location at) {
    String scope = e.scope().text();
    if (!scope.equals("step") && !scope.equals("reset")) {
      session.unsupported("`" + scope + "` in a test", e.scope().span(), e.span(), env.file);
      return null;
    }
    List<TestCase.Agent> agents = agents(e, e.same() && stepped[0]);
    Map<InputVar, Term> values = inputs(e.values(), stepInputs());
    if (scope.equals("reset")) {
      stepped[0] = false;
      return new TestCase.Action.Reset(values, agents, at);
    }
    if (!e.same() || !stepped[0]) {
      complete(e, e.values(), stepInputs(), globals.structured);
      absent(e, values);
    }
    stepped[0] = true;
    return new TestCase.Action.Step(e.same(), values, agents, at);
  }

  private List<Entity.Input> stepInputs() {
    return globals.inputs.stream().filter(i -> !isPerAgent(i)).toList();
  }

  private List<Entity.Input> agentInputs() {
    return globals.inputs.stream().filter(Tests::isPerAgent).toList();
  }

  private static boolean isPerAgent(Entity.Input input) {
    return input.variable() != null && input.variable().perAgent();
  }

  /** {@code agent { … }} in a step, one after the other. */
  private List<TestCase.Agent> agents(Decl.Action.Enter step, boolean before) {
    List<TestCase.Agent> agents = new ArrayList<>();
    Agents.Scope all = session.agents.all();
    for (Decl.Action inner : step.inner()) {
      if (!(inner instanceof Decl.Action.Enter e)
          || !e.scope().text().equals(Agents.SCOPE)
          || all == null) {
        Span at = inner instanceof Decl.Action.Enter e ? e.scope().span() : inner.span();
        session.unsupported(
            "an action inside `" + step.scope().text() + "`", at, inner.span(), env.file);
        continue;
      }
      if (agents.size() == all.count()) {
        session.reporter.report(
            session
                .diagnose(Code.INDEX_RANGE, "there are too many agents", e.scope().span(), env)
                .label("the program has at most " + all.count()));
        break;
      }
      boolean same = e.same() || step.same();
      Map<InputVar, Term> values = inputs(e.values(), agentInputs());
      boolean partial = step.scope().text().equals("reset") || e.values().isEmpty() && !e.same();
      if (!partial && !(same && before)) {
        complete(e, e.values(), agentInputs(), List.of());
      }
      agents.add(new TestCase.Agent(same, values, env.file.at(e.span())));
    }
    return agents;
  }

  /** What is expected of single agents, after the step that they stand in. */
  private List<TestCase.Action> expectations(Decl.Action.Enter step) {
    List<TestCase.Action> all = new ArrayList<>();
    int index = 0;
    for (Decl.Action inner : step.inner()) {
      if (inner instanceof Decl.Action.Enter e && e.scope().text().equals(Agents.SCOPE)) {
        Location at = env.file.at(e.span());
        Agents.Place me = Agents.Place.of(Terms.integer(index++, at));
        for (Decl.Action action : e.inner()) {
          if (action instanceof Decl.Action.Expect expect && session.agents.presence() != null) {
            List<Claim> claims = session.agents.at(me, () -> claims(expect.claims(), env));
            all.add(new TestCase.Action.Expect(claims, env.file.at(expect.span())));
          } else {
            session.unsupported("an action inside `agent`", action.span(), action.span(), env.file);
          }
        }
      }
    }
    return all;
  }

  private void complete(
      Decl.Action.Enter e,
      List<Decl.Option> values,
      List<Entity.Input> inputs,
      List<Entity.Structured> structured) {
    Set<String> given = new LinkedHashSet<>();
    values.forEach(v -> given.add(v.name().text()));
    List<String> missing =
        Stream.concat(
                inputs.stream().filter(i -> i.variable() != null).map(i -> i.field().name().text()),
                structured.stream()
                    .filter(s -> !(s.structure() instanceof Structure.Optional))
                    .map(s -> s.input().name()))
            .filter(n -> !given.contains(n))
            .toList();
    if (missing.isEmpty()) {
      return;
    }
    session.reporter.report(
        session
            .diagnose(
                Code.INCOMPLETE_STEP,
                "this " + e.scope().text() + " gives no `" + String.join("`, `", missing) + "`",
                e.scope().span(),
                env)
            .label(
                e.same()
                    ? "there is no step before whose values it could take"
                    : "every input needs a value")
            .expected(missing)
            .hint(
                e.same()
                    ? "give every input in the first step"
                    : "give them, or start with `same` to keep those of the step before"));
  }

  private Map<InputVar, Term> inputs(List<Decl.Option> options, List<Entity.Input> inputs) {
    Map<InputVar, Term> values = new LinkedHashMap<>();
    Map<String, Entity.Input> known = new LinkedHashMap<>();
    inputs.forEach(i -> known.put(i.field().name().text(), i));
    Set<String> seen = new LinkedHashSet<>();
    for (Decl.Option option : options) {
      String name = option.name().text();
      Entity.Input input = known.get(name);
      boolean twice = !seen.add(name);
      if (!twice && structured(option, values)) {
        continue;
      }
      if (input == null && builtin(option, values)) {
        continue;
      }
      if (input == null || twice) {
        if (!(env.file.values.get(name) instanceof Entity.Wrong)) {
          List<String> names = new ArrayList<>(known.keySet());
          globals.structured.forEach(s -> names.add(s.input().name()));
          option(option.name(), "input", names, twice);
        }
        session.expr(option.value(), env.asClaim());
        continue;
      }
      InputVar variable = input.variable();
      if (variable == null) {
        continue;
      }
      session.sites.useTyped(
          env.file.at(option.name().span()),
          Index.Kind.INPUT,
          name,
          session.types.show(variable.type()),
          input.field().doc(),
          input.at());
      Term value =
          session.given.value(
              option.value(), input.unit(), one(variable), env.asClaim(), "`" + name + "`");
      constant(value, option, name);
      values.put(variable, value);
    }
    return values;
  }

  /** The type of what one agent has, or of what the step has. */
  private static Type one(InputVar variable) {
    Type type = variable.type();
    return variable.perAgent() ? type.withShape(Shape.without(type.shape(), 0)) : type;
  }

  /** A value of an input that is more than one array. */
  private boolean structured(Decl.Option option, Map<InputVar, Term> values) {
    for (Entity.Structured input : globals.structured) {
      if (input.input().name().equals(option.name().text())) {
        session.sites.useTyped(
            env.file.at(option.name().span()),
            Index.Kind.INPUT,
            input.input().name(),
            input.input().type(),
            input.field().doc(),
            input.at());
        Map<InputVar, Term> given = new LinkedHashMap<>();
        session.givenForms.give(input, option.value(), env.asClaim(), given);
        given.values().forEach(v -> constant(v, option, input.input().name()));
        values.putAll(given);
        return true;
      }
    }
    return false;
  }

  /** Optional inputs that a step leaves out are absent. */
  private void absent(Decl.Action.Enter e, Map<InputVar, Term> values) {
    for (Entity.Structured input : globals.structured) {
      boolean given =
          e.values().stream().anyMatch(v -> v.name().text().equals(input.input().name()));
      if (!given && input.structure() instanceof Structure.Optional) {
        session.givenForms.absent(input, env.file.at(e.span()), values);
      }
    }
  }

  /**
   * {@code terminated}, {@code truncated} and {@code progress} may be given where they are read.
   */
  private boolean builtin(Decl.Option option, Map<InputVar, Term> values) {
    String name = option.name().text();
    if (!List.of("terminated", "truncated", "progress").contains(name)) {
      return false;
    }
    Term read = session.builtins.value(name, option.name().span(), env);
    if (read instanceof Term.Input i) {
      Term value =
          session.given.value(
              option.value(), Unit.PLAIN, i.type(), env.asClaim(), "`" + name + "`");
      constant(value, option, name);
      values.put(i.input(), value);
    }
    return true;
  }

  private void constant(Term value, Decl.Option option, String name) {
    boolean varies =
        !Terms.isError(value)
            && Walk.any(
                value,
                t ->
                    t instanceof Term.Input
                        || t instanceof Term.Param
                        || t instanceof Term.StepIndex
                        || Walk.isState(t));
    if (varies) {
      session.reporter.report(
          session
              .diagnose(Code.NOT_CONSTANT, "a test gives constants", option.value().span(), env)
              .label("`" + name + "` would depend on the step it is given for"));
    }
  }

  private void option(Name name, String kind, List<String> known, boolean twice) {
    Diagnostic.Builder d =
        session
            .diagnose(
                twice ? Code.DUPLICATE_NAME : Code.UNKNOWN_NAME,
                twice
                    ? "`" + name.text() + "` is given twice"
                    : "no " + kind + " is called `" + name.text() + "`",
                name.span(),
                env)
            .label(twice ? "given again" : "no " + kind + " has this name")
            .found(name.text())
            .expected(twice ? List.of() : known);
    if (!twice) {
      Suggestions.closest(name.text(), known)
          .ifPresent(
              s ->
                  d.hint("did you mean `" + s + "`?")
                      .fix(
                          org.rewlang.diagnostic.Fix.maybe(
                              "replace by `" + s + "`", env.file.source, name.span(), s)));
    }
    session.reporter.report(d);
  }

  private Map<ParamVar, Term> params(List<Decl.Option> options) {
    Map<ParamVar, Term> values = new LinkedHashMap<>();
    List<String> known =
        globals.params.stream()
            .map(Entity.Param::variable)
            .filter(Objects::nonNull)
            .map(ParamVar::name)
            .toList();
    Set<String> seen = new LinkedHashSet<>();
    for (Decl.Option option : options) {
      String name = option.name().text();
      Entity found = env.file.find(name);
      boolean twice = !seen.add(name);
      if (twice || !(found instanceof Entity.Param)) {
        if (!(found instanceof Entity.Wrong)) {
          option(option.name(), "parameter", known, twice);
        }
        continue;
      }
      Entity.Param param = (Entity.Param) found;
      ParamVar variable = param.variable();
      if (variable == null) {
        continue;
      }
      session.sites.useTyped(
          env.file.at(option.name().span()),
          Index.Kind.PARAM,
          name,
          session.types.show(variable.type()),
          param.decl().doc(),
          param.at());
      Term value =
          session.given.value(
              option.value(), param.unit(), variable.type(), env.asClaim(), "`" + name + "`");
      constant(value, option, name);
      values.put(variable, value);
    }
    return values;
  }

  private List<Claim> claims(List<Expr> claims, Env around) {
    List<Claim> all = new ArrayList<>();
    Env inner = around.asClaim();
    for (Expr e : claims) {
      Term condition = session.fit.condition(session.expr(e, inner), e, inner, "a claim");
      if (!Terms.isError(condition)) {
        all.add(new Claim(condition, parts(e, inner), env.file.at(e.span())));
      }
    }
    return all;
  }

  /** The sides of the comparisons that a claim is made of, but for what is written out. */
  private List<Term> parts(Expr e, Env inner) {
    List<Term> parts = new ArrayList<>();
    sides(e, parts, inner);
    return parts;
  }

  private void sides(Expr e, List<Term> parts, Env inner) {
    switch (e) {
      case Expr.Comparison c -> {
        side(c.first(), parts, inner);
        c.rest().forEach(link -> side(link.right(), parts, inner));
      }
      case Expr.Binary b -> {
        sides(b.left(), parts, inner);
        sides(b.right(), parts, inner);
      }
      case Expr.Unary u -> sides(u.operand(), parts, inner);
      case Expr.NameRef n -> side(n, parts, inner);
      case Expr.Field f -> side(f, parts, inner);
      default -> {}
    }
  }

  private void side(Expr e, List<Term> parts, Env inner) {
    if (e instanceof Expr.NumberLit || e instanceof Expr.Range || e instanceof Expr.BoolLit) {
      return;
    }
    // Stateless only: another copy of a state would be another state.
    Term[] term = {inner.error(e.span())};
    session.reporter.capture(() -> session.sites.mute(() -> term[0] = session.expr(e, inner)));
    boolean constant = session.constants.values(term[0]) != null;
    if (!Terms.isError(term[0]) && !constant && !hasOwnState(term[0])) {
      parts.add(term[0]);
    }
  }

  private static boolean hasOwnState(Term term) {
    return Walk.isState(term) || Walk.children(term).stream().anyMatch(Tests::hasOwnState);
  }

  List<PropertyCase> properties() {
    return globals.properties.stream().map(this::property).toList();
  }

  private PropertyCase property(Decl.Property p) {
    Env inner = env.inner();
    List<InputVar> variables = new ArrayList<>();
    for (Decl.Quantifier q : p.forAll()) {
      Term range =
          q.range() instanceof Expr.Range r
              ? session.quantities.range(r, env)
              : session.expr(q.range(), env);
      Type type = Terms.isError(range) ? Types.ERROR : Type.real(range.type().dimension());
      for (Name name : q.names()) {
        Location at = env.file.at(name.span());
        if (Types.isError(type)) {
          inner.bind(name.text(), new Entity.Wrong(at));
          continue;
        }
        InputVar variable =
            new InputVar(
                name.text(),
                name.text(),
                type,
                type.dimension().toString(),
                range(range),
                false,
                null,
                at);
        variables.add(variable);
        Term term = new Term.Input(variable, type, at);
        inner.bind(name.text(), new Entity.Bound(term, Index.Kind.VARIABLE, at));
        session.sites.declare(at, Index.Kind.VARIABLE, name.text(), null, term);
      }
    }
    return new PropertyCase(
        p.title().value(), variables, claims(p.claims(), inner), env.file.at(p.title().span()));
  }

  /** The ends of a range, in SI. */
  private Interval range(Term ends) {
    double[] values = session.constants.values(ends);
    return values == null || values.length != 2 || !(values[0] <= values[1])
        ? Interval.ALL
        : new Interval(values[0], values[1]);
  }

  List<Requirement> requirements() {
    List<Requirement> all = new ArrayList<>();
    for (Globals.Required r : globals.requires) {
      Env own = Env.of(r.file());
      Expr e = r.decl().condition();
      boolean each = r.file().scopes.isPerAgent(e) && session.agents.presence() != null;
      Binder agents = each ? session.agents.binder() : null;
      Location at = r.file().at(e.span());
      Agents.Place place =
          agents == null ? Agents.Place.NONE : Agents.Place.of(Terms.loop(agents, at));
      Term condition =
          session.agents.at(
              place, () -> session.fit.condition(session.expr(e, own), e, own, "`require`"));
      if (agents != null && !Terms.isError(condition)) {
        condition = Agents.everywhere(agents, condition, at);
      }
      if (!Terms.isError(condition)) {
        all.add(new Requirement(condition, r.file().at(r.decl().span())));
      }
    }
    return all;
  }
}
