package org.rewlang.automata;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.Limits.Outcome;
import org.rewlang.automata.Progression.Reading;

/**
 * What is known of a word while it goes on: a complete deterministic automaton, minimal, with a
 * verdict in each state.
 */
public final class Monitor {

  /** Each state's output is the ordinal of its verdict. */
  private final Moore moore;

  private Monitor(Moore moore) {
    this.moore = moore;
  }

  /** Of finite words, which may end anywhere: four verdicts. */
  public static Outcome<Monitor> finite(Formula formula, Limits limits) {
    return limits.attempt(meter -> of(Construction.of(formula, Reading.WHOLE, meter)));
  }

  /** Of a formula that looks back, on the words so far: whether it holds where they end. */
  static Outcome<Monitor> current(Formula formula, Limits limits) {
    return limits.attempt(meter -> of(Construction.of(formula, Reading.CURRENT, meter)));
  }

  private static Monitor of(Moore accepting) {
    Verdict[] verdicts = new Dfa(accepting).verdicts();
    return judging(accepting.withOutputs(s -> verdicts[s].ordinal()));
  }

  /** Of a regular expression: whether the word so far matches, may still, or always will. */
  public static Outcome<Monitor> matching(Regex regex, Limits limits) {
    return limits.attempt(meter -> of(RegexAutomaton.of(regex, meter)));
  }

  /** Of infinite words: three verdicts. */
  public static Outcome<Monitor> infinite(Formula formula, Limits limits) {
    return Omega.of(formula, limits).then(Omega::monitor);
  }

  static Monitor judging(Moore verdicts) {
    return new Monitor(verdicts);
  }

  public int size() {
    return moore.size();
  }

  public int initial() {
    return moore.initial();
  }

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

  /** What is known of the words that lead to a state. */
  public Verdict verdict(int state) {
    return Verdict.values()[moore.outputs()[state]];
  }

  /** The verdicts that it can give. */
  public Set<Verdict> verdicts() {
    Set<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
    IntStream.range(0, size()).forEach(s -> verdicts.add(verdict(s)));
    return verdicts;
  }

  /**
   * A shortest word that comes to a verdict if it ends; null if there is none.
   *
   * @param empty whether it may have no letter
   */
  public @Nullable List<Cube> shortest(Verdict verdict, boolean empty) {
    IntPredicate wanted = output -> output >= 0 && Verdict.values()[output].closed() == verdict;
    return (empty ? moore : moore.afterNothing(-1)).shortest(wanted);
  }

  /** Whether beginnings of words decide a formula. */
  public enum Decision {
    /** However a word begins, it can go on such that the formula is decided. */
    ALWAYS,
    /** Some words begin such that nothing decides it any more but their end. */
    SOMETIMES,
    /** No beginning of a word decides it. */
    NEVER
  }

  public Decision decision() {
    BitSet deciding = moore.reaching(output -> Verdict.values()[output].isFinal());
    return !deciding.get(initial())
        ? Decision.NEVER
        : deciding.cardinality() == size() ? Decision.ALWAYS : Decision.SOMETIMES;
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
      diagrams().leaves(next(s)).stream().forEach(to -> before.get(to).add(from));
      distances[s] = verdict(s).closed() == Verdict.SATISFIED ? 0 : -1;
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
    BitSet needed = diagrams().support(next(state));
    for (int atom = needed.length() - 1; atom >= 0; atom--) {
      boolean asked = needed.get(atom);
      needed.clear(atom);
      needed.set(atom, asked && !leads(next(state), needed, letter, to, new BitSet()));
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
    int atom = diagrams().variable(diagram);
    boolean either = !fixed.get(atom);
    return (!either && letter.test(atom) || leads(diagrams().low(diagram), fixed, letter, to, seen))
        && (!either && !letter.test(atom)
            || leads(diagrams().high(diagram), fixed, letter, to, seen));
  }
}
