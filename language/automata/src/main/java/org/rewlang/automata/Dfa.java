package org.rewlang.automata;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.Limits.Outcome;
import org.rewlang.automata.Progression.Reading;

/**
 * A complete deterministic automaton on finite words, minimal, its states numbered from the first
 * one on in the order of a search. A state that no word leaves counts as any other.
 */
public final class Dfa {

  private final Moore moore;

  Dfa(Moore moore) {
    this.moore = moore;
  }

  /** The words at whose first position the formula holds. */
  public static Outcome<Dfa> of(Formula formula, Limits limits) {
    return limits.attempt(meter -> new Dfa(Construction.of(formula, Reading.WHOLE, meter)));
  }

  /**
   * The words at whose last position the formula holds: what a formula that looks back means, step
   * by step.
   */
  public static Outcome<Dfa> ofCurrent(Formula formula, Limits limits) {
    return limits.attempt(meter -> new Dfa(Construction.of(formula, Reading.CURRENT, meter)));
  }

  /** How many states there are. */
  public int size() {
    return moore.size();
  }

  public int initial() {
    return moore.initial();
  }

  public boolean accepts(int state) {
    return moore.outputs()[state] == 1;
  }

  /** What {@link #next(int)} is made of. */
  public Diagrams diagrams() {
    return moore.diagrams();
  }

  /** A diagram over atoms whose leaves hold the next state. */
  public int next(int state) {
    return moore.next()[state];
  }

  /** The next state after one letter, given as which atoms hold. */
  public int next(int state, IntPredicate letter) {
    return moore.step(state, letter);
  }

  public boolean accepts(List<BitSet> word) {
    int state = initial();
    for (BitSet letter : word) {
      state = next(state, letter::get);
    }
    return accepts(state);
  }

  public Dfa complement() {
    return new Dfa(moore.withOutputs(s -> 1 - moore.outputs()[s]));
  }

  public Outcome<Dfa> and(Dfa other, Limits limits) {
    return limits.attempt(m -> new Dfa(moore.product(other.moore, (a, b) -> a & b, m).minimal(m)));
  }

  public Outcome<Dfa> or(Dfa other, Limits limits) {
    return limits.attempt(m -> new Dfa(moore.product(other.moore, (a, b) -> a | b, m).minimal(m)));
  }

  public boolean isEmpty() {
    return size() == 1 && !accepts(0);
  }

  /** A shortest accepted word; null if there is none. */
  public @Nullable List<Cube> shortestAccepted() {
    return moore.shortest(output -> output == 1);
  }

  /** A shortest word that one of the two accepts and the other doesn't; null if they are equal. */
  public Outcome<Difference> compare(Dfa other, Limits limits) {
    IntBinaryOperator differ = (a, b) -> a ^ b;
    return limits.attempt(
        m -> new Difference(moore.product(other.moore, differ, m).shortest(o -> o == 1)));
  }

  /**
   * How two automata differ.
   *
   * @param word a shortest one that only one of them accepts; null if there is none
   */
  public record Difference(@Nullable List<Cube> word) {
    public boolean areEqual() {
      return word == null;
    }
  }

  /** For each state what can be said of the words that lead to it. */
  public Verdict[] verdicts() {
    BitSet canAccept = moore.reaching(output -> output == 1);
    BitSet canReject = moore.reaching(output -> output == 0);
    Verdict[] verdicts = new Verdict[size()];
    Arrays.setAll(
        verdicts,
        state ->
            !canReject.get(state)
                ? Verdict.SATISFIED
                : !canAccept.get(state)
                    ? Verdict.VIOLATED
                    : accepts(state) ? Verdict.PRESUMABLY_SATISFIED : Verdict.PRESUMABLY_VIOLATED);
    return verdicts;
  }
}
