package org.rewlang.syntax;

import org.jspecify.annotations.Nullable;
import org.rewlang.source.Span;

/**
 * When something counts: {@code when e}, {@code on e}, {@code once e}, {@code at end}, {@code at
 * end when e}, {@code otherwise}.
 *
 * @param condition null for a bare {@code at end} or {@code otherwise}
 */
public record Gate(Kind kind, @Nullable Expr condition, Span span) implements Node {

  /** Which word opened it. */
  public enum Kind {
    WHEN,
    ON,
    ONCE,
    AT_END,
    OTHERWISE
  }
}
