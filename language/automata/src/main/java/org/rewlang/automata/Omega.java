package org.rewlang.automata;

import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.Limits.Outcome;

/** A formula on infinite words: what can be said of its words' beginnings, and its class. */
public final class Omega {

  private final Moore residuals;
  private final BitSet accepting;
  private final Moore monitor;
  private final FormulaClass formulaClass;

  /**
   * @param residuals each state's output is the ordinal of a verdict
   * @param accepting states of those: a word that stays among them for ever satisfies
   */
  Omega(Moore residuals, BitSet accepting, FormulaClass formulaClass, Meter meter) {
    this.residuals = residuals;
    this.accepting = accepting;
    this.formulaClass = formulaClass;
    this.monitor = residuals.minimal(meter);
  }

  /** An obligation's automaton says all; other formulas are asked for the words they leave. */
  public static Outcome<Omega> of(Formula formula, Limits limits) {
    return limits.attempt(meter -> DeepStack.withRoomFor(formula, () -> make(formula, meter)));
  }

  private static Omega make(Formula formula, Meter meter) {
    int half = meter.nodesLeft() / 2;
    Omega made = meter.part(half, m -> Obligation.of(formula, m));
    return made != null ? made : new Residuals(formula, meter).omega();
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

  /** The same automaton, by itself. */
  Monitor monitor() {
    return Monitor.judging(monitor);
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
}
