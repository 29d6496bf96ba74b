package org.rewlang.automata;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.Limits.Limit;
import org.rewlang.automata.Progression.Reading;

/** From a formula to a minimal automaton. */
final class Construction {

  /** What the first, plainest way may use: enough for most formulas. */
  private static final int FIRST_STATES = 5_000;

  private static final int FIRST_NODES = 500_000;

  private Construction() {}

  /**
   * The minimal automaton. Tries what is quickest for most formulas, then what keeps states few on
   * the way: progression that knows which promises exclude or imply each other, and the product of
   * the minimal automata of parts.
   */
  static Moore of(Formula formula, Reading reading, Meter meter) {
    Meter first = meter.part(FIRST_STATES, FIRST_NODES);
    Moore made = tried(() -> progress(formula, reading, false, first));
    if (made == null) {
      Meter second = meter.part(FIRST_STATES, FIRST_NODES);
      made = tried(() -> progress(formula, reading, true, second));
    }
    if (made == null) {
      made = combine(formula, reading, meter);
    }
    return made != null ? made : progress(formula, reading, true, meter);
  }

  private static @Nullable Moore tried(Supplier<@Nullable Moore> way) {
    try {
      return way.get();
    } catch (Meter.Exceeded e) {
      if (e.limit == Limit.TIME || e.limit == Limit.WINDOWS) {
        throw e;
      }
      return null;
    }
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
    return search
        .from(
            progression.reduced(progression.initial()),
            state -> letters.applyAsInt(progression.step(state)),
            state -> progression.accepts(state) ? 1 : 0)
        .minimal(meter);
  }

  /** The product of the automata of parts, smallest first; null if there are no parts. */
  static @Nullable Moore combine(Formula formula, Reading reading, Meter meter) {
    Parts parts = Parts.of(formula, reading == Reading.WHOLE);
    if (parts == null) {
      return null;
    }
    PriorityQueue<Moore> open = new PriorityQueue<>(Comparator.comparingInt(Moore::size));
    for (Formula part : parts.formulas()) {
      open.add(of(part, reading, meter));
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
