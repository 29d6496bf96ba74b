package org.rewlang.automata;

import java.util.function.IntPredicate;
import org.rewlang.automata.Limits.Outcome;
import org.rewlang.automata.Progression.Reading;

/**
 * A formula on one word, letter by letter, without an automaton: only the states that the word
 * visits are made. For formulas whose automaton is past its limits.
 *
 * <p>Verdicts are right but can be late: that no continuation changes the truth is known only where
 * nothing is left to hold.
 */
public final class Run {

  /** Nodes after which what is no longer needed is dropped. */
  private static final int FULL = 200_000;

  private final Formula formula;
  private final Limits limits;
  private Meter meter;
  private Progression progression;
  private int state;

  private Run(Formula formula, Limits limits, Meter meter) {
    this.formula = formula;
    this.limits = limits;
    this.meter = meter;
    this.progression = new Progression(meter, formula, Reading.WHOLE);
    this.state = progression.initial();
  }

  /** Of words at whose first position the formula holds, before the first letter. */
  public static Outcome<Run> of(Formula formula, Limits limits) {
    return limits.attempt(meter -> new Run(formula, limits, meter));
  }

  /** Reads a letter, given as which atoms hold; the verdict after it. The limits are a letter's. */
  public Outcome<Verdict> read(IntPredicate letter) {
    return limits.attempt(
        meter,
        () -> {
          state = progression.step(state, letter);
          if (progression.diagrams().count() > FULL) {
            dropUnused();
          }
          return verdict();
        });
  }

  private void dropUnused() {
    Diagrams old = progression.diagrams();
    meter = new Meter(limits);
    progression = new Progression(meter, formula, Reading.WHOLE);
    state = progression.diagrams().copier(old, n -> n).applyAsInt(state);
  }

  /** What is known of the letters read so far. */
  public Verdict verdict() {
    boolean accepts = progression.accepts(state);
    int left = progression.left(state);
    return left == Diagrams.TRUE
        ? Verdict.SATISFIED
        : left == Diagrams.FALSE
            ? Verdict.VIOLATED
            : accepts ? Verdict.PRESUMABLY_SATISFIED : Verdict.PRESUMABLY_VIOLATED;
  }
}
