package org.rewlang.parse;

import org.rewlang.source.Span;

/**
 * A token or comment with what the formatter has to know of its place in the grammar.
 *
 * @param line from 1
 * @param joined whether it stands close to the token before, as the parenthesis of a call does
 * @param joins whether the token after stands close to it, as that after a sign does
 * @param starts what begins with it, empty for nothing: items of a kind are aligned with each other
 * @param column the column it begins in items of its kind
 */
public record Lexeme(
    String text, Span span, int line, boolean joined, boolean joins, String starts, Column column) {

  /** Where items of a kind stand below each other, from left to right. */
  public enum Column {
    NONE,
    NAME,
    SECOND_NAME,
    SIGN,
    GATE,
    PAY,
    BRACE,
    COMMENT
  }

  public boolean isComment() {
    return column == Column.COMMENT;
  }
}
