package org.rewlang.analysis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.Formula;
import org.rewlang.automata.Formula.Atom;
import org.rewlang.automata.Formula.Binary;
import org.rewlang.automata.Formula.Connective;
import org.rewlang.automata.Formula.Constant;
import org.rewlang.automata.Formula.Operator;
import org.rewlang.automata.Formula.Unary;
import org.rewlang.automata.Limits;
import org.rewlang.automata.Monitor;

/**
 * Which parts of a formula make no difference to which episodes satisfy it. A part does if putting
 * {@code true} or {@code false} in its place changes what the formula says. Only small formulas are
 * asked, so that the answer doesn't depend on how fast a machine is.
 */
final class Vacuity {

  /** How many states the automata may have, and how often atoms may stand in the formula. */
  private static final int STATES = 200;

  private static final int PLACES = 40;

  static final Limits SMALL = new Limits(STATES, 50_000, Duration.ofSeconds(1));

  private final Occurring occurring;
  private final Monitor monitor;
  private final List<Place> places = new ArrayList<>();

  private final List<Formula> triggers = new ArrayList<>();

  /**
   * Where an atom stands.
   *
   * @param with the whole formula with another part there
   */
  private record Place(int atom, UnaryOperator<Formula> with) {}

  Vacuity(Occurring occurring, Formula formula, Monitor monitor) {
    this.occurring = occurring;
    this.monitor = monitor;
    if (monitor.size() <= STATES && !find(formula, f -> f)) {
      places.clear();
      triggers.clear();
    }
  }

  /** Notes where atoms and triggers stand, unless there are too many. */
  private boolean find(Formula at, UnaryOperator<Formula> around) {
    if (at instanceof Atom(int number)) {
      places.add(new Place(number, around));
    }
    if (trigger(at) instanceof Formula trigger) {
      triggers.add(trigger);
    }
    return places.size() <= PLACES
        && switch (at) {
          case Constant _, Atom _ -> true;
          case Unary u ->
              find(u.operand(), f -> around.apply(new Unary(u.operator(), u.window(), f)));
          case Binary b ->
              find(
                      b.left(),
                      f -> around.apply(new Binary(b.connective(), b.window(), f, b.right())))
                  && find(
                      b.right(),
                      f -> around.apply(new Binary(b.connective(), b.window(), b.left(), f)));
        };
  }

  /** What another part is said to follow from; null if this is no implication. */
  private static @Nullable Formula trigger(Formula f) {
    return f instanceof Binary b && b.connective() == Connective.IMPLIES
        ? b.left()
        : f instanceof Binary or
                && or.connective() == Connective.OR
                && or.left() instanceof Unary not
                && not.operator() == Operator.NOT
            ? not.operand()
            : null;
  }

  /** What something is said to follow from, and no episode has; null if there is none. */
  @Nullable Formula impossibleTrigger() {
    for (Formula trigger : triggers) {
      Monitor ever = Monitor.finite(Formula.eventually(trigger), SMALL).orNull();
      if (ever != null
          && occurring.reached(ever).stream().allMatch(s -> Occurring.truth(ever, s) == 0)) {
        return trigger;
      }
    }
    return null;
  }

  /** Atoms that make no difference in at least one of their places. */
  Set<Integer> idle() {
    Set<Integer> idle = new LinkedHashSet<>();
    for (Place place : places) {
      if (isIdle(place)) {
        idle.add(place.atom);
      }
    }
    return idle;
  }

  private boolean isIdle(Place place) {
    for (Formula constant : List.of(Formula.TRUE, Formula.FALSE)) {
      Monitor without = Monitor.finite(place.with.apply(constant), SMALL).orNull();
      if (without == null || !occurring.agree(monitor, without)) {
        return false;
      }
    }
    return true;
  }
}
