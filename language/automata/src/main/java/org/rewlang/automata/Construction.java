package org.rewlang.automata;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.Progression.Reading;

/** From a formula to a minimal automaton. */
final class Construction {

  /** What the first ways may use: enough for most formulas. */
  private static final int FIRST_NODES = 500_000;

  private Construction() {}

  /**
   * The minimal automaton. Tries what is quickest for most formulas, then what keeps states few on
   * the way: progression that knows which promises exclude or imply each other, and the product of
   * the minimal automata of parts.
   */
  static Moore of(Formula formula, Reading reading, Meter meter) {
    return DeepStack.withRoomFor(formula, () -> make(formula, reading, meter));
  }

  /**
   * An automaton on infinite words whose runs settle: each gets to states of one output and stays
   * among such, 1 if it satisfies. Null if the formula is no combination of safety and co-safety.
   */
  static @Nullable Moore settling(Formula formula, Meter meter) {
    return isCombination(formula) ? make(formula, Reading.INFINITE, meter) : null;
  }

  private static boolean isCombination(Formula formula) {
    if (isOneSided(formula)) {
      return true;
    }
    Parts parts = Parts.of(formula, true);
    return parts != null && parts.formulas().stream().allMatch(Construction::isCombination);
  }

  /** Either its violations or its satisfactions show after finitely many letters. */
  private static boolean isOneSided(Formula formula) {
    Set<FormulaClass> shape = FormulaClass.byShape(formula);
    return shape.contains(FormulaClass.SAFETY) || shape.contains(FormulaClass.CO_SAFETY);
  }

  private static Moore make(Formula formula, Reading reading, Meter meter) {
    boolean whole = reading != Reading.INFINITE || isOneSided(formula);
    Moore made = whole ? meter.part(FIRST_NODES, m -> progress(formula, reading, false, m)) : null;
    if (made == null && whole) {
      made = meter.part(FIRST_NODES, m -> progress(formula, reading, true, m));
    }
    if (made == null) {
      made = combine(formula, reading, meter);
    }
    if (made == null) {
      int half = meter.nodesLeft() / 2;
      made = meter.part(half, m -> progress(formula, reading, false, m));
    }
    return made != null ? made : progress(formula, reading, true, meter);
  }

  /**
   * @param narrow whether to find out first which promises exclude or imply each other: states that
   *     differ only in what no word can do become one
   */
  static Moore progress(Formula formula, Reading reading, boolean narrow, Meter meter) {
    Progression progression = new Progression(meter, formula, reading);
    if (narrow) {
      progression.assume(progression.facts());
    }
    Exploration search = new Exploration(meter);
    IntUnaryOperator letters = letters(progression, search, progression::reduced);
    IntPredicate accepting = accepting(progression, formula, reading);
    return search
        .from(
            progression.reduced(progression.initial()),
            state -> letters.applyAsInt(progression.step(state)),
            state -> accepting.test(state) ? 1 : 0)
        .minimal(meter);
  }

  /**
   * Of infinite words all that is not lost satisfies, or what is won alone, as the formula's shape
   * has it.
   */
  private static IntPredicate accepting(Progression progression, Formula formula, Reading reading) {
    if (reading != Reading.INFINITE) {
      return progression::accepts;
    }
    return FormulaClass.byShape(formula).contains(FormulaClass.SAFETY)
        ? state -> progression.left(state) != Diagrams.FALSE
        : state -> progression.left(state) == Diagrams.TRUE;
  }

  /** The product of the automata of parts, smallest first; null if there are no parts. */
  static @Nullable Moore combine(Formula formula, Reading reading, Meter meter) {
    Parts parts = Parts.of(formula, reading != Reading.CURRENT);
    if (parts == null) {
      return null;
    }
    PriorityQueue<Moore> open = new PriorityQueue<>(Comparator.comparingInt(Moore::size));
    for (Formula part : parts.formulas()) {
      open.add(make(part, reading, meter));
    }
    while (open.size() > 1) {
      open.add(open.remove().product(open.remove(), parts.output(), meter).minimal(meter));
    }
    Moore product = open.remove();
    return parts.negated() ? product.withOutputs(s -> 1 - product.outputs()[s]) : product;
  }

  /**
   * From diagrams over atoms, then states, to those over atoms whose leaves hold the states'
   * numbers.
   *
   * @param canonical of states, the one that stands for it
   */
  static IntUnaryOperator letters(
      Progression progression, Exploration search, IntUnaryOperator canonical) {
    int atoms = progression.atoms();
    Diagrams from = progression.diagrams();
    Diagrams made = search.diagrams();
    IntMap known = new IntMap();
    return new IntUnaryOperator() {
      @Override
      public int applyAsInt(int diagram) {
        int result = known.get(diagram);
        if (result == IntMap.NONE) {
          if (from.first(diagram) >= atoms) {
            result = Diagrams.leaf(search.number(canonical.applyAsInt(diagram)));
          } else {
            int low = applyAsInt(from.low(diagram));
            result = made.node(from.variable(diagram), low, applyAsInt(from.high(diagram)));
          }
          known.put(diagram, result);
        }
        return result;
      }
    };
  }
}
