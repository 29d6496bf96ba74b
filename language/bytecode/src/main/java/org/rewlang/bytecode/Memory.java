package org.rewlang.bytecode;

/** The arrays that a step reads and writes, where every kind is a double. */
enum Memory {
  INPUTS("inputs"),
  PARAMS("params"),
  STATE("state"),
  OUTPUTS("outputs"),
  SCRATCH("scratch"),
  /** All constants of the program that are arrays, one after the other: the class's own. */
  TABLES("");

  private final String field;

  Memory(String field) {
    this.field = field;
  }

  /** The field of {@link org.rewlang.engine.Frame} that holds it. */
  String field() {
    return field;
  }
}
