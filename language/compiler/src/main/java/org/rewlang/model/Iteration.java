package org.rewlang.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bounded iteration over some values at once: each round sees what all were after the round before.
 * Identity is by object. The loops, and what a round makes of the values, are set once, after
 * creation, because they are made of {@link Term.Accumulator} terms of this iteration.
 */
public final class Iteration {

  private final List<Term> initial;
  private List<Binder> binders = List.of();
  private List<Binder> accumulators = List.of();
  private List<Term> next = List.of();
  private @Nullable Term where;

  /**
   * @param initial what the values begin as, of the types that they keep
   */
  public Iteration(List<Term> initial) {
    this.initial = List.copyOf(initial);
  }

  public List<Term> initial() {
    return initial;
  }

  /**
   * Sets what a round is, once.
   *
   * @param loops the last one fastest
   * @param values after a round
   * @param condition rounds in which it is false change nothing; or null
   */
  public void define(List<Binder> loops, List<Term> values, @Nullable Term condition) {
    if (!next.isEmpty()) {
      throw new IllegalStateException("an iteration is defined already");
    }
    binders = List.copyOf(loops);
    next = List.copyOf(values);
    where = condition;
    accumulators = values.stream().map(_ -> new Binder("accumulator", 1)).toList();
  }

  public List<Binder> binders() {
    return binders;
  }

  /** One for each value: what tells a round's value from another's, as an index does. */
  public List<Binder> accumulators() {
    return accumulators;
  }

  public List<Term> next() {
    return next;
  }

  public @Nullable Term where() {
    return where;
  }
}
