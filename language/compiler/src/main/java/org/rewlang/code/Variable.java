package org.rewlang.code;

import org.rewlang.core.Kind;

/** Holds a value from one statement to others; equal only to itself. */
public final class Variable {

  private final Kind kind;

  public Variable(Kind kind) {
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
