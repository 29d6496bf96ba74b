package org.rewlang.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Base;
import org.rewlang.model.Iteration;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Name;

/** {@code fold(acc + cost(x) for x in xs, acc = 0)}: bounded iteration. */
final class Folds {

  /** An int may turn out real, a 0 to have a unit and a number to be a vector: in that order. */
  private static final int ATTEMPTS = 4;

  /** An iteration tried with a type, and what came of it. */
  private record Attempt(
      Iteration iteration, Comprehensions.Loop loop, List<Diagnostic> diagnostics) {}

  private final Session session;

  Folds(Session session) {
    this.session = session;
  }

  Term call(Expr.Call call, Env env) {
    Expr.Generator generator = null;
    Expr.Argument start = null;
    boolean wrong = call.arguments().size() != 2;
    for (Expr.Argument a : call.arguments()) {
      if (a.name() == null && a.value() instanceof Expr.Generator g) {
        generator = g;
      } else if (a.name() != null) {
        start = a;
      }
    }
    if (wrong || generator == null || start == null || start.name() == null) {
      session.reporter.report(
          session
              .diagnose(
                  Code.ARGUMENTS,
                  "`fold` needs a value for each element and one to begin with",
                  call.callee().span(),
                  env)
              .label("this has another form")
              .hint("write `fold(acc + x for x in xs, acc = 0)`"));
      session.mentions.add(env.file, call.span());
      return env.error(call.span());
    }
    Term initial = session.expr(start.value(), env);
    return Terms.isError(initial)
        ? env.error(call.span())
        : fold(generator, start.name(), initial, call, env);
  }

  private Term fold(Expr.Generator g, Name name, Term initial, Expr.Call call, Env env) {
    Type type = initial.type();
    // A written 0 fits whatever is added to it: the first round, which has it, tells what that is.
    if (initial.type().isScalar() && Terms.isZero(initial)) {
      Attempt zero = attempt(g, name, initial, null, env);
      type = zero.diagnostics.stream().anyMatch(Diagnostic::isError) ? type : typeOf(zero);
    }
    Attempt last = null;
    for (int i = 0; i < ATTEMPTS; i++) {
      Term begin = as(initial, type);
      last = attempt(g, name, begin, type, env);
      Type more = last.loop.body().type();
      boolean failed = last.diagnostics.stream().anyMatch(Diagnostic::isError);
      Type wider = failed || Types.isError(more) ? null : wider(type, more);
      if (wider == null || wider.equals(type)) {
        break;
      }
      type = wider;
    }
    if (last == null) {
      throw new IllegalStateException("nothing was tried");
    }
    session.reporter.add(last.diagnostics);
    Term body = last.loop.body();
    if (Terms.isError(body)) {
      return env.error(call.span());
    }
    Term next =
        session.fit.coerce(
            body, type, g.element(), env, "the next `" + name.text() + "`, as the first,");
    if (Terms.isError(next) || isStateful(last.loop, next, g, env)) {
      return env.error(call.span());
    }
    Location at = env.at(call.span());
    last.iteration.define(last.loop.binders(), List.of(next), last.loop.where());
    return new Term.Fold(last.iteration, 0, type, at);
  }

  private static Type typeOf(Attempt attempt) {
    Type type = attempt.loop.body().type();
    return Types.isError(type) ? Type.INT : type;
  }

  /**
   * @param type of the accumulator; null where it is the initial value itself
   */
  private Attempt attempt(Expr.Generator g, Name name, Term initial, @Nullable Type type, Env env) {
    Iteration iteration = new Iteration(List.of(initial));
    Env inner = env.inner();
    Location at = env.file.at(name.span());
    Term value =
        type == null ? initial : new Term.Accumulator(iteration, 0, type, env.at(name.span()));
    inner.bind(name.text(), new Entity.Bound(value, Index.Kind.VARIABLE, at));
    Comprehensions.Loop[] loop = new Comprehensions.Loop[1];
    Runnable work = () -> loop[0] = session.comprehensions.loop(g, inner);
    List<Diagnostic> found =
        session.reporter.capture(
            () -> {
              if (type == null) {
                session.sites.mute(work);
              } else {
                session.sites.declare(at, Index.Kind.VARIABLE, name.text(), null, value);
                work.run();
              }
            });
    return new Attempt(iteration, loop[0], found);
  }

  private static Term as(Term initial, Type type) {
    Term wide = type.base() == Base.REAL ? Terms.widen(initial) : initial;
    return Terms.broadcast(
        type.isNumber() ? Terms.inDimension(wide, type.dimension()) : wide, type.shape());
  }

  /** The type that an accumulator needs to hold both; null where there is none. */
  private static @Nullable Type wider(Type accumulator, Type next) {
    List<Integer> shape = Types.broadcast(accumulator.shape(), next.shape());
    if (shape == null) {
      return null;
    }
    boolean real =
        accumulator.base() == Base.INT && next.base() == Base.REAL && next.dimension().isNone();
    return (real ? Type.REAL : accumulator).withShape(shape);
  }

  private boolean isStateful(Comprehensions.Loop loop, Term next, Expr.Generator g, Env env) {
    Term where = loop.where();
    if (!Walk.isStateful(next) && (where == null || !Walk.isStateful(where))) {
      return false;
    }
    session.reporter.report(
        session
            .diagnose(
                Code.STATE_IN_FILTER,
                "a value with a past can't stand inside `fold`",
                g.element().span(),
                env)
            .label("keeps a state for each element")
            .hint("compute it before, in a list with `[… for …]`"));
    return true;
  }
}
