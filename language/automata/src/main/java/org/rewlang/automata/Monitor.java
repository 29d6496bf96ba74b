package org.rewlang.automata;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import org.rewlang.automata.Limits.Outcome;

/**
 * What is known of a word while it goes on: a complete deterministic automaton, minimal, with a
 * verdict in each state.
 */
public final class Monitor {

  private final Diagrams diagrams;
  private final int initial;
  private final int[] next;
  private final Verdict[] verdicts;

  private Monitor(Diagrams diagrams, int initial, int[] next, Verdict[] verdicts) {
    this.diagrams = diagrams;
    this.initial = initial;
    this.next = next;
    this.verdicts = verdicts;
  }

  /** Of finite words, which may end anywhere: four verdicts. */
  public static Outcome<Monitor> finite(Formula formula, Limits limits) {
    return limits.attempt(
        meter -> {
          Moore made = Construction.of(formula, Progression.Reading.WHOLE, meter);
          return new Monitor(
              made.diagrams(), made.initial(), made.next(), new Dfa(made).verdicts());
        });
  }

  /** Of infinite words: three verdicts. */
  public static Outcome<Monitor> infinite(Formula formula, Limits limits) {
    return switch (Omega.of(formula, limits)) {
      case Limits.Made<Omega>(Omega omega) -> new Limits.Made<>(of(omega));
      case Limits.Refused<Omega>(Limits.Limit limit, long bound) ->
          new Limits.Refused<>(limit, bound);
    };
  }

  private static Monitor of(Omega omega) {
    int[] next = new int[omega.size()];
    Verdict[] verdicts = new Verdict[omega.size()];
    for (int s = 0; s < next.length; s++) {
      next[s] = omega.next(s);
      verdicts[s] = omega.verdict3(s);
    }
    return new Monitor(omega.diagrams(), omega.initial(), next, verdicts);
  }

  public int size() {
    return next.length;
  }

  public int initial() {
    return initial;
  }

  public Diagrams diagrams() {
    return diagrams;
  }

  /** A diagram over atoms whose leaves hold the next state. */
  public int next(int state) {
    return next[state];
  }

  /** The next state after one letter, given as which atoms hold. */
  public int next(int state, IntPredicate letter) {
    return diagrams.evaluate(next[state], letter);
  }

  /**
   * How many letters at least lead from each state to one in which the word, if it ended there,
   * would satisfy; -1 where none do. Of finite words.
   */
  public int[] distances() {
    List<List<Integer>> before = new ArrayList<>();
    for (int s = 0; s < size(); s++) {
      before.add(new ArrayList<>());
    }
    int[] distances = new int[size()];
    ArrayDeque<Integer> open = new ArrayDeque<>();
    for (int s = 0; s < size(); s++) {
      int from = s;
      diagrams.leaves(next[s]).stream().forEach(to -> before.get(to).add(from));
      distances[s] = verdicts[s].closed() == Verdict.SATISFIED ? 0 : -1;
      if (distances[s] == 0) {
        open.add(s);
      }
    }
    while (!open.isEmpty()) {
      int to = open.remove();
      for (int from : before.get(to)) {
        if (distances[from] < 0) {
          distances[from] = distances[to] + 1;
          open.add(from);
        }
      }
    }
    return distances;
  }

  /**
   * Atoms whose truth in a letter alone leads where the letter does, whatever the others are; none
   * of them can be left out.
   */
  public BitSet reasons(int state, IntPredicate letter) {
    int to = next(state, letter);
    BitSet needed = diagrams.support(next[state]);
    for (int atom = needed.length() - 1; atom >= 0; atom--) {
      boolean asked = needed.get(atom);
      needed.clear(atom);
      needed.set(atom, asked && !leads(next[state], needed, letter, to, new BitSet()));
    }
    return needed;
  }

  private boolean leads(int diagram, BitSet fixed, IntPredicate letter, int to, BitSet seen) {
    if (Diagrams.isLeaf(diagram)) {
      return Diagrams.number(diagram) == to;
    }
    if (seen.get(diagram)) {
      return true;
    }
    seen.set(diagram);
    int atom = diagrams.variable(diagram);
    boolean either = !fixed.get(atom);
    return (!either && letter.test(atom) || leads(diagrams.low(diagram), fixed, letter, to, seen))
        && (!either && !letter.test(atom)
            || leads(diagrams.high(diagram), fixed, letter, to, seen));
  }

  /** What is known of the words that lead to a state. */
  public Verdict verdict(int state) {
    return verdicts[state];
  }
}
