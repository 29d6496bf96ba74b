package org.rewlang.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.rewlang.parse.Lexeme.Column;

/** Puts the columns of neighbouring items of one kind, and their comments, below each other. */
final class Columns {

  /** Lines that differ by more are not aligned: the blanks would tear them apart. */
  private static final int SPREAD = 40;

  private static final List<Column> ITEMS =
      List.of(Column.NAME, Column.SECOND_NAME, Column.SIGN, Column.GATE, Column.PAY, Column.BRACE);

  private Columns() {}

  static void align(List<Row> rows) {
    List<Row> group = new ArrayList<>();
    String kind = "";
    int depth = 0;
    int inside = 0;
    for (Row row : rows) {
      boolean continues = row.kind().isEmpty() && !row.isComment() && !row.closes();
      boolean joins = row.kind().equals(kind) && depth == inside;
      if (row.blankBefore() || row.isComment() || (!joins && !continues)) {
        close(group);
        kind = row.kind();
        inside = depth;
      }
      if (row.kind().equals(kind) && !kind.isEmpty() && depth == inside) {
        group.add(row);
      }
      depth += Indents.braces(row);
    }
    close(group);
  }

  private static void close(List<Row> group) {
    for (Column column : ITEMS) {
      List<Row> rows = group.stream().filter(r -> r.has(column)).toList();
      level(rows, r -> r.start(column), (row, at) -> row.stretch(column, at));
    }
    group.clear();
  }

  static void alignComments(List<Row> rows) {
    List<Row> group = new ArrayList<>();
    for (Row row : rows) {
      if (!row.hasTrailingComment() || row.blankBefore()) {
        comments(group);
      }
      if (row.hasTrailingComment()) {
        group.add(row);
      }
    }
    comments(group);
  }

  private static void comments(List<Row> group) {
    level(group, r -> r.width() + 2, Row::commentAt);
    group.clear();
  }

  private interface Move {
    void to(Row row, int column);
  }

  /** Moves neighbours to one column, as many as are near enough to each other. */
  private static void level(List<Row> rows, ToIntFunction<Row> least, Move move) {
    int from = 0;
    while (from < rows.size()) {
      int low = least.applyAsInt(rows.get(from));
      int high = low;
      int to = from + 1;
      while (to < rows.size()) {
        int next = least.applyAsInt(rows.get(to));
        if (Math.max(high, next) - Math.min(low, next) > SPREAD) {
          break;
        }
        low = Math.min(low, next);
        high = Math.max(high, next);
        to++;
      }
      for (Row row : rows.subList(from, to)) {
        move.to(row, high);
      }
      from = to;
    }
  }
}
