package org.rewlang.automata;

import java.util.function.IntUnaryOperator;
import org.rewlang.automata.Progression.Reading;

/** From a formula to a minimal automaton. */
final class Construction {

  private Construction() {}

  static Moore of(Formula formula, Reading reading, Meter meter) {
    return progress(formula, reading, meter).minimal(meter);
  }

  private static Moore progress(Formula formula, Reading reading, Meter meter) {
    Progression progression = new Progression(meter, formula, reading);
    Exploration search = new Exploration(meter);
    int atoms = progression.atoms();
    Diagrams from = progression.diagrams();
    Diagrams made = search.diagrams();
    IntMap known = new IntMap();
    IntUnaryOperator copy =
        new IntUnaryOperator() {
          @Override
          public int applyAsInt(int diagram) {
            if (from.first(diagram) >= atoms) {
              return Diagrams.leaf(search.number(diagram));
            }
            int result = known.get(diagram);
            if (result == IntMap.NONE) {
              int low = applyAsInt(from.low(diagram));
              result = made.node(from.variable(diagram), low, applyAsInt(from.high(diagram)));
              known.put(diagram, result);
            }
            return result;
          }
        };
    return search.from(
        progression.initial(),
        state -> copy.applyAsInt(progression.step(state)),
        state -> progression.accepts(state) ? 1 : 0);
  }
}
