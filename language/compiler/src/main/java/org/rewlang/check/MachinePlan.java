package org.rewlang.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rewlang.analysis.Guards;
import org.rewlang.automata.Diagrams;
import org.rewlang.automata.Limits;
import org.rewlang.automata.Meter;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Definition;
import org.rewlang.model.Machine;
import org.rewlang.model.Operation;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;

/**
 * What a machine does in each state under each answer of its guards.
 *
 * @param place where its tables are read: undefined where an unknown guard decides
 * @param outcomes by number: those of the edges, then those of staying in each state
 * @param guards of the edges
 */
record MachinePlan(
    Term place,
    Lookup lookup,
    List<Outcome> outcomes,
    List<Guard> guards,
    List<List<Term>> exclusive) {

  /**
   * The guard of an edge.
   *
   * @param condition what must hold; null if nothing must
   * @param late whether the state was held long enough; null if that doesn't matter
   * @param after how many steps that is
   */
  record Guard(@Nullable Term condition, @Nullable Term late, int after) {}

  /**
   * Where a step leads.
   *
   * @param edge the edge that fires; {@link #STAYS}, or {@link #OVER} in a final state
   */
  record Outcome(int edge, int to) {}

  static final int STAYS = -1;
  static final int OVER = -2;

  /** What happens at a place; where a guard decides that is unknown, anything. */
  Outcome outcome(int place) {
    int leaf = lookup.leaves()[place];
    return outcomes.get(leaf < outcomes.size() ? leaf : 0);
  }

  /**
   * @param own the state before the step, {@code before} of this element
   */
  static @Nullable MachinePlan of(
      Chart chart,
      List<Guard> guards,
      List<List<Term>> exclusive,
      Term own,
      Definition before,
      Session session,
      Location at) {
    Limits.Outcome<MachinePlan> made =
        session.automata.spend(
            limits ->
                limits.attempt(
                    meter ->
                        new Maker(chart, guards, before, session, at, meter).make(own, exclusive)));
    if (made instanceof Limits.Refused<MachinePlan> refused) {
      session.reporter.report(
          Diagnostic.of(
                  Code.AUTOMATON_LIMIT,
                  "the guards of `" + chart.states().name() + "` are too entangled",
                  at.source(),
                  at.span())
              .label("needs more than " + refused.bounds())
              .hint("name what several guards ask for with an `event` of its own state"));
    }
    return made.orNull();
  }

  private static final class Maker {
    private final Chart chart;
    private final List<Guard> guards;
    private final Definition before;
    private final Location at;
    private final Diagrams diagrams;
    private final Guards conditions;
    private final List<Outcome> outcomes = new ArrayList<>();

    Maker(
        Chart chart,
        List<Guard> guards,
        Definition before,
        Session session,
        Location at,
        Meter meter) {
      this.chart = chart;
      this.guards = guards;
      this.before = before;
      this.at = at;
      diagrams = new Diagrams(meter);
      conditions = new Guards(diagrams, session.knowledge::mayBeUnknown);
    }

    MachinePlan make(Term own, List<List<Term>> exclusive) {
      for (int e = 0; e < chart.edges().size(); e++) {
        outcomes.add(new Outcome(e, chart.edges().get(e).to()));
      }
      int states = chart.names().size();
      for (int s = 0; s < states; s++) {
        outcomes.add(new Outcome(chart.over().get(s) ? OVER : STAYS, s));
      }
      int[] roots = new int[states];
      List<List<Integer>> leaving = new ArrayList<>();
      for (int s = 0; s < states; s++) {
        leaving.add(new ArrayList<>());
      }
      for (int e = 0; e < chart.edges().size(); e++) {
        int edge = e;
        chart.edges().get(e).from().stream().forEach(s -> leaving.get(s).add(edge));
      }
      for (int s = 0; s < states; s++) {
        roots[s] = root(s, leaving.get(s));
      }
      List<Guards.Atom> atoms = conditions.atoms();
      Term which = Terms.retype(own, Type.INT);
      Lookup lookup = Lookup.of(diagrams, roots, atoms, which, at);
      Term place = lookup.decided(outcomes.size() + 1, atoms);
      boolean sure = place == lookup.place();
      return new MachinePlan(place, sure ? lookup : lookup.unless(), outcomes, guards, exclusive);
    }

    /** The edges that leave a state, tried in order; where one is unknown, which atom is. */
    private int root(int state, List<Integer> edges) {
      int result = Diagrams.leaf(chart.edges().size() + state);
      Function<Term, @Nullable Boolean> known = atom -> isIn(atom, state);
      for (int e : edges.reversed()) {
        int otherwise = result;
        result = Diagrams.leaf(e);
        Guard guard = guards.get(e);
        for (Term part : new Term[] {guard.condition(), guard.late()}) {
          if (part != null) {
            Guards.Truth truth = conditions.of(part, known);
            int unless = diagrams.ite(truth.no(), otherwise, unknown(truth));
            result = diagrams.ite(truth.yes(), result, unless);
          }
        }
      }
      return result;
    }

    /** Whether an atom that compares the machine's own state holds in a state. */
    private @Nullable Boolean isIn(Term atom, int state) {
      if (atom instanceof Term.Apply apply && apply.op() == Operation.EQUAL) {
        Term a = apply.operands().getFirst();
        Term b = apply.operands().getLast();
        if (b instanceof Term.Const c && Machine.reads(a, before)) {
          return c.value() == state;
        }
        if (a instanceof Term.Const c && Machine.reads(b, before)) {
          return c.value() == state;
        }
      }
      return null;
    }

    /** The first atom of a condition that is unknown. */
    private int unknown(Guards.Truth truth) {
      int result = Diagrams.leaf(outcomes.size());
      BitSet asked = new BitSet();
      asked.or(diagrams.support(truth.yes()));
      asked.or(diagrams.support(truth.no()));
      List<Guards.Atom> atoms = conditions.atoms();
      for (int i = atoms.size() - 1; i >= 0; i--) {
        Guards.Atom atom = atoms.get(i);
        if (atom.mayBeUnknown() && asked.get(atom.variable())) {
          int yes = diagrams.variableIs(atom.variable());
          int no = diagrams.variableIs(atom.variable() + 1);
          result =
              diagrams.ite(diagrams.or(yes, no), result, Diagrams.leaf(outcomes.size() + 1 + i));
        }
      }
      return result;
    }
  }
}
