package org.rewlang.analysis;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import org.rewlang.automata.Diagrams;
import org.rewlang.automata.Meter;
import org.rewlang.automata.Monitor;
import org.rewlang.automata.Verdict;
import org.rewlang.model.Machine;
import org.rewlang.model.Model;
import org.rewlang.model.Term;
import org.rewlang.model.Watch;

/**
 * The episodes that can occur, as far as it is known which conditions of a formula exclude or imply
 * each other: comparisons of one number, and what a machine calls {@code exclusive}.
 */
final class Occurring {

  private final Diagrams diagrams;
  private final int possible;
  private final IntUnaryOperator conditions;
  private final Map<Monitor, IntUnaryOperator> copiers = new IdentityHashMap<>();

  Occurring(Watch watch, Model model, Ranges ranges, Meter meter) {
    diagrams = new Diagrams(meter);
    List<Term> atoms = watch.atoms().stream().map(Watch.Condition::term).toList();
    if (atoms.stream().allMatch(a -> a.type().isScalar())) {
      Guards guards = new Guards(diagrams, _ -> false);
      int[] holds = atoms.stream().mapToInt(a -> guards.of(a).yes()).toArray();
      conditions = diagrams.substitution(v -> holds[v]);
      possible = new Letters(diagrams, ranges).possible(guards, exclusive(model));
    } else {
      // Of what each agent has nothing is known to depend on each other.
      conditions = d -> d;
      possible = Diagrams.TRUE;
    }
  }

  private static List<List<Term>> exclusive(Model model) {
    return model.machines().stream()
        .map(Machine::exclusive)
        .flatMap(List::stream)
        .filter(events -> events.stream().allMatch(e -> e.type().isScalar()))
        .toList();
  }

  /**
   * What comes of the letters that can occur, a number for each; of the others a greater one than
   * any state's.
   *
   * @param of a state that a letter leads to
   */
  int next(Monitor monitor, int state, IntUnaryOperator of) {
    IntUnaryOperator copier =
        copiers.computeIfAbsent(monitor, m -> diagrams.copier(m.diagrams(), s -> s));
    int there = conditions.applyAsInt(copier.applyAsInt(monitor.next(state)));
    int all = diagrams.atLeaves(s -> Diagrams.leaf(of.applyAsInt(s))).applyAsInt(there);
    return diagrams.ite(possible, all, Diagrams.leaf(monitor.size()));
  }

  /** The states that an episode of at least one step can end in. */
  BitSet reached(Monitor monitor) {
    BitSet after = new BitSet();
    BitSet open = new BitSet();
    open.set(monitor.initial());
    while (!open.isEmpty()) {
      int state = open.nextSetBit(0);
      open.clear(state);
      BitSet next = diagrams.leaves(next(monitor, state, s -> s));
      next.clear(monitor.size());
      next.andNot(after);
      after.or(next);
      open.or(next);
    }
    return after;
  }

  /** Whether the episode satisfies if it ends so: 1 or 0. */
  static int truth(Monitor monitor, int state) {
    return monitor.verdict(state).closed() == Verdict.SATISFIED ? 1 : 0;
  }

  private record Pair(int one, int other) {}

  /** Whether the same episodes satisfy both. */
  boolean agree(Monitor one, Monitor other) {
    Map<Integer, Pair> pairs = new HashMap<>();
    Map<Pair, Integer> numbers = new HashMap<>();
    IntBinaryOperator both =
        diagrams.pointwise(
            (m, n) ->
                numbers.computeIfAbsent(
                    new Pair(m, n),
                    p -> {
                      pairs.put(pairs.size(), p);
                      return pairs.size() - 1;
                    }));
    Pair never = new Pair(one.size(), other.size());
    Set<Pair> seen = new HashSet<>(Set.of(never));
    ArrayDeque<Pair> open = new ArrayDeque<>();
    open.add(new Pair(one.initial(), other.initial()));
    while (!open.isEmpty()) {
      Pair at = open.remove();
      int next = both.applyAsInt(next(one, at.one, s -> s), next(other, at.other, s -> s));
      for (int leaf : diagrams.leaves(next).stream().toArray()) {
        Pair to = pairs.get(leaf);
        if (to == null || !seen.add(to)) {
          continue;
        }
        if (truth(one, to.one) != truth(other, to.other)) {
          return false;
        }
        open.add(to);
      }
    }
    return true;
  }
}
