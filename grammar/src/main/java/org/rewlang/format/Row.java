package org.rewlang.format;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.rewlang.parse.Lexeme;
import org.rewlang.parse.Lexeme.Column;

/** A line: its tokens, where its columns begin, and the comment behind them. */
final class Row {

  private final List<Lexeme> tokens;
  private final String comment;
  private final boolean blankBefore;

  /** The blanks before each token, filled in from the tokens and then stretched by columns. */
  private final int[] gaps;

  private final Map<Column, Integer> columns = new EnumMap<>(Column.class);
  private int indent;
  private int commentGap = 2;

  private Row(List<Lexeme> line, boolean blankBefore) {
    this.tokens = line.stream().filter(l -> !l.isComment()).toList();
    this.comment = line.stream().filter(Lexeme::isComment).map(Lexeme::text).findFirst().orElse("");
    this.blankBefore = blankBefore;
    this.gaps = new int[tokens.size()];
    for (int i = 1; i < tokens.size(); i++) {
      gaps[i] = gap(tokens.get(i - 1), tokens.get(i));
    }
    columns();
  }

  static List<Row> of(List<Lexeme> lexemes) {
    List<Row> rows = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= lexemes.size(); i++) {
      if (i == lexemes.size() || lexemes.get(i).line() != lexemes.get(from).line()) {
        boolean blank = from > 0 && lexemes.get(from).line() > lexemes.get(from - 1).line() + 1;
        rows.add(new Row(lexemes.subList(from, i), blank));
        from = i;
      }
    }
    return rows;
  }

  private static int gap(Lexeme before, Lexeme after) {
    if (before.text().equals("{") && after.text().equals("}")) {
      return 0;
    }
    boolean item = !after.starts().isEmpty() && !before.text().equals("[");
    return !item && (before.joins() || after.joined()) ? 0 : 1;
  }

  /** The columns of the item that begins the line, up to the next item in it. */
  private void columns() {
    if (kind().isEmpty()) {
      return;
    }
    for (int i = 1; i < tokens.size(); i++) {
      if (!tokens.get(i).starts().isEmpty()) {
        return;
      }
      if (tokens.get(i).column() != Column.NONE) {
        columns.putIfAbsent(tokens.get(i).column(), i);
      }
    }
  }

  /** What begins the line, empty if it goes on with an item. */
  String kind() {
    return tokens.isEmpty() ? "" : tokens.getFirst().starts();
  }

  List<Lexeme> tokens() {
    return tokens;
  }

  boolean blankBefore() {
    return blankBefore;
  }

  boolean isComment() {
    return tokens.isEmpty();
  }

  boolean hasTrailingComment() {
    return !tokens.isEmpty() && !comment.isEmpty();
  }

  boolean opens() {
    return !tokens.isEmpty() && tokens.getLast().text().equals("{");
  }

  boolean closes() {
    return !tokens.isEmpty() && tokens.getFirst().text().equals("}");
  }

  boolean has(Column column) {
    return columns.containsKey(column);
  }

  /** How far left {@code column} could begin. */
  int start(Column column) {
    Integer at = columns.get(column);
    return at == null ? 0 : position(at) - gaps[at] + 1;
  }

  void stretch(Column column, int start) {
    Integer at = columns.get(column);
    if (at != null) {
      gaps[at] += start - position(at);
    }
  }

  /** The offset of token {@code i} in its line. */
  int position(int i) {
    int offset = indent;
    for (int k = 0; k < i; k++) {
      offset += gaps[k] + tokens.get(k).text().length();
    }
    return offset + gaps[i];
  }

  void indent(int columns) {
    indent = columns;
  }

  int indent() {
    return indent;
  }

  /** Where the last token ends. */
  int width() {
    int last = tokens.size() - 1;
    return last < 0 ? 0 : position(last) + tokens.get(last).text().length();
  }

  void commentAt(int column) {
    commentGap = column - width();
  }

  String text() {
    StringBuilder out = new StringBuilder(" ".repeat(indent));
    for (int i = 0; i < tokens.size(); i++) {
      out.append(" ".repeat(gaps[i])).append(tokens.get(i).text());
    }
    if (!comment.isEmpty()) {
      out.append(isComment() ? "" : " ".repeat(commentGap)).append(comment);
    }
    return out.toString();
  }
}
