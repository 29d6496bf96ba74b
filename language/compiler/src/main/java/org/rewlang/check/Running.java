package org.rewlang.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.Definition;
import org.rewlang.model.Operation;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;

/**
 * What is told of the whole past in one pass: each value is read off its own past and this step.
 *
 * <p>A restart is a step in which the past counts as empty; {@code counted} says whether this
 * step's value belongs.
 */
final class Running {

  private final Term value;
  private final @Nullable Term since;
  private final @Nullable Term there;
  private final @Nullable Term counted;
  private final List<Integer> shape;
  private final Location at;

  Running(Series.Past past, Location at) {
    this.value = Functions.shared("value", past.of(), at);
    this.since = past.since() == null ? null : Functions.shared("since", past.since(), at);
    // An agent's steps are those since it came.
    this.there = Walk.there(past.of(), at);
    Term where =
        past.where() == null || there == null ? past.where() : Terms.and(past.where(), there, at);
    Term steps = where == null ? there : where;
    this.counted = steps == null ? null : Functions.shared("where", steps, at);
    this.shape = past.of().type().shape();
    this.at = at;
  }

  /** A value that is {@code start} before the first step and after a restart. */
  private final class State {
    final Definition definition;
    final Term before;

    State(String name, Type element, double start, List<Integer> shape) {
      Type type = element.withShape(shape);
      definition = new Definition(name, Definition.Kind.LOCAL, type, null, at);
      Term first = Terms.broadcast(new Term.Const(start, element, at), shape);
      Term past = new Term.Prev(new Term.Ref(definition, type, at), first, false, type, at);
      before =
          Functions.shared(name, since == null ? past : Terms.select(since, first, past, at), at);
    }

    /** Moves to {@code next} where this step counts. */
    Term to(Term next) {
      Term moved = counted == null ? next : Terms.select(counted, next, before, at);
      definition.define(Terms.broadcast(moved, definition.type().shape()));
      return new Term.Ref(definition, definition.type(), at);
    }
  }

  private Term apply(Operation op, Type element, Term a, Term b) {
    return Terms.apply(op, element, at, a, b);
  }

  /** The variance, by Welford's recurrence: no difference of large sums. */
  Term variance(@Nullable Term ddof) {
    Type real = Type.real(value.type().dimension());
    Type square = Type.real(real.dimension().power(2));
    Term x = Terms.widen(value);
    State n = new State("n", Type.REAL, 0, List.of());
    State mean = new State("mean", real, 0, shape);
    State squares = new State("squares", square, 0, shape);
    Term count = n.to(apply(Operation.ADD, Type.REAL, n.before, Terms.real(1, at)));
    // Where this step doesn't count, nothing reads these two: n may be 0 there.
    Term off = Functions.shared("off", apply(Operation.SUBTRACT, real, x, mean.before), at);
    Term moved = apply(Operation.DIVIDE, real, off, count);
    Term now = mean.to(apply(Operation.ADD, real, mean.before, moved));
    Term rest = apply(Operation.SUBTRACT, real, x, now);
    Term product = apply(Operation.MULTIPLY, square, off, rest);
    Term sum = squares.to(apply(Operation.ADD, square, squares.before, product));
    Term divisor = ddof == null ? count : apply(Operation.SUBTRACT, Type.REAL, count, ddof);
    return apply(Operation.DIVIDE, square, sum, divisor);
  }

  /**
   * How many steps after the restart the first least (or greatest) value was; undefined of none.
   */
  Term position(boolean least) {
    Term none = Terms.integer(-1, at);
    Definition clock = new Definition("steps", Definition.Kind.LOCAL, Type.INT, null, at);
    Term past = new Term.Prev(new Term.Ref(clock, Type.INT, at), none, false, Type.INT, at);
    Term before = since == null ? past : Terms.select(since, none, past, at);
    Term next = apply(Operation.ADD, Type.INT, before, Terms.integer(1, at));
    clock.define(there == null ? next : Terms.select(there, next, none, at));
    State best = new State("best", value.type().element(), 0, shape);
    State position = new State("position", Type.INT, -1, shape);
    Term first = apply(Operation.LESS, Type.BOOL, position.before, Terms.integer(0, at));
    Term beats =
        least
            ? apply(Operation.LESS, Type.BOOL, value, best.before)
            : apply(Operation.LESS, Type.BOOL, best.before, value);
    Term better = Functions.shared("better", Terms.or(first, beats, at), at);
    best.to(Terms.select(better, value, best.before, at));
    Term now =
        position.to(Terms.select(better, new Term.Ref(clock, Type.INT, at), position.before, at));
    Term found = apply(Operation.LESS_EQUAL, Type.BOOL, Terms.integer(0, at), now);
    return Terms.select(found, now, new Term.Const(Double.NaN, Type.INT, at), at);
  }

  /** How many steps ago {@code since} last held, or more than {@code steps} before it first did. */
  static Term age(Term since, int steps, Location at) {
    Definition age = new Definition("age", Definition.Kind.LOCAL, Type.INT, null, at);
    Term before =
        new Term.Prev(
            new Term.Ref(age, Type.INT, at), Terms.integer(steps, at), false, Type.INT, at);
    age.define(
        Terms.select(
            since,
            Terms.integer(0, at),
            Terms.apply(Operation.ADD, Type.INT, at, before, Terms.integer(1, at)),
            at));
    return new Term.Ref(age, Type.INT, at);
  }
}
