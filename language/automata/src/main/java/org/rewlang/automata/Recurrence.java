package org.rewlang.automata;

import java.util.ArrayList;
import java.util.List;
import org.rewlang.automata.Buchi.Component;
import org.rewlang.automata.Formula.Operator;
import org.rewlang.automata.Formula.Unary;
import org.rewlang.automata.Progression.Reading;

/**
 * {@code G f} where f shows after finitely many letters: each position's f is an obligation. Those
 * of a while are kept together; when all of them are met, the edge is in the set, and those that
 * came in the meantime are next.
 */
final class Recurrence {

  private final Progression progression;
  private final Diagrams diagrams;
  private final Diagrams made;
  private final Tuples states = new Tuples();
  private final PairMap known = new PairMap();
  private final int fresh;

  private Recurrence(Formula f, Meter meter) {
    this.progression = new Progression(meter, f, Reading.INFINITE);
    this.diagrams = progression.diagrams();
    this.made = new Diagrams(meter);
    progression.assume(progression.tableau().realizable());
    this.fresh = progression.step(progression.initial());
  }

  static Component of(Formula f, Meter meter) {
    if (f instanceof Unary u
        && u.operator() == Operator.EVENTUALLY
        && u.window().isAll()
        && u.operand().looksBackOnly()
        && u.operand().looksAheadOnly()) {
      return again(u.operand(), meter);
    }
    Recurrence recurrence = new Recurrence(f, meter);
    List<Integer> next = new ArrayList<>();
    recurrence.states.number(new int[] {Diagrams.TRUE, Diagrams.TRUE});
    for (int s = 0; s < recurrence.states.size(); s++) {
      meter.states(recurrence.states.size());
      next.add(recurrence.step(recurrence.states.tuple(s)));
    }
    return new Component(recurrence.made, 0, next.stream().mapToInt(i -> i).toArray(), false);
  }

  /** {@code G F f} where f is about one letter: one state. */
  private static Component again(Formula f, Meter meter) {
    Progression progression = new Progression(meter, f, Reading.CURRENT);
    int now = progression.step(progression.initial());
    Diagrams made = new Diagrams(meter);
    int next = made.copier(progression.diagrams(), n -> n).applyAsInt(now);
    return new Component(made, 0, new int[] {next}, false);
  }

  /** The obligations at hand and those that came since. */
  private int step(int[] state) {
    int current = progression.step(state[0]);
    int later = diagrams.and(progression.step(state[1]), fresh);
    return edges(current, later);
  }

  private int edges(int current, int later) {
    int edge = known.get(current, later);
    if (edge == IntMap.NONE) {
      int v = Math.min(diagrams.first(current), diagrams.first(later));
      if (v >= progression.atoms()) {
        edge = Diagrams.leaf(edge(progression.reduced(current), progression.reduced(later)));
      } else {
        int low = edges(diagrams.restrict(current, v, false), diagrams.restrict(later, v, false));
        int high = edges(diagrams.restrict(current, v, true), diagrams.restrict(later, v, true));
        edge = made.node(v, low, high);
      }
      known.put(current, later, edge);
    }
    return edge;
  }

  private int edge(int current, int later) {
    boolean met = current == Diagrams.TRUE;
    int at = met ? later : current;
    // What is met whenever the obligations at hand are need not wait for its turn.
    int since = met || diagrams.implies(current, later) ? Diagrams.TRUE : later;
    return 2 * states.number(new int[] {at, since}) + (met ? 1 : 0);
  }
}
