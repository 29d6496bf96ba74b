package org.rewlang.model;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.Formula;
import org.rewlang.automata.Monitor;
import org.rewlang.source.Location;

/**
 * A machine as it was written, beside the terms that run it: what tools draw, judge and explain.
 * Terms of a machine for each element stand for one of them.
 *
 * @param states a value of the machine is one of them
 * @param named where each state is named first
 * @param over the final states
 * @param edges in the order in which they are tried, those with {@code otherwise} last
 * @param pays what a state pays in each step that ends in it, by state
 * @param exclusive events of each list that don't occur together
 * @param before its state before the step, as guards read it
 * @param state its state after the step
 * @param reward what it pays
 * @param fired the number of the edge that fired, or -1; of a machine that follows a formula, that
 *     of the rule that paid
 * @param follows what it was made from; null if it was written
 */
public record Machine(
    String name,
    EnumType states,
    List<Location> named,
    int initial,
    BitSet over,
    List<Edge> edges,
    Map<Integer, Term> pays,
    List<Counter> counters,
    List<List<Term>> exclusive,
    Definition before,
    Definition state,
    Definition reward,
    Definition fired,
    @Nullable Follows follows,
    @Nullable String doc,
    Location at) {

  public Machine {
    named = List.copyOf(named);
    edges = List.copyOf(edges);
    pays = Map.copyOf(pays);
    counters = List.copyOf(counters);
    exclusive = exclusive.stream().map(List::copyOf).toList();
  }

  /**
   * What a machine follows that was made from a formula or a regular expression.
   *
   * @param formula its atoms numbered as in {@code atoms}; null of a regular expression
   * @param atoms for all elements or agents
   * @param state of the monitor after the step, for all elements or agents
   */
  public record Follows(
      @Nullable Formula formula, Monitor monitor, List<Watch.Condition> atoms, Term state) {

    public Follows {
      atoms = List.copyOf(atoms);
    }
  }

  /** The formula that it follows, as one that is watched; null if it follows none. */
  public @Nullable Watch watch() {
    Follows of = follows;
    Formula formula = of == null ? null : of.formula;
    return of == null || formula == null
        ? null
        : new Watch(name, formula, false, false, of.monitor, of.atoms, of.state, doc, at);
  }

  /**
   * An edge.
   *
   * @param from the states that it leaves: several where {@code any} was written
   * @param guard what must hold, of the state before the step; null if nothing must
   * @param after how many steps the state must have been held, this one included; or 0
   * @param otherwise whether it is for what no other edge does
   * @param reward what it pays; null for 0
   * @param updates what counters become, by counter, of their values before the step
   */
  public record Edge(
      BitSet from,
      int to,
      @Nullable Term guard,
      int after,
      boolean otherwise,
      @Nullable Term reward,
      Map<Integer, Term> updates,
      Location at) {

    public Edge {
      updates = Map.copyOf(updates);
    }
  }

  /**
   * A counter: a whole number that stays within its bounds, whatever it is set to.
   *
   * @param before its value before the step, as guards and updates read it
   */
  public record Counter(String name, int low, int high, int initial, Definition before) {}

  /** Whether a term is what {@code definition} holds, for the same element or agent. */
  public static boolean reads(Term term, Definition definition) {
    return switch (term) {
      case Term.Ref r -> r.definition() == definition;
      case Term.Retype r -> reads(r.of(), definition);
      case Term.Element e ->
          reads(e.of(), definition)
              && e.indices().stream().allMatch(i -> i instanceof Term.LoopIndex);
      default -> false;
    };
  }
}
