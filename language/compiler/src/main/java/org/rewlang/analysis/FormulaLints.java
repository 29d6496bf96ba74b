package org.rewlang.analysis;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.rewlang.automata.Allowance;
import org.rewlang.automata.Diagrams;
import org.rewlang.automata.Formula;
import org.rewlang.automata.Limits;
import org.rewlang.automata.Meter;
import org.rewlang.automata.Monitor;
import org.rewlang.automata.Verdict;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Model;
import org.rewlang.model.Watch;
import org.rewlang.source.Source;

/** What is probably wrong with a formula: what it says of all episodes that can occur. */
final class FormulaLints {

  private final Watch watch;
  private final Monitor monitor;
  private final Diagrams diagrams;
  private final int possible;

  /** To the diagrams here. */
  private final IntUnaryOperator copy;

  private FormulaLints(Watch watch, Ranges ranges, Meter meter) {
    this.watch = watch;
    monitor = watch.monitor();
    diagrams = new Diagrams(meter);
    copy = diagrams.copier(monitor.diagrams(), s -> s);
    List<Guards.Atom> atoms = new ArrayList<>();
    for (Watch.Condition atom : watch.atoms()) {
      if (atom.term().type().isScalar()) {
        atoms.add(new Guards.Atom(atom.term(), atom.name(), atoms.size(), false));
      }
    }
    // Of what each agent has nothing is known to depend on each other.
    boolean scalar = atoms.size() == watch.atoms().size();
    possible = scalar ? new Letters(diagrams, ranges).possible(atoms) : Diagrams.TRUE;
  }

  static List<Diagnostic> find(Source source, Model model, Ranges ranges) {
    List<Diagnostic> all = new ArrayList<>();
    Allowance allowance = new Allowance(Limits.USUAL);
    for (Watch watch : model.watches()) {
      if (watch.at().source() == source && !watch.endless()) {
        List<Diagnostic> of =
            allowance
                .spend(limits -> limits.attempt(m -> new FormulaLints(watch, ranges, m).find()))
                .orNull();
        all.addAll(of == null ? List.of() : of);
      }
    }
    return all;
  }

  private List<Diagnostic> find() {
    BitSet after = new BitSet();
    BitSet open = new BitSet();
    open.set(monitor.initial());
    while (!open.isEmpty()) {
      int state = open.nextSetBit(0);
      open.clear(state);
      diagrams.leaves(next(state, s -> s)).stream()
          .filter(s -> s < monitor.size() && !after.get(s))
          .forEach(
              s -> {
                after.set(s);
                open.set(s);
              });
    }
    long satisfying = after.stream().filter(s -> truth(s) == 1).count();
    if (satisfying == 0 || satisfying == after.cardinality()) {
      String who = satisfying == 0 ? "no episode satisfies `" : "every episode satisfies `";
      return List.of(
          at(Code.CONSTANT_FORMULA, who + watch.name() + "`")
              .label(satisfying == 0 ? "violated, whatever happens" : "satisfied, whatever happens")
              .build());
    }
    if (isOfLastLetter(after) && !speaksOfLast(watch.formula())) {
      return List.of(
          at(
                  Code.LAST_STEP_FORMULA,
                  "`" + watch.name() + "` says no more than what holds in the last step")
              .label("on episodes that end, whatever was before")
              .hint(
                  "say how soon, as in `always(eventually[0, 20](…))`, or read endless words with"
                      + " `infinite = true`")
              .build());
    }
    return List.of();
  }

  private Diagnostic.Builder at(Code code, String message) {
    return Diagnostic.of(code, message, watch.at().source(), watch.at().span());
  }

  /** Where the letters that can occur lead; a state that there isn't for the others. */
  private int next(int state, IntUnaryOperator of) {
    int all = diagrams.atLeaves(s -> Diagrams.leaf(of.applyAsInt(s))).applyAsInt(copied(state));
    return diagrams.ite(possible, all, Diagrams.leaf(monitor.size()));
  }

  private int copied(int state) {
    return copy.applyAsInt(monitor.next(state));
  }

  private int truth(int state) {
    return monitor.verdict(state).closed() == Verdict.SATISFIED ? 1 : 0;
  }

  /** Whether the truth after a letter is the same whatever was before it. */
  private boolean isOfLastLetter(BitSet states) {
    int first = next(monitor.initial(), this::truth);
    return states.stream().allMatch(s -> next(s, this::truth) == first);
  }

  private static boolean speaksOfLast(Formula formula) {
    return formula.equals(Formula.LAST)
        || formula.parts().stream().anyMatch(FormulaLints::speaksOfLast);
  }
}
