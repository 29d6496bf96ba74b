package org.rewlang.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Fix;
import org.rewlang.model.InputVar;
import org.rewlang.model.ParamVar;
import org.rewlang.model.Scope;
import org.rewlang.model.Structure;
import org.rewlang.model.Term;
import org.rewlang.source.Location;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Name;

/** What tests give: inputs of a step, parameters. */
final class GivenValues {

  private final Session session;
  private final Globals globals;
  private final Env env;

  GivenValues(Session session, Globals globals, Env env) {
    this.session = session;
    this.globals = globals;
    this.env = env;
  }

  /**
   * What a step, or an agent in it, is given.
   *
   * @param ofAgents whether it is what an agent has
   * @param all whether everything must be given: what is optional and isn't is absent
   * @param ofRun what it has where it gives nothing else; and later steps have what it gives
   */
  Map<InputVar, Term> inputs(
      Decl.Action.Enter e,
      boolean ofAgents,
      boolean all,
      Map<Inputs.Joined, Map<InputVar, Term>> ofRun) {
    Map<InputVar, Term> values = new LinkedHashMap<>();
    Map<String, Inputs.Joined> known = known(ofAgents);
    Set<String> seen = new LinkedHashSet<>();
    Set<Inputs.Joined> given = new LinkedHashSet<>();
    for (Decl.Option option : e.values()) {
      String name = option.name().text();
      Inputs.Joined input = known.get(name);
      boolean twice = !seen.add(name) || input != null && !given.add(input);
      if (input == null && !twice && builtin(option, values)) {
        continue;
      }
      if (input == null || twice) {
        if (!isWrong(name)) {
          option(option.name(), "input", List.copyOf(known.keySet()), twice);
        }
        session.expr(option.value(), env.asClaim());
        continue;
      }
      Map<InputVar, Term> own = input(input, option);
      values.putAll(own);
      if (ofRun.containsKey(input)) {
        ofRun.put(input, own);
      }
    }
    ofRun.forEach(
        (input, own) -> {
          if (given.add(input)) {
            values.putAll(own);
          }
        });
    if (all) {
      complete(e, known, given, values);
    }
    return values;
  }

  private Map<InputVar, Term> input(Inputs.Joined input, Decl.Option option) {
    String name = option.name().text();
    session.sites.useTyped(
        env.file.at(option.name().span()),
        Index.Kind.INPUT,
        name,
        session.types.show(input.structure()),
        input.input().doc(),
        input.input().at());
    Map<InputVar, Term> own = new LinkedHashMap<>();
    session.givenForms.give(
        input.input().form(),
        input.structure(),
        input.axes(),
        option.value(),
        env.asClaim(),
        "`" + name + "`",
        own);
    own.values().forEach(v -> constant(v, option, name));
    return own;
  }

  private boolean isWrong(String name) {
    Entity entity = env.file.values.get(name);
    return entity instanceof Entity.Wrong || entity instanceof Entity.Input i && i.joined() == null;
  }

  /** Inputs by the names that they may be given under. */
  private Map<String, Inputs.Joined> known(boolean ofAgents) {
    Map<String, Inputs.Joined> known = new LinkedHashMap<>();
    for (Inputs.Joined input : globals.inputs) {
      if (input.input().perAgent() == ofAgents) {
        known.put(input.input().name(), input);
      }
    }
    env.file.values.forEach(
        (name, entity) -> {
          if (entity instanceof Entity.Input i
              && i.joined() != null
              && i.joined().input().perAgent() == ofAgents) {
            known.put(name, i.joined());
          }
        });
    return known;
  }

  private void complete(
      Decl.Action.Enter e,
      Map<String, Inputs.Joined> known,
      Set<Inputs.Joined> given,
      Map<InputVar, Term> values) {
    List<String> missing = new ArrayList<>();
    for (Inputs.Joined input : new LinkedHashSet<>(known.values())) {
      if (given.contains(input)) {
        continue;
      }
      if (input.structure() instanceof Structure.Optional) {
        Location at = env.file.at(e.span());
        session.givenForms.absent(input.input().form(), input.axes(), at, values);
      } else {
        missing.add(input.input().name());
      }
    }
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
                      .fix(Fix.maybe("replace by `" + s + "`", env.file.source, name.span(), s)));
    }
    session.reporter.report(d);
  }

  private void ofSteps(Name name) {
    session.reporter.report(
        session
            .diagnose(
                Code.UNKNOWN_NAME,
                "`given` sets parameters and inputs of the run, and `"
                    + name.text()
                    + "` is an input of each step",
                name.span(),
                env)
            .label("changes from step to step")
            .found(name.text())
            .hint("write it where it is given: `step { " + name.text() + " = … }`"));
  }

  /**
   * The parameters that {@code given} sets.
   *
   * @param ofRun takes the inputs of the run
   */
  Map<ParamVar, Term> given(
      List<Decl.Option> options, Map<Inputs.Joined, Map<InputVar, Term>> ofRun) {
    Map<ParamVar, Term> values = new LinkedHashMap<>();
    List<String> known =
        globals.params.stream()
            .map(Entity.Param::known)
            .filter(Objects::nonNull)
            .map(k -> k.param().name())
            .toList();
    Set<String> seen = new LinkedHashSet<>();
    for (Decl.Option option : options) {
      String name = option.name().text();
      Entity found = env.file.find(name);
      boolean twice = !seen.add(name);
      if (!twice && found instanceof Entity.Input i && i.joined() != null) {
        if (i.joined().input().scope() == Scope.RUN) {
          ofRun.put(i.joined(), input(i.joined(), option));
        } else {
          ofSteps(option.name());
        }
        continue;
      }
      if (twice || !(found instanceof Entity.Param)) {
        if (!(found instanceof Entity.Wrong)) {
          option(option.name(), "parameter", known, twice);
        }
        continue;
      }
      Entity.Param param = (Entity.Param) found;
      Params.Known set = param.known();
      if (set == null) {
        continue;
      }
      session.sites.useTyped(
          env.file.at(option.name().span()),
          Index.Kind.PARAM,
          name,
          session.types.show(set.structure()),
          param.decl().doc(),
          param.at());
      Map<ParamVar, Term> own = new LinkedHashMap<>();
      session.givenForms.give(
          set.param().form(),
          set.structure(),
          0,
          option.value(),
          env.asClaim(),
          "`" + name + "`",
          own);
      own.values().forEach(v -> constant(v, option, name));
      values.putAll(own);
    }
    return values;
  }
}
