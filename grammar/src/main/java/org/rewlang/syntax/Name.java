package org.rewlang.syntax;

import org.rewlang.source.Span;

/** A name as written. Missing names, after a syntax error, are empty. */
public record Name(String text, Span span) implements Node {

  @Override
  public String toString() {
    return text;
  }
}
