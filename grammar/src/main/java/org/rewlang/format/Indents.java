package org.rewlang.format;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.rewlang.parse.Lexeme;
import org.rewlang.parse.Lexeme.Column;

/** How far lines stand in: by braces; lines that go on, by the bracket or sign they belong to. */
final class Indents {

  private static final int STEP = 2;

  private Indents() {}

  /**
   * An open bracket.
   *
   * @param line the indentation of the line that opened it
   * @param inside where lines inside it begin
   */
  private record Open(boolean brace, int line, int inside) {}

  static void indent(List<Row> rows) {
    Deque<Open> open = new ArrayDeque<>();
    int item = 0;
    int value = -1;
    for (Row row : rows) {
      int inside = open.isEmpty() ? 0 : open.peek().inside();
      if (row.isComment()) {
        row.indent(inside);
        continue;
      }
      Lexeme first = row.tokens().getFirst();
      boolean closes = isClosing(first.text());
      Open top = open.peek();
      if (closes && top != null) {
        row.indent(top.line());
      } else if (!row.kind().isEmpty() || top != null && !top.brace()) {
        row.indent(inside);
      } else {
        // An operator stands below the sign, a value behind it.
        boolean operator = first.joined() || isOperator(first);
        row.indent(value < 0 ? item + STEP * 2 : operator ? Math.max(value - 2, 0) : value);
      }
      if (!row.kind().isEmpty()) {
        item = row.indent();
        value = value(row);
      }
      brackets(row, item, open);
    }
  }

  /** Where the value of the item that begins {@code row} begins, or -1. */
  private static int value(Row row) {
    List<Lexeme> tokens = row.tokens();
    for (int i = 1; i < tokens.size(); i++) {
      Lexeme token = tokens.get(i);
      if (!token.starts().isEmpty()) {
        return -1;
      }
      if (token.column() == Column.SIGN && token.text().equals("=")) {
        return row.position(i) + 2;
      }
      if (token.column() == Column.NAME && row.kind().equals("clause")) {
        return row.position(i);
      }
    }
    return -1;
  }

  private static boolean isOperator(Lexeme lexeme) {
    return !lexeme.joins()
        && switch (lexeme.text()) {
          case "+", "-", "*", "/", "@", "**", "==", "!=", "<", "<=", ">", ">=", "??", "and", "or" ->
              true;
          default -> false;
        };
  }

  private static boolean isClosing(String text) {
    return text.equals("}") || text.equals(")") || text.equals("]");
  }

  private static void brackets(Row row, int item, Deque<Open> open) {
    List<Lexeme> tokens = row.tokens();
    for (int i = 0; i < tokens.size(); i++) {
      String text = tokens.get(i).text();
      boolean last = i + 1 == tokens.size();
      switch (text) {
        // A block belongs to its item, also where the line that opens it continues one.
        case "{" -> open.push(new Open(true, item, item + STEP));
        case "(", "[" -> {
          int inside = last ? row.indent() + STEP : row.position(i) + 1;
          open.push(new Open(false, row.indent(), inside));
        }
        case "}", ")", "]" -> open.poll();
        default -> {}
      }
    }
  }

  /** How many braces {@code row} opens, less those it closes. */
  static int braces(Row row) {
    int depth = 0;
    for (Lexeme lexeme : row.tokens()) {
      depth += lexeme.text().equals("{") ? 1 : lexeme.text().equals("}") ? -1 : 0;
    }
    return depth;
  }
}
