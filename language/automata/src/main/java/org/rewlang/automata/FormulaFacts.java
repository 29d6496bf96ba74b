package org.rewlang.automata;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.rewlang.automata.Limits.Outcome;
import org.rewlang.automata.Monitor.Decision;

/**
 * What is known of a formula.
 *
 * @param infinite whether on words that go on for ever
 * @param formulaClass of its meaning on infinite words; past a limit that of its shape
 * @param monitor the least one, or the limit that was hit; of a formula that only looks back it is
 *     about the step that a word ends with
 */
public record FormulaFacts(
    Formula formula, boolean infinite, FormulaClass formulaClass, Outcome<Monitor> monitor) {

  /** What the class of a formula on finite words may cost: its shape bounds it anyway. */
  private static final Limits CLASS_ALONE = new Limits(1_000, 400_000, Duration.ofMillis(300));

  /** Builds what is known; the limits are for all of it. */
  public static FormulaFacts of(Formula formula, boolean infinite, Limits limits) {
    Allowance allowance = new Allowance(limits);
    FormulaClass shape = FormulaClass.ofShape(formula);
    if (infinite) {
      Outcome<Omega> made = allowance.spend(l -> Omega.of(formula, l));
      FormulaClass named = made.orNull() instanceof Omega omega ? omega.formulaClass() : shape;
      return new FormulaFacts(formula, true, named, made.then(Omega::monitor));
    }
    Outcome<Monitor> made =
        allowance.spend(
            l -> formula.isCurrent() ? Monitor.current(formula, l) : Monitor.finite(formula, l));
    return new FormulaFacts(formula, false, named(formula, shape, allowance), made);
  }

  /** No class is below safety, so where the shape says that, nothing is to be found out. */
  private static FormulaClass named(Formula formula, FormulaClass shape, Allowance allowance) {
    return shape != FormulaClass.SAFETY
            && allowance.spend(l -> Omega.of(formula, l.within(CLASS_ALONE))).orNull()
                instanceof Omega omega
        ? omega.formulaClass()
        : shape;
  }

  /** How many states the monitor has; empty past a limit. */
  public Optional<Integer> states() {
    return Optional.ofNullable(monitor.orNull()).map(Monitor::size);
  }

  /** Whether words' beginnings decide it; empty past a limit. */
  public Optional<Decision> decision() {
    return Optional.ofNullable(monitor.orNull()).map(Monitor::decision);
  }

  /**
   * Whether it is known in each step, or a verdict always stays possible before the end; empty past
   * a limit.
   */
  public Optional<Boolean> isMonitorable() {
    return decision().map(d -> d == Decision.ALWAYS || formula.isCurrent());
  }

  /** A shortest word, of at least one letter if words end, that satisfies or violates. */
  public Optional<List<Cube>> shortest(Verdict verdict) {
    return Optional.ofNullable(monitor.orNull()).map(m -> m.shortest(verdict, infinite));
  }

  /** For people, as a line: {@code co-safety, 3 states, decided on the way}. */
  public String summary() {
    String states = states().map(n -> n == 1 ? "1 state" : n + " states").orElse("states unknown");
    if (formula.isCurrent()) {
      return "about the step, " + states;
    }
    String when =
        decision()
            .map(
                d ->
                    switch (d) {
                      case ALWAYS -> ", decided on the way";
                      case SOMETIMES -> ", not always decided on the way";
                      case NEVER -> infinite ? ", never decided" : ", decided by the end alone";
                    })
            .orElse("");
    return formulaClass + ", " + states + when;
  }
}
