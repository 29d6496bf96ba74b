package org.rewlang.automata;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** Finds the states of an automaton from its first one on, and numbers them as they are met. */
final class Exploration {

  private final Meter meter;
  private final Diagrams diagrams;
  private final IntMap numbers = new IntMap();
  private int[] keys = new int[16];
  private int count;

  Exploration(Meter meter) {
    this.meter = meter;
    this.diagrams = new Diagrams(meter);
  }

  /** Those of the automaton to be. */
  Diagrams diagrams() {
    return diagrams;
  }

  /** The number of a state that is known by a key. */
  int number(int key) {
    int number = numbers.get(key);
    if (number == IntMap.NONE) {
      number = count++;
      meter.states(count);
      numbers.put(key, number);
      if (number == keys.length) {
        keys = Arrays.copyOf(keys, 2 * number);
      }
      keys[number] = key;
    }
    return number;
  }

  /** The key that a number was given for. */
  int key(int number) {
    return keys[number];
  }

  /**
   * All that is reachable.
   *
   * @param next of a key, a diagram whose leaves hold {@linkplain #number numbers} of keys
   * @param output of a key
   */
  Moore from(int initial, IntUnaryOperator next, IntUnaryOperator output) {
    int first = number(initial);
    int[] nexts = new int[16];
    int[] outputs = new int[16];
    for (int state = 0; state < count; state++) {
      if (state == nexts.length) {
        nexts = Arrays.copyOf(nexts, 2 * state);
        outputs = Arrays.copyOf(outputs, 2 * state);
      }
      nexts[state] = next.applyAsInt(keys[state]);
      outputs[state] = output.applyAsInt(keys[state]);
    }
    return new Moore(diagrams, first, Arrays.copyOf(nexts, count), Arrays.copyOf(outputs, count));
  }
}
