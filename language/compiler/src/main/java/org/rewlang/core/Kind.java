package org.rewlang.core;

/** What a scalar is. Every kind is exactly representable in a double, and stored as one. */
public enum Kind {
  /** A real or an integer of the language; NaN means undefined. */
  F64("f64"),
  /** Two-valued: an undefined comparison is a pair of these, both false. */
  BOOL("bool"),
  /** An index, an enum's ordinal, an automaton's state. */
  I32("i32");

  private final String text;

  Kind(String text) {
    this.text = text;
  }

  /** As written in the text form. */
  public String text() {
    return text;
  }
}
