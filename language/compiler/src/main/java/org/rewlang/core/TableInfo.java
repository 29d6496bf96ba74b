package org.rewlang.core;

import java.util.List;

/** A constant array, row-major. */
public record TableInfo(String name, Type type, List<Double> values) {

  public TableInfo {
    values = List.copyOf(values);
  }
}
