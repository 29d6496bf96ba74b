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
    if (isCompact(there)) {
      return k;
    }
    Term rank = rank(there, at);
    Binder binder = new Binder("i", there.type().shape().getFirst());
    Term index = Terms.loop(binder, at);
    Term same =
        Terms.apply(Operation.EQUAL, Type.BOOL, at, Terms.element(rank, List.of(index), at), k);
    Term holds = Terms.element(there, List.of(index), at);
    return new Term.ReduceOver(
        ReduceOp.MIN, List.of(binder), Terms.and(holds, same, at), index, Type.INT, at);
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
