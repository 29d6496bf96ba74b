package org.rewlang.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.Formula;
import org.rewlang.automata.Limits;
import org.rewlang.automata.Verdict;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.source.Span;
import org.rewlang.syntax.Expr;

/** Calls that read formulas. */
final class Formulas {

  static final Map<String, String> DOCS = new LinkedHashMap<>();

  static {
    DOCS.put("satisfied", "Whether a formula holds, whatever is still to come in the episode.");
    DOCS.put("violated", "Whether a formula doesn't hold, whatever is still to come.");
    DOCS.put(
        "progress",
        "How near the episode is to satisfying a formula: 1 where it does if it ends here, 0 where"
            + " it never will.");
    DOCS.put(
        "robustness",
        "How far the episode so far, read as a whole, is from changing a formula's truth.");
    DOCS.put(
        "smooth_robustness",
        "The robustness with softmin and softmax: `smooth_robustness(f, beta = 10)`.");
  }

  private final Session session;

  Formulas(Session session) {
    this.session = session;
  }

  boolean has(String name) {
    return DOCS.containsKey(name);
  }

  Term call(String name, Expr.Call call, Env env) {
    return switch (name) {
      case "satisfied" -> verdict(name, Verdict.SATISFIED, call, env);
      case "violated" -> verdict(name, Verdict.VIOLATED, call, env);
      case "progress" -> progress(call, env);
      default -> robustness(name, call, env);
    };
  }

  // Verdicts.

  private Term verdict(String name, Verdict verdict, Expr.Call call, Env env) {
    List<@Nullable Expr> matched =
        session.calls.match(name, List.of("f", "infinite"), 1, call, env);
    if (matched == null || matched.getFirst() == null) {
      return session.calls.arguments(call, env);
    }
    Expr expr = matched.getFirst();
    Location at = env.at(call.span());
    Boolean infinite = infinite(matched.getLast(), env);
    Watching watching =
        infinite == null ? null : watch(name, expr, session.value(expr, env), infinite, env);
    if (watching == null) {
      return Terms.error(at);
    }
    if (Boolean.TRUE.equals(infinite) && !watching.canBe(verdict)) {
      session.reporter.report(undecided(name, call, env));
    }
    return watching.isFinal(verdict, () -> terminated(call.span(), env), at);
  }

  private Diagnostic.Builder undecided(String name, Expr.Call call, Env env) {
    return session
        .diagnose(
            Code.UNDECIDED_FORMULA,
            "`" + name + "` is never true of this formula",
            call.span(),
            env)
        .label("however an endless word begins, it can go on otherwise")
        .hint("say how soon, as in `eventually[0, 20](…)`, or read episodes, which end");
  }

  private Term progress(Expr.Call call, Env env) {
    List<@Nullable Expr> matched = session.calls.match("progress", List.of("f"), 1, call, env);
    if (matched == null || matched.getFirst() == null) {
      return session.calls.arguments(call, env);
    }
    Expr expr = matched.getFirst();
    Watching watching = watch("progress", expr, session.value(expr, env), false, env);
    return watching == null ? Terms.error(env.at(call.span())) : watching.progress();
  }

  /** Whether words are infinite; null, with the reason told, if that isn't known. */
  private @Nullable Boolean infinite(@Nullable Expr given, Env env) {
    if (given == null) {
      return false;
    }
    Term value = session.fit.condition(session.expr(given, env), given, env, "`infinite`");
    if (Terms.isError(value)) {
      return null;
    }
    if (!(value instanceof Term.Const c)) {
      session.reporter.report(
          session
              .diagnose(
                  Code.NOT_CONSTANT, "`infinite` is known before the first step", given.span(), env)
              .label("known at run time only"));
      return null;
    }
    return c.value() != 0;
  }

  Term terminated(Span at, Env env) {
    return session.names.value(new Expr.NameRef("terminated", at), env, Type.BOOL);
  }

  /** The formula, watched; null, with the reason told, where it can't be. */
  @Nullable Watching watch(String asker, Expr expr, Value of, boolean infinite, Env env) {
    Value value = session.temporal.bool(of, expr, "`" + asker + "`", false, env);
    if (value.isError()) {
      return null;
    }
    Location at = env.at(expr.span());
    if (!(value instanceof Value.Logic logic)) {
      session.reporter.report(
          session
              .diagnose(
                  Code.WRONG_KIND,
                  "`" + asker + "` asks about the whole episode, and this is a bool of the step",
                  expr.span(),
                  env)
              .label("true or false in each step")
              .hint("take it as it is, or say when it is to hold, as in `always(…)`"));
      return null;
    }
    if (expr instanceof Expr.NameRef n
        && session.names.entity(n.name(), env) instanceof Entity.Formula named) {
      if (!infinite) {
        named.formula().judged |= asker.equals("satisfied") || asker.equals("violated");
        return named.formula().watch(at);
      }
      named.formula().endless = true;
    }
    return watch(logic.formula(), "this formula", infinite, at);
  }

  private @Nullable Watching watch(Formula formula, String what, boolean infinite, Location at) {
    Limits.Outcome<Watching> made =
        session.automata.spend(limits -> Watching.of(formula, infinite, limits, session, at));
    if (made instanceof Limits.Refused<Watching> refused) {
      tooLarge(what, refused, at);
    }
    return made.orNull();
  }

  void tooLarge(String what, Limits.Refused<?> refused, Location at) {
    String hint = "ask for its parts, as in `satisfied(f) and satisfied(g)`, or shorten windows";
    tooLarge(what, refused, hint, at);
  }

  void tooLarge(String what, Limits.Refused<?> refused, String hint, Location at) {
    session.reporter.report(
        Diagnostic.of(
                Code.AUTOMATON_LIMIT,
                "the automaton of " + what + " is too large",
                at.source(),
                at.span())
            .label(
                refused.limit() == Limits.Limit.TIME
                    ? "all together would take more than " + refused.bounds()
                    : "needs more than " + refused.bounds())
            .hint(hint));
  }

  // Robustness.

  private Term robustness(String name, Expr.Call call, Env env) {
    boolean smooth = name.startsWith("smooth");
    List<String> parameters = smooth ? List.of("f", "beta") : List.of("f");
    List<@Nullable Expr> matched =
        session.calls.match(name, parameters, parameters.size(), call, env);
    if (matched == null || matched.getFirst() == null) {
      return session.calls.arguments(call, env);
    }
    Expr expr = matched.getFirst();
    Location at = env.at(call.span());
    Value f = session.temporal.bool(session.value(expr, env), expr, "`" + name + "`", false, env);
    Expr sharpness = smooth ? matched.getLast() : null;
    Term beta = sharpness == null ? null : session.expr(sharpness, env);
    if (f.isError() || beta != null && Terms.isError(beta)) {
      return Terms.error(at);
    }
    return new Robustness(session, expr, env, at).of(session.temporal.formula(f), sharpness, beta);
  }
}
