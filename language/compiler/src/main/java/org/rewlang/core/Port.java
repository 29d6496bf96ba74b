package org.rewlang.core;

import java.util.List;

/**
 * A named input or parameter.
 *
 * @param initial the default value of a parameter, row-major; empty for an input
 */
public record Port(String name, Type type, List<Double> initial) {

  public Port {
    initial = List.copyOf(initial);
  }

  /** An input. */
  public static Port input(String name, Type type) {
    return new Port(name, type, List.of());
  }
}
