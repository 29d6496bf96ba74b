package org.rewlang.automata;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.Limits.Outcome;
import org.rewlang.automata.Progression.Reading;

/**
 * A formula on infinite words: what can be said of its words' beginnings, and its class.
 *
 * <p>The states of the progression are sets of infinite words. Which of them are empty or full is
 * one question to the points that infinite words realize, asked once for all states.
 */
public final class Omega {

  private final Formula formula;
  private final Progression progression;
  private final Tableau tableau;
  private final int realizable;
  private final Exploration search;

  /** Each state's output is the ordinal of a verdict. */
  private final Moore residuals;

  private final Moore monitor;
  private final FormulaClass formulaClass;

  /** States of {@link #residuals}: a word that stays among them for ever satisfies. */
  private final BitSet accepting = new BitSet();

  private Omega(Formula formula, Meter meter) {
    this.formula = formula;
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
    this.monitor = residuals.minimal(meter);
    this.formulaClass = classify();
  }

  public static Outcome<Omega> of(Formula formula, Limits limits) {
    return limits.attempt(meter -> DeepStack.withRoomFor(formula, () -> new Omega(formula, meter)));
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

  /** How many states the least monitor has. */
  public int size() {
    return monitor.size();
  }

  public int initial() {
    return monitor.initial();
  }

  public Diagrams diagrams() {
    return monitor.diagrams();
  }

  /** A diagram over atoms whose leaves hold the monitor's next state. */
  public int next(int state) {
    return monitor.next()[state];
  }

  public int next(int state, IntPredicate letter) {
    return monitor.step(state, letter);
  }

  /** What is known in a state: satisfied, violated or unknown. */
  public Verdict verdict3(int state) {
    return Verdict.values()[monitor.outputs()[state]];
  }

  /** A shortest beginning that decides so; null if there is none. */
  public @Nullable List<Cube> shortest(Verdict verdict) {
    return monitor.shortest(output -> output == verdict.ordinal());
  }

  /** Some infinite word satisfies it. */
  public boolean isSatisfiable() {
    return verdict3(initial()) != Verdict.VIOLATED;
  }

  /** All infinite words satisfy it. */
  public boolean isValid() {
    return verdict3(initial()) == Verdict.SATISFIED;
  }

  /** No beginning of a word decides it. */
  public boolean isNeverDecided() {
    return size() == 1 && verdict3(0) == Verdict.UNKNOWN;
  }

  /**
   * Of an obligation: an automaton of whose states a word that satisfies visits those with output 1
   * for ever, and any other only those with output 0.
   */
  Moore weak() {
    return residuals.withOutputs(s -> accepting.get(s) ? 1 : 0);
  }

  public FormulaClass formulaClass() {
    return formulaClass;
  }

  /**
   * What words do that stay in states that lead to each other for ever: if all of them satisfy or
   * all violate, the formula is an obligation. Recurrence and persistence are read off its shape.
   */
  private FormulaClass classify() {
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
