package org.rewlang.automata;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * Which promises words can keep. A point is a truth value for each slot and promise before a
 * letter; the letter and the point after it determine what was promised, and the letter, the slots
 * and the promises after it determine the slots after it.
 *
 * @param atoms how many; slots come next among the variables, then promises
 * @param slots each slot's value after a letter, over atoms, slots before it and promises after it
 * @param promises each promise's value before a letter, over the same
 * @param facts true of all points
 * @param fulfilled for each promise that must be kept some time: that it is kept now, or not made
 */
record Tableau(
    Diagrams diagrams, int atoms, int[] slots, int[] promises, int[] fulfilled, int facts) {

  /** Finds the points before a letter. */
  private final class Before {

    private final BitSet[] needed = new BitSet[promises.length + 1];
    private final PairMap known = new PairMap();

    Before() {
      needed[promises.length] = new BitSet();
      for (int i = promises.length - 1; i >= 0; i--) {
        needed[i] = (BitSet) needed[i + 1].clone();
        needed[i].or(diagrams.support(promises[i]));
      }
    }

    /** Of those letters and points after it that {@code after} says. */
    int of(int after) {
      return of(0, after);
    }

    /** Values of promises number i on; what only others need is forgotten on the way. */
    private int of(int i, int after) {
      diagrams.tick();
      int rest = diagrams.exists(after, v -> !isSlot(v) && !needed[i].get(v));
      if (i == promises.length || rest == Diagrams.FALSE) {
        return rest;
      }
      int result = known.get(i, rest);
      if (result == IntMap.NONE) {
        int kept = of(i + 1, diagrams.and(rest, promises[i]));
        int broken = of(i + 1, diagrams.and(rest, diagrams.not(promises[i])));
        result = diagrams.ite(diagrams.variableIs(atoms + slots.length + i), kept, broken);
        known.put(i, rest, result);
      }
      return result;
    }
  }

  private boolean isSlot(int variable) {
    return variable >= atoms && variable < atoms + slots.length;
  }

  /** A condition about a point, asked of the point after a letter. */
  private IntUnaryOperator after() {
    return diagrams.substitution(v -> isSlot(v) ? slots[v - atoms] : diagrams.variableIs(v));
  }

  /** The points of infinite words. */
  int realizable() {
    return realizable(new int[] {Diagrams.leaf(0)}, s -> true)[0];
  }

  /**
   * The points of those infinite words that an automaton reads without leaving some states, by
   * state.
   *
   * @param next for each state a diagram over atoms whose leaves hold states
   * @param inside which states it doesn't leave
   */
  int[] realizable(int[] next, IntPredicate inside) {
    int[] points = new int[next.length];
    Arrays.setAll(points, s -> inside.test(s) ? facts : Diagrams.FALSE);
    int[] obligations = fulfilled.length == 0 ? new int[] {Diagrams.TRUE} : fulfilled;
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int obligation : obligations) {
        int[] closer = reaching(points, obligation, next);
        changed |= !Arrays.equals(points, closer);
        points = closer;
      }
    }
    return points;
  }

  /** The points from which a path fulfils the obligation once and ends in {@code goal}. */
  private int[] reaching(int[] goal, int obligation, int[] next) {
    IntUnaryOperator after = after();
    Before before = new Before();
    int[] reached = new int[goal.length];
    Arrays.fill(reached, Diagrams.FALSE);
    boolean changed = true;
    while (changed) {
      changed = false;
      int[] then = new int[goal.length];
      for (int s = 0; s < goal.length; s++) {
        int fulfilling = diagrams.and(after.applyAsInt(goal[s]), obligation);
        then[s] = diagrams.or(after.applyAsInt(reached[s]), fulfilling);
      }
      IntUnaryOperator afterwards = diagrams.atLeaves(s -> then[s]);
      for (int s = 0; s < goal.length; s++) {
        int more =
            goal[s] == Diagrams.FALSE
                ? goal[s]
                : diagrams.and(goal[s], before.of(afterwards.applyAsInt(next[s])));
        changed |= more != reached[s];
        reached[s] = more;
      }
    }
    return reached;
  }
}
