package org.rewlang.check;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.Formula.Window;
import org.rewlang.diagnostic.Code;
import org.rewlang.model.Base;
import org.rewlang.model.Term;
import org.rewlang.source.Span;
import org.rewlang.syntax.Expr;

/** {@code x over past}, {@code x over last 1.5 s}: steps that an aggregation ranges over. */
final class Windows {

  private final Session session;

  Windows(Session session) {
    this.session = session;
  }

  @Nullable Series series(Expr.Over o, String aggregation, Env env) {
    List<String> scope = o.scope().names().stream().map(n -> n.text()).toList();
    boolean last = scope.equals(List.of("last"));
    if (!last && !scope.equals(List.of("past"))) {
      session.unsupported(
          "`over " + scope.stream().collect(Collectors.joining(" and ")) + "`",
          o.scope().span(),
          o.span(),
          env);
      return null;
    }
    Term value = session.expr(o.value(), env);
    Term since = condition(o.since(), "`since`", env);
    Term where = condition(o.where(), "`where`", env);
    Expr count = o.scope().count();
    Integer steps = count == null ? null : steps(count, LAST, env);
    boolean wrong =
        Terms.isError(value)
            || since != null && Terms.isError(since)
            || where != null && Terms.isError(where);
    if (wrong || last && steps == null) {
      return null;
    }
    if (steps == null) {
      return new Series.Past(value, since, where);
    }
    return new Series.Last(
        new org.rewlang.model.Window(value, steps),
        since == null ? null : Running.age(since, steps, env.at(o.span())),
        where == null ? null : new org.rewlang.model.Window(where, steps));
  }

  private @Nullable Term condition(@Nullable Expr e, String place, Env env) {
    return e == null ? null : session.fit.condition(session.expr(e, env), e, env, place);
  }

  /** The window in brackets behind a temporal call's name; null where it is wrong. */
  @Nullable Window window(Expr.Call call, Env env) {
    return window(call.window(), call.callee().span(), env);
  }

  /** The window in brackets behind a temporal operator; null where it is wrong. */
  @Nullable Window window(Expr.Binary b, Env env) {
    return window(b.window(), b.opSpan(), env);
  }

  private @Nullable Window window(List<Expr> window, Span operator, Env env) {
    if (window.isEmpty()) {
      return Window.ALL;
    }
    if (window.size() != 2) {
      wrong("a window has two ends, as in `[0, 5]`", "this has " + window.size(), operator, env);
      return null;
    }
    Integer from = steps(window.getFirst(), WINDOW, env);
    Integer to = steps(window.getLast(), WINDOW, env);
    if (from == null || to == null) {
      return null;
    }
    if (from > to && !session.functions.isChecking()) {
      Span both = window.getFirst().span().to(window.getLast().span());
      wrong("a window ends before it begins", from + " steps to " + to, both, env);
      return null;
    }
    return new Window(from, Math.max(from, to));
  }

  /** Says that an operator takes no window. */
  Term none(String operator, Expr.Binary b, Env env) {
    wrong(operator + " has no window", "a window has no meaning here", b.opSpan(), env);
    return env.error(b.span());
  }

  /** How many steps away: {@code next[3](p)}; one, where nothing is said. */
  @Nullable Window distance(Expr.Call call, Env env) {
    if (call.window().size() > 1) {
      Span operator = call.callee().span();
      wrong("a distance is one number", "here are " + call.window().size(), operator, env);
      return null;
    }
    Integer steps = call.window().isEmpty() ? 1 : steps(call.window().getFirst(), WINDOW, env);
    return steps == null ? null : new Window(steps, steps);
  }

  private void wrong(String message, String label, Span span, Env env) {
    session.reporter.report(session.diagnose(Code.INDEX_RANGE, message, span, env).label(label));
  }

  /**
   * What a number of steps is for.
   *
   * @param name as messages call it
   */
  private record Use(String name, String range, int least, int most) {}

  private static final Use LAST = new Use("`last`", "a window has 1 to 100000 steps", 1, 100_000);

  private static final Use WINDOW =
      new Use("a window", "a window reaches 0 to 1000000 steps", 0, 1_000_000);

  private static final Use AFTER =
      new Use("`after`", "`after` takes 1 to 1000000 steps", 1, 1_000_000);

  /** How long an edge waits. */
  @Nullable Integer after(Expr count, Env env) {
    return steps(count, AFTER, env);
  }

  /** A number of steps, or a duration that is a whole number of them. */
  private @Nullable Integer steps(Expr count, Use use, Env env) {
    Term value = session.expr(count, env);
    if (Terms.isError(value)) {
      return null;
    }
    if (value.type().base() == Base.REAL && value.type().dimension().equals(Types.SECOND)) {
      return duration(value, count, use, env);
    }
    Double n = value.type().base() == Base.INT ? session.constants.scalar(value) : null;
    if (n == null) {
      if (session.constants.isOpaque(value) && value.type().base() == Base.INT) {
        return 2;
      }
      session.reporter.report(
          session
              .diagnose(
                  Code.NOT_CONSTANT,
                  use.name + " needs a whole number of steps or a duration",
                  count.span(),
                  env)
              .label(
                  "this is "
                      + (value.type().base() == Base.INT
                          ? "known at run time only"
                          : "`" + session.types.show(value.type()) + "`")));
      return null;
    }
    return within(n, use, count.span(), env);
  }

  private @Nullable Integer duration(Term value, Expr count, Use use, Env env) {
    if (session.constants.isOpaque(value)) {
      return 2;
    }
    Double seconds = session.constants.scalar(value);
    if (seconds == null) {
      session.reporter.report(
          session
              .diagnose(
                  Code.NOT_CONSTANT,
                  use.name + " needs a duration known before the first step",
                  count.span(),
                  env)
              .label("known at run time only"));
      return null;
    }
    Double dt = session.program.stepSeconds;
    if (dt == null) {
      if (!session.program.stepLengthWrong && !session.functions.isChecking()) {
        session.reporter.report(
            session
                .diagnose(
                    Code.NO_STEP_LENGTH,
                    "a duration needs to know how long a step lasts",
                    count.span(),
                    env)
                .label("how many steps is this")
                .hint("say it once in the program: `step lasts 20 ms`"));
      }
      return session.functions.isChecking() ? Integer.valueOf(2) : null;
    }
    double n = seconds / dt;
    double whole = Math.rint(n);
    // Both were rounded once from decimals: a whole ratio is off by a few units in the last place.
    if (Math.abs(n - whole) > 1e-9 * Math.max(1, whole)) {
      session.reporter.report(
          session
              .diagnose(
                  Code.WHOLE_STEPS, "a duration is a whole number of steps", count.span(), env)
              .label("this is " + n + " steps of " + dt + " s")
              .found(n + " steps"));
      return null;
    }
    return within(whole, use, count.span(), env);
  }

  private @Nullable Integer within(double n, Use use, Span span, Env env) {
    if (n >= use.least && n <= use.most) {
      return (int) n;
    }
    wrong(use.range, "this is " + (long) n, span, env);
    return null;
  }
}
