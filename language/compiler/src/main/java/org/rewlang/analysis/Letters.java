package org.rewlang.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.Diagrams;
import org.rewlang.model.Base;
import org.rewlang.model.Interval;
import org.rewlang.model.Operation;
import org.rewlang.model.Term;

/**
 * Which values atoms can have together: comparisons of one number with constants depend on each
 * other, and on the number's range. Other atoms are taken to be free.
 */
final class Letters {

  /** More constants of one number are taken to be free. */
  private static final int MOST = 200;

  private final Diagrams diagrams;
  private final Ranges ranges;

  /**
   * A comparison of a number with a constant: {@code number op constant}, or the other way round.
   */
  private record Compared(Guards.Atom atom, Operation op, double constant, boolean first) {

    /** Whether it holds of all numbers above {@code low} and below {@code high}, or at a point. */
    boolean holds(double low, double high) {
      return switch (op) {
        case EQUAL -> low == constant && high == constant;
        case LESS ->
            first ? high <= constant && low < constant : low >= constant && high > constant;
        default -> first ? high <= constant : low >= constant;
      };
    }
  }

  Letters(Diagrams diagrams, Ranges ranges) {
    this.diagrams = diagrams;
    this.ranges = ranges;
  }

  /**
   * What can occur, as a condition.
   *
   * @param exclusive events of each list that don't occur together; their atoms join the others
   */
  int possible(Guards guards, List<List<Term>> exclusive) {
    exclusive.forEach(events -> events.forEach(guards::of));
    int result = possible(guards.atoms());
    for (List<Term> events : exclusive) {
      int none = Diagrams.TRUE;
      int one = Diagrams.TRUE;
      // At most one of them: none so far, or one so far and not this one.
      for (Term event : events) {
        int holds = guards.of(event).yes();
        one = diagrams.and(one, diagrams.not(diagrams.and(diagrams.not(none), holds)));
        none = diagrams.and(none, diagrams.not(holds));
      }
      result = diagrams.and(result, one);
    }
    return result;
  }

  /** What can occur, as a condition. */
  int possible(List<Guards.Atom> atoms) {
    int result = Diagrams.TRUE;
    Map<Integer, List<Compared>> groups = new LinkedHashMap<>();
    Map<Integer, Term> numbers = new LinkedHashMap<>();
    for (Guards.Atom atom : atoms) {
      int holds = diagrams.variableIs(atom.variable());
      if (ranges.fact(atom.term()) instanceof Fact.Truth t) {
        result = t.isAlwaysTrue() ? diagrams.and(result, holds) : result;
        result = t.isAlwaysFalse() ? diagrams.and(result, diagrams.not(holds)) : result;
      }
      if (atom.term() instanceof Term.Apply apply && apply.operands().size() == 2) {
        Term left = apply.operands().getFirst();
        Term right = apply.operands().getLast();
        Double a = constant(left);
        Double b = constant(right);
        boolean compares =
            apply.op() == Operation.LESS
                || apply.op() == Operation.LESS_EQUAL
                || apply.op() == Operation.EQUAL;
        Double value = a == null ? b : a;
        if (compares && value != null && (a == null || b == null)) {
          Term number = a == null ? left : right;
          int key = ranges.graph().number(number);
          numbers.putIfAbsent(key, number);
          groups
              .computeIfAbsent(key, _ -> new ArrayList<>())
              .add(new Compared(atom, apply.op(), value, a == null));
        }
      }
    }
    for (Map.Entry<Integer, List<Compared>> group : groups.entrySet()) {
      Term number = numbers.get(group.getKey());
      if (number != null && group.getValue().size() <= MOST) {
        result = diagrams.and(result, together(number, group.getValue()));
      }
    }
    return result;
  }

  private @Nullable Double constant(Term term) {
    if (term.type().base() == Base.BOOL) {
      return null;
    }
    double value = Terms.constant(term);
    return Double.isNaN(value) ? null : value;
  }

  /** Goes through the points and the gaps between them in which the number may lie. */
  private int together(Term number, List<Compared> group) {
    TreeSet<Double> points = new TreeSet<>();
    group.forEach(c -> points.add(c.constant));
    Interval range = ranges.interval(number);
    boolean whole = number.type().base() != Base.REAL;
    int result = Diagrams.FALSE;
    double before = Double.NEGATIVE_INFINITY;
    List<Double> ends = new ArrayList<>(points);
    ends.add(Double.POSITIVE_INFINITY);
    for (double end : ends) {
      boolean gap = end > before && range.low() < end && range.high() > before;
      if (whole && gap) {
        double least = Math.max(Math.floor(before) + 1, Math.ceil(range.low()));
        double most = Math.min(Math.ceil(end) - 1, Math.floor(range.high()));
        gap = least <= most;
      }
      if (gap) {
        result = diagrams.or(result, cube(group, before, end));
      }
      boolean hit = end <= range.high() && end >= range.low() && !Double.isInfinite(end);
      if (hit && (!whole || end == Math.rint(end))) {
        result = diagrams.or(result, cube(group, end, end));
      }
      before = end;
    }
    return result;
  }

  private int cube(List<Compared> group, double low, double high) {
    int result = Diagrams.TRUE;
    for (Compared c : group) {
      int holds = diagrams.variableIs(c.atom.variable());
      result = diagrams.and(result, c.holds(low, high) ? holds : diagrams.not(holds));
    }
    return result;
  }
}
