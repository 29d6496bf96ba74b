package org.rewlang.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntBinaryOperator;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.rewlang.analysis.Guards;
import org.rewlang.automata.Diagrams;
import org.rewlang.automata.Formula;
import org.rewlang.automata.Limits;
import org.rewlang.automata.Limits.Outcome;
import org.rewlang.automata.Meter;
import org.rewlang.automata.Monitor;
import org.rewlang.automata.Verdict;
import org.rewlang.model.Definition;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;

/**
 * A formula watched step by step: its automaton as constant arrays, read where the state before and
 * its atoms lead. One number is kept, however large the automaton is.
 *
 * @param atoms of the formula {@code of}, by number
 * @param place where the arrays are read: undefined where an unknown atom decides
 * @param state after the step
 */
record Watching(
    Formula of,
    List<Guards.Atom> atoms,
    Monitor monitor,
    Lookup lookup,
    Term place,
    Definition state) {

  /**
   * The automaton of a formula.
   *
   * @param of the formula, its atoms numbered as in {@code atoms}
   */
  record Judged(Formula of, List<Guards.Atom> atoms, Monitor monitor) {}

  /**
   * The automaton of a formula, at the place where its atoms are read.
   *
   * @param infinite whether words go on for ever, or may end with any step
   */
  static Outcome<Judged> judge(
      Formula formula, boolean infinite, Limits limits, Session session, Location at) {
    Conditions given = new Conditions(session);
    Formula counted = LongWindows.shortened(formula.replace(given::met), given, limits, at.point());
    Conditions conditions = new Conditions(session);
    Formula own = counted.replace(atom -> conditions.add(given.atom(atom)));
    Outcome<Monitor> made = infinite ? Monitor.infinite(own, limits) : Monitor.finite(own, limits);
    return made.then(monitor -> new Judged(own, conditions.atoms(), monitor));
  }

  /** The same, watched. */
  static Outcome<Watching> of(
      Formula formula, boolean infinite, Limits limits, Session session, Location at) {
    return switch (judge(formula, infinite, limits, session, at)) {
      case Limits.Made<Judged>(Judged judged) -> limits.attempt(meter -> of(judged, meter, at));
      case Limits.Refused<Judged>(Limits.Limit limit, long bound) ->
          new Limits.Refused<>(limit, bound);
    };
  }

  private static Watching of(Judged judged, Meter meter, Location of) {
    Location at = of.point();
    Monitor monitor = judged.monitor;
    Definition state = new Definition("state", Definition.Kind.LOCAL, Type.INT, null, at);
    Term initial = Terms.integer(monitor.initial(), at);
    Term before = new Term.Prev(new Term.Ref(state, Type.INT, at), initial, false, Type.INT, at);
    Lookup lookup = lookup(monitor, judged.atoms, before, meter, at);
    Term place = Functions.shared("place", lookup.decided(monitor.size(), judged.atoms), at);
    Watching watching = new Watching(judged.of, judged.atoms, monitor, lookup, place, state);
    state.define(watching.table(Type.INT, s -> s));
    return watching;
  }

  /**
   * Where a monitor's step leads, as arrays: the leaves are its states, and behind them one for
   * each atom that decides and is unknown.
   *
   * @param before the state before the step
   */
  static Lookup lookup(
      Monitor monitor, List<Guards.Atom> atoms, Term before, Meter meter, Location at) {
    Diagrams diagrams = new Diagrams(meter);
    IntUnaryOperator lifted = new Lifting(diagrams, monitor, atoms);
    int[] roots = new int[monitor.size()];
    for (int s = 0; s < roots.length; s++) {
      roots[s] = lifted.applyAsInt(monitor.next(s));
    }
    return Lookup.of(diagrams, roots, atoms, before, at);
  }

  /** The same, read where another term says. */
  Watching where(Term there) {
    return new Watching(of, atoms, monitor, lookup, there, state);
  }

  /** What an array has for the state after the step. */
  Term table(Type type, IntFunction<? extends Number> ofState) {
    Lookup there = place == lookup.place() ? lookup : lookup.where(place).unless();
    int[] leaves = lookup.leaves();
    return there.table(
        i -> ofState.apply(leaves[i] < monitor.size() ? leaves[i] : 0).doubleValue(), type);
  }

  /** Whether some word begins so that this is its verdict. */
  boolean canBe(Verdict verdict) {
    return IntStream.range(0, monitor.size()).anyMatch(s -> monitor.verdict(s) == verdict);
  }

  /**
   * Whether this verdict is final.
   *
   * @param terminated whether the word ends with this step; asked for only where it matters
   */
  Term isFinal(Verdict verdict, java.util.function.Supplier<Term> terminated, Location at) {
    Term sure = table(Type.BOOL, s -> monitor.verdict(s) == verdict ? 1 : 0);
    boolean ends = false;
    for (int s = 0; s < monitor.size(); s++) {
      ends |= monitor.verdict(s) != verdict && monitor.verdict(s).closed() == verdict;
    }
    if (!ends) {
      return sure;
    }
    Term closed = table(Type.BOOL, s -> monitor.verdict(s).closed() == verdict ? 1 : 0);
    return Terms.select(terminated.get(), closed, sure, at);
  }

  /**
   * How near the episode is to satisfying, 0 to 1: 1 where it does if it ends here, 0 where it
   * never will, and from where most steps are needed.
   */
  Term progress() {
    int[] distances = monitor.distances();
    int most = Arrays.stream(distances).max().orElse(0);
    return table(
        Type.REAL, s -> distances[s] < 0 ? 0 : most == 0 ? 1 : 1 - distances[s] / (double) most);
  }

  /** What satisfying is worth after the step, at the soonest. */
  Term worth(double discount, double sign) {
    int[] distances = monitor.distances();
    return table(Type.REAL, s -> worth(distances[s], discount, sign));
  }

  /** What it is worth before the first step. */
  double firstWorth(double discount, double sign) {
    return worth(monitor.distances()[monitor.initial()], discount, sign);
  }

  private static double worth(int distance, double discount, double sign) {
    double worth = distance < 0 ? 0 : 1;
    for (int i = 0; i < distance; i++) {
      worth *= discount;
    }
    return worth == 0 ? 0 : sign * worth;
  }

  /**
   * From diagrams over atoms that hold or don't to such where they may be unknown: where that
   * decides, a leaf behind those of the states says which atom it is.
   */
  private static final class Lifting implements IntUnaryOperator {
    private final Diagrams diagrams;
    private final Monitor monitor;
    private final List<Guards.Atom> atoms;
    private final Map<Integer, Integer> known = new HashMap<>();
    private final List<IntBinaryOperator> joins = new ArrayList<>();

    Lifting(Diagrams diagrams, Monitor monitor, List<Guards.Atom> atoms) {
      this.diagrams = diagrams;
      this.monitor = monitor;
      this.atoms = atoms;
      for (int i = 0; i < atoms.size(); i++) {
        int unknown = monitor.size() + i;
        joins.add(diagrams.pointwise((m, n) -> m == n ? m : unknown));
      }
    }

    @Override
    public int applyAsInt(int diagram) {
      if (Diagrams.isLeaf(diagram)) {
        return diagram;
      }
      Integer before = known.get(diagram);
      if (before != null) {
        return before;
      }
      Diagrams from = monitor.diagrams();
      int number = from.variable(diagram);
      Guards.Atom atom = atoms.get(number);
      int low = applyAsInt(from.low(diagram));
      int high = applyAsInt(from.high(diagram));
      if (atom.mayBeUnknown()) {
        int either = joins.get(number).applyAsInt(low, high);
        low = diagrams.ite(diagrams.variableIs(atom.variable() + 1), low, either);
      }
      int result = diagrams.ite(diagrams.variableIs(atom.variable()), high, low);
      known.put(diagram, result);
      return result;
    }
  }
}
