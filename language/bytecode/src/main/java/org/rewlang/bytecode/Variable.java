package org.rewlang.bytecode;

import org.rewlang.core.Kind;

/** Holds a value from one statement to others; equal only to itself. */
final class Variable {

  private final Kind kind;

  Variable(Kind kind) {
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }
}
