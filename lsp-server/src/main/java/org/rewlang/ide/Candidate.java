package org.rewlang.ide;

import org.jspecify.annotations.Nullable;

/**
 * Something that may be written at a place.
 *
 * @param detail its type, signature or definition, or empty
 * @param doc as Markdown, or null
 */
public record Candidate(String label, Kind kind, String detail, @Nullable String doc) {

  /** What it is, for its icon. */
  public enum Kind {
    KEYWORD,
    VALUE,
    FUNCTION,
    TYPE,
    MEMBER,
    UNIT,
    FILE
  }
}
