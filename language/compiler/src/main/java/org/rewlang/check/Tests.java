package org.rewlang.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.model.Claim;
import org.rewlang.model.InputVar;
import org.rewlang.model.Term;
import org.rewlang.model.TestCase;
import org.rewlang.source.Location;
import org.rewlang.source.Span;
import org.rewlang.syntax.Decl;

/** Tests: what they do, in order. */
final class Tests {

  private final Session session;
  private final Globals globals;
  private final Env env;
  private final Claims claims;
  private final GivenValues values;

  Tests(Session session, Globals globals, Env env) {
    this.session = session;
    this.globals = globals;
    this.env = env;
    this.claims = new Claims(session);
    this.values = new GivenValues(session, globals, env);
  }

  List<TestCase> tests() {
    return globals.tests.stream().map(this::test).toList();
  }

  private TestCase test(Decl.Test test) {
    List<TestCase.Action> actions = new ArrayList<>();
    boolean[] stepped = {false};
    Map<Inputs.Joined, Map<InputVar, Term>> ofRun = new LinkedHashMap<>();
    for (Decl.Action a : test.actions()) {
      TestCase.Action action = action(a, stepped, ofRun);
      if (action != null) {
        actions.add(action);
      }
      if (a instanceof Decl.Action.Enter e) {
        actions.addAll(expectations(e));
      }
    }
    return new TestCase(test.title().value(), actions, env.file.at(test.title().span()));
  }

  /**
   * @param ofRun the inputs of the run given so far, which every step has that gives no others
   */
  private TestCase.@Nullable Action action(
      Decl.Action a, boolean[] stepped, Map<Inputs.Joined, Map<InputVar, Term>> ofRun) {
    Location at = env.file.at(a.span());
    return switch (a) {
      case Decl.Action.Given g -> new TestCase.Action.Given(values.given(g.values(), ofRun), at);
      case Decl.Action.Stub s -> {
        session.unsupported("`stub`", s.name().span(), s.span(), env.file);
        yield null;
      }
      case Decl.Action.Enter e -> enter(e, stepped, ofRun, at);
      case Decl.Action.End e -> {
        stepped[0] = false;
        yield new TestCase.Action.End(at);
      }
      case Decl.Action.Expect e ->
          new TestCase.Action.Expect(
              session.agents.expecting(() -> claims.of(e.claims(), env)), at);
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

  private TestCase.@Nullable Action enter(
      Decl.Action.Enter e,
      boolean[] stepped,
      Map<Inputs.Joined, Map<InputVar, Term>> ofRun,
      Location at) {
    String scope = e.scope().text();
    if (!scope.equals("step") && !scope.equals("reset")) {
      session.unsupported("`" + scope + "` in a test", e.scope().span(), e.span(), env.file);
      return null;
    }
    boolean reset = scope.equals("reset");
    boolean kept = e.same() && stepped[0];
    List<TestCase.Agent> agents = agents(e, kept);
    Map<InputVar, Term> given = values.inputs(e, false, !reset && !kept, ofRun);
    stepped[0] = !reset;
    return reset
        ? new TestCase.Action.Reset(given, agents, at)
        : new TestCase.Action.Step(e.same(), given, agents, at);
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
      boolean partial = step.scope().text().equals("reset") || e.values().isEmpty() && !e.same();
      Map<InputVar, Term> given = values.inputs(e, true, !partial && !(same && before), Map.of());
      agents.add(new TestCase.Agent(same, given, env.file.at(e.span())));
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
            List<Claim> claims = session.agents.at(me, () -> this.claims.of(expect.claims(), env));
            all.add(new TestCase.Action.Expect(claims, env.file.at(expect.span())));
          } else {
            session.unsupported("an action inside `agent`", action.span(), action.span(), env.file);
          }
        }
      }
    }
    return all;
  }
}
