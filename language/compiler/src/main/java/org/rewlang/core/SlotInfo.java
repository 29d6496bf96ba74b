package org.rewlang.core;

import java.util.List;

/**
 * One piece of state.
 *
 * @param initial its value after a reset: one number for all elements, or one each
 */
public record SlotInfo(String name, Type type, List<Double> initial) {

  public SlotInfo {
    initial = List.copyOf(initial);
  }

  /** The value of element {@code i} after a reset. */
  public double initial(int i) {
    return initial.size() == 1 ? initial.getFirst() : initial.get(i);
  }
}
