package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
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

  /** An iteration tried with a first value of some type, and what came of it. */
  private record Attempt(
      Value first,
      Iteration iteration,
      Comprehensions.Iteration loop,
      List<Diagnostic> diagnostics) {}

  private final Session session;

  Folds(Session session) {
    this.session = session;
  }

  Value call(Expr.Call call, Env env) {
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
      return Value.error(env.at(call.span()));
    }
    Value initial = session.value(start.value(), env);
    if (initial instanceof Value.Logic) {
      initial = Value.of(session.structures.tensor(initial, start.value(), env));
    }
    return initial.isError()
        ? Value.error(env.at(call.span()))
        : fold(generator, start.name(), initial, call, env);
  }

  private Value fold(Expr.Generator g, Name name, Value initial, Expr.Call call, Env env) {
    Attempt last =
        initial instanceof Value.Tensor t
            ? widened(g, name, t.term(), env)
            : attempt(g, name, initial, true, env);
    session.reporter.add(last.diagnostics);
    Value body = last.loop.body();
    if (body.isError()) {
      return Value.error(env.at(call.span()));
    }
    Value next =
        session.structures.coerce(
            body,
            last.first.structure(),
            g.element(),
            env,
            "the next `" + name.text() + "`, as the first,");
    if (next.isError() || isStateful(last, next, g, env)) {
      return Value.error(env.at(call.span()));
    }
    Location at = env.at(call.span());
    last.iteration.define(last.loop.binders(), next.terms(), last.loop.where());
    Value result = each(last.first, (i, type) -> new Term.Fold(last.iteration, i, type, at), at);
    Term valid = last.loop.valid();
    return valid == null ? result : Bundles.maybe(valid, result, at);
  }

  /** As wide a type as the rounds need. */
  private Attempt widened(Expr.Generator g, Name name, Term initial, Env env) {
    Type type = initial.type();
    // A written 0 fits whatever is added to it: the first round, which has it, tells what that is.
    if (initial.type().isScalar() && Terms.isZero(initial)) {
      Attempt zero = attempt(g, name, Value.of(initial), false, env);
      Type found = failed(zero) ? null : Value.type(zero.loop.body().structure());
      type = found == null || Types.isError(found) ? type : found;
    }
    Attempt last = attempt(g, name, Value.of(as(initial, type)), true, env);
    for (int i = 1; i < ATTEMPTS && !failed(last); i++) {
      Type more = Value.type(last.loop.body().structure());
      Type wider = more == null || Types.isError(more) ? null : wider(type, more);
      if (wider == null || wider.equals(type)) {
        break;
      }
      type = wider;
      last = attempt(g, name, Value.of(as(initial, type)), true, env);
    }
    return last;
  }

  private static boolean failed(Attempt attempt) {
    return attempt.diagnostics.stream().anyMatch(Diagnostic::isError);
  }

  /** One term for each array of a value. */
  private static Value each(Value value, BiFunction<Integer, Type, Term> term, Location at) {
    List<Term> leaves = new ArrayList<>();
    for (Term leaf : value.terms()) {
      leaves.add(term.apply(leaves.size(), leaf.type()));
    }
    return Value.of(value.structure(), leaves, at);
  }

  /**
   * @param moves whether the name stands for what the round before left, not for the first value
   */
  private Attempt attempt(Expr.Generator g, Name name, Value first, boolean moves, Env env) {
    Iteration iteration = new Iteration(first.terms());
    Env inner = env.inner();
    Location at = env.file.at(name.span());
    Location here = env.at(name.span());
    Value value =
        moves
            ? each(first, (i, type) -> new Term.Accumulator(iteration, i, type, here), here)
            : first;
    inner.bind(name.text(), new Entity.Bound(value, Index.Kind.VARIABLE, at));
    Comprehensions.Iteration[] loop = new Comprehensions.Iteration[1];
    Runnable work = () -> loop[0] = session.comprehensions.iteration(g, inner, first.structure());
    List<Diagnostic> found =
        session.reporter.capture(
            () -> {
              if (moves) {
                session.sites.declare(at, Index.Kind.VARIABLE, name.text(), null, value);
                work.run();
              } else {
                session.sites.mute(work);
              }
            });
    return new Attempt(first, iteration, loop[0], found);
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

  /** What has a past of its own in each round has no place to keep it. */
  private boolean isStateful(Attempt attempt, Value next, Expr.Generator g, Env env) {
    List<Term> round = new ArrayList<>(next.terms());
    Term where = attempt.loop.where();
    if (where != null) {
      round.add(where);
    }
    if (round.stream().noneMatch(t -> Walk.isStatefulIn(t, in -> isOf(in, attempt)))) {
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

  private static boolean isOf(Term term, Attempt attempt) {
    return term instanceof Term.Accumulator a && a.iteration() == attempt.iteration
        || term instanceof Term.LoopIndex i && attempt.loop.binders().contains(i.binder());
  }
}
