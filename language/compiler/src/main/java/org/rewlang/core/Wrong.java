package org.rewlang.core;

import org.rewlang.source.Span;

/** A mistake in core text. */
final class Wrong extends Exception {

  private static final long serialVersionUID = 1;

  /** Where it is. */
  final transient Span span;

  Wrong(String message, Span span) {
    super(message);
    this.span = span;
  }
}
