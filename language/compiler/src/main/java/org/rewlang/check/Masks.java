package org.rewlang.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.Base;
import org.rewlang.model.Binder;
import org.rewlang.model.Iteration;
import org.rewlang.model.Operation;
import org.rewlang.model.ReduceOp;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;

/** Which places of a list hold an element: a bool for each. */
final class Masks {

  private Masks() {}

  /** All places of a list. */
  static Term everywhere(int bound, Location at) {
    return Terms.broadcast(Terms.bool(true, at), List.of(bound));
  }

  /** The first {@code length} places of a list. */
  static Term first(Term length, int bound, Location at) {
    Binder binder = new Binder("i", bound);
    return Comprehensions.build(
        List.of(binder),
        Terms.apply(Operation.LESS, Type.BOOL, at, Terms.loop(binder, at), length),
        at);
  }

  /** How many places hold an element. An int. */
  static Term length(Term there, Location at) {
    Term known = firstLength(there);
    if (known != null) {
      return known;
    }
    int bound = there.type().shape().getFirst();
    if (isFull(there)) {
      return Terms.integer(bound, at);
    }
    Binder binder = new Binder("i", bound);
    return new Term.ReduceOver(
        ReduceOp.SUM,
        List.of(binder),
        Terms.element(there, List.of(Terms.loop(binder, at)), at),
        Terms.integer(1, at),
        Type.INT,
        at);
  }

  /** Whether every place is known to hold an element. */
  static boolean isFull(Term there) {
    return switch (there) {
      case Term.Const c -> c.value() == 1;
      case Term.Broadcast b -> isFull(b.of());
      case Term.Ref r -> r.definition().isDefined() && isFull(r.definition().value());
      default -> false;
    };
  }

  /** Whether elements are known to fill the first places: then the k-th is at place k. */
  static boolean isCompact(Term there) {
    return isFull(there) || firstLength(there) != null;
  }

  private static @Nullable Term firstLength(Term there) {
    return switch (there) {
      case Term.Ref r -> r.definition().isDefined() ? firstLength(r.definition().value()) : null;
      case Term.Build b
          when b.binders().size() == 1
              && b.body() instanceof Term.Apply less
              && less.op() == Operation.LESS
              && less.operands().getFirst() instanceof Term.LoopIndex i
              && i.binder() == b.binders().getFirst()
              && less.operands().getLast().type().base() == Base.INT
              && !Walk.any(
                  less.operands().getLast(),
                  t -> t instanceof Term.LoopIndex j && j.binder() == i.binder()) ->
          less.operands().getLast();
      default -> null;
    };
  }

  /** The place of the k-th element; undefined where there is none. */
  static Term place(Term there, Term k, Location at) {
    return lookUp(places(there, at), k, at);
  }

  /**
   * The same, looked up in what {@link #places} made of a list: once for all k.
   *
   * @param places null where the k-th element is at place k
   */
  static Term lookUp(@Nullable Term places, Term k, Location at) {
    return places == null ? k : Terms.element(places, List.of(k), at);
  }

  /**
   * The places that hold an element, in order, then undefined ones; undefined as well from the
   * first one on of which it isn't known. Null where elements stand side by side.
   */
  static @Nullable Term places(Term there, Location at) {
    if (isCompact(there)) {
      return null;
    }
    int bound = there.type().shape().getFirst();
    Type ints = Type.INT.withShape(List.of(bound));
    Term none = new Term.Const(Double.NaN, Type.INT, at);
    Iteration iteration =
        new Iteration(List.of(Terms.broadcast(none, List.of(bound)), Terms.integer(0, at)));
    Term places = new Term.Accumulator(iteration, 0, ints, at);
    Term found = new Term.Accumulator(iteration, 1, Type.INT, at);
    Binder binder = new Binder("i", bound);
    Term index = Terms.loop(binder, at);
    Term holds = Terms.element(there, List.of(index), at);
    // Written in each round, at the place that the next element gets: one that isn't there is
    // overwritten by the next, and the last one is undefined as all behind it. Once it isn't known
    // how many were found, what is written is undefined, in the last place, which no element before
    // got. That they are never more than were looked at is said so that the place is known to be
    // one.
    Term slot = Terms.apply(Operation.MIN, Type.INT, at, found, index);
    Term last = Terms.integer(bound - 1L, at);
    Term next = Terms.apply(Operation.COALESCE, Type.INT, at, slot, last);
    Term place = Terms.apply(Operation.MAX, Type.INT, at, slot, index);
    Term one = Terms.apply(Operation.ADD, Type.INT, at, found, Terms.integer(1, at));
    Term more = Terms.apply(Operation.MIN, Type.INT, at, one, Terms.integer(bound, at));
    iteration.define(
        List.of(binder),
        List.of(
            new Term.Put(places, List.of(next), Terms.select(holds, place, none, at), ints, at),
            Terms.select(holds, more, found, at)),
        null);
    return Functions.shared("places", new Term.Fold(iteration, 0, ints, at), at);
  }

  /** How many elements stand before each place: counted on the way through them. */
  static Term rank(Term there, Location at) {
    int bound = there.type().shape().getFirst();
    Term zeros = Terms.broadcast(Terms.integer(0, at), List.of(bound));
    Iteration iteration = new Iteration(List.of(zeros, Terms.integer(0, at)));
    Term ranks = new Term.Accumulator(iteration, 0, zeros.type(), at);
    Term before = new Term.Accumulator(iteration, 1, Type.INT, at);
    Binder binder = new Binder("i", bound);
    Term index = Terms.loop(binder, at);
    Term more = Terms.apply(Operation.ADD, Type.INT, at, before, Terms.integer(1, at));
    Term holds = Terms.element(there, List.of(index), at);
    iteration.define(
        List.of(binder),
        List.of(
            new Term.Put(ranks, List.of(index), before, zeros.type(), at),
            Terms.select(holds, more, before, at)),
        null);
    return Functions.shared("rank", new Term.Fold(iteration, 0, zeros.type(), at), at);
  }
}
