package org.rewlang.automata;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.rewlang.automata.Progression.Reading;

/**
 * Any formula on infinite words: the states of the progression are sets of such words. Which of
 * them are empty or full is one question to the points that infinite words realize, asked once for
 * all states.
 */
final class Residuals {

  private final Formula formula;
  private final Meter meter;
  private final Progression progression;
  private final Tableau tableau;
  private final int realizable;
  private final Exploration search;

  /** Each state's output is the ordinal of a verdict. */
  private final Moore residuals;

  Residuals(Formula formula, Meter meter) {
    this.formula = formula;
    this.meter = meter;
    this.progression = new Progression(meter, formula, Reading.INFINITE);
    this.tableau = progression.tableau();
    this.realizable = tableau.realizable();
    progression.assume(realizable);
    this.search = new Exploration(meter);
    IntUnaryOperator letters = Construction.letters(progression, search, this::settled);
    this.residuals =
        search.from(
            settled(progression.initial()),
            state ->
                Diagrams.isLeaf(state)
                    ? Diagrams.leaf(search.number(state))
                    : letters.applyAsInt(progression.step(state)),
            state -> verdict(state).ordinal());
  }

  Omega omega() {
    BitSet accepting = new BitSet();
    FormulaClass named = classify(accepting);
    return new Omega(residuals, accepting, named, meter);
  }

  private Verdict verdict(int state) {
    Diagrams diagrams = progression.diagrams();
    int left = progression.left(state);
    int points = progression.inState(realizable, state);
    return diagrams.implies(points, left)
        ? Verdict.SATISFIED
        : diagrams.and(points, left) == Diagrams.FALSE ? Verdict.VIOLATED : Verdict.UNKNOWN;
  }

  /** One state for all that are decided alike. */
  private int settled(int state) {
    return switch (verdict(state)) {
      case SATISFIED -> Diagrams.TRUE;
      case VIOLATED -> Diagrams.FALSE;
      default -> progression.reduced(state);
    };
  }

  /**
   * What words do that stay in states that lead to each other for ever: if all of them satisfy or
   * all violate, the formula is an obligation. Recurrence and persistence are read off its shape.
   *
   * @param accepting receives the states in which those words satisfy
   */
  private FormulaClass classify(BitSet accepting) {
    Set<FormulaClass> shape = FormulaClass.byShape(formula);
    for (int s = 0; s < residuals.size(); s++) {
      Verdict verdict = Verdict.values()[residuals.outputs()[s]];
      boolean inSafety = verdict == Verdict.UNKNOWN && shape.contains(FormulaClass.SAFETY);
      accepting.set(s, verdict == Verdict.SATISFIED || inSafety);
    }
    if (shape.contains(FormulaClass.SAFETY)) {
      return FormulaClass.SAFETY;
    }
    boolean safety = true;
    boolean coSafety = true;
    boolean obligation = true;
    Diagrams diagrams = progression.diagrams();
    IntUnaryOperator copier = diagrams.copier(residuals.diagrams(), s -> s);
    int[] next = Arrays.stream(residuals.next()).map(copier).toArray();
    for (BitSet states : Components.of(residuals)) {
      int state = states.nextSetBit(0);
      if (residuals.outputs()[state] != Verdict.UNKNOWN.ordinal()) {
        continue;
      }
      int[] staying = tableau.realizable(next, states::get);
      int left = progression.left(search.key(state));
      int points = progression.inState(staying[state], search.key(state));
      boolean canSatisfy = diagrams.and(points, left) != Diagrams.FALSE;
      boolean canViolate = !diagrams.implies(points, left);
      if (!canViolate) {
        accepting.or(states);
      }
      safety &= !canViolate;
      coSafety &= !canSatisfy;
      obligation &= !canViolate || !canSatisfy;
    }
    return safety
        ? FormulaClass.SAFETY
        : coSafety
            ? FormulaClass.CO_SAFETY
            : obligation
                ? FormulaClass.OBLIGATION
                : shape.contains(FormulaClass.RECURRENCE)
                    ? FormulaClass.RECURRENCE
                    : shape.contains(FormulaClass.PERSISTENCE)
                        ? FormulaClass.PERSISTENCE
                        : FormulaClass.REACTIVITY;
  }
}
