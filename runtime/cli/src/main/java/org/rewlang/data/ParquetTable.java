package org.rewlang.data;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * A table as Parquet. Rows are gathered in the embedded database; what {@link #flush} hands over is
 * a file of its own, and the table is put together from those at the end. What is in which row
 * group depends on the rows and on where they were flushed, on nothing else.
 */
final class ParquetTable implements TableWriter {

  /** A row group is as long as others make them, unless its rows are wide. */
  private static final int GROUP_ROWS = 122_880;

  private static final int GROUP_CELLS = 1 << 23;

  /** The database counts rows of a group in these. */
  private static final int VECTOR = 2048;

  private final Path path;
  private final List<Column> columns;
  private final Connection connection;
  private DuckDBAppender rows;
  private long parts;
  private boolean inRow;

  /**
   * @param from how many parts there are already
   */
  ParquetTable(Path path, List<Column> columns, long from) throws IOException {
    this.path = path;
    this.columns = columns;
    parts = from;
    try {
      connection = DuckDb.connect();
      try (Statement statement = connection.createStatement()) {
        // More threads finish their row groups in any order.
        statement.execute("SET threads = 1");
        statement.execute(
            "CREATE TABLE rows ("
                + String.join(
                    ", ",
                    columns.stream()
                        .map(c -> DuckDb.name(c.name()) + " " + type(c.kind()))
                        .toList())
                + ")");
      }
      rows = appender();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private DuckDBAppender appender() throws SQLException {
    return ((DuckDBConnection) connection).createAppender("main", "rows");
  }

  /** The columns, those of a list as one. */
  private String selected() {
    StringBuilder text = new StringBuilder();
    for (Column column : columns) {
      Column.Element element = column.list();
      text.append(text.isEmpty() ? "" : ", ");
      text.append("[".repeat(element == null ? 0 : element.opens()));
      text.append(DuckDb.name(column.name()));
      if (element != null) {
        text.append("]".repeat(element.closes()));
        boolean ends = element.closes() == element.shape().size();
        text.append(ends ? " AS " + DuckDb.name(element.list()) : "");
      }
    }
    return text.toString();
  }

  private static String type(Column.Kind kind) {
    return switch (kind) {
      case REAL -> "DOUBLE";
      case WHOLE -> "BIGINT";
      case BOOL -> "BOOLEAN";
      case TEXT -> "VARCHAR";
    };
  }

  /** The reason alone, as of any other file: whoever opened this one knows its name better. */
  private IOException failed(SQLException e) {
    String reason = DuckDb.reason(e);
    String named = "\"" + path + "\": ";
    int at = reason.indexOf(named);
    return new IOException(at < 0 ? reason : reason.substring(at + named.length()), e);
  }

  private DuckDBAppender row() throws SQLException {
    if (!inRow) {
      var unused = rows.beginRow();
      inRow = true;
    }
    return rows;
  }

  @Override
  public void real(double value) throws IOException {
    try {
      var unused = Double.isNaN(value) ? row().appendNull() : row().append(value);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void whole(long value) throws IOException {
    try {
      var unused = row().append(value);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void bool(boolean value) throws IOException {
    try {
      var unused = row().append(value);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void text(@Nullable String value) throws IOException {
    try {
      var unused = value == null ? row().appendNull() : row().append(value);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void absent() throws IOException {
    try {
      var unused = row().appendNull();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void endRow() throws IOException {
    try {
      var unused = row().endRow();
      inRow = false;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public long flush() throws IOException {
    copy("(SELECT " + selected() + " FROM rows)", part(parts));
    parts++;
    try (Statement statement = connection.createStatement()) {
      statement.execute("TRUNCATE rows");
      rows = appender();
    } catch (SQLException e) {
      throw failed(e);
    }
    return parts;
  }

  private Path part(long number) {
    return path.resolveSibling(path.getFileName() + "." + number);
  }

  private void copy(String from, Path to) throws IOException {
    int group = Math.clamp(GROUP_CELLS / columns.size() / VECTOR * VECTOR, VECTOR, GROUP_ROWS);
    try (Statement statement = connection.createStatement()) {
      rows.close();
      // No second hidden file: what DuckDB leaves of its own when a disk is full nobody would
      // delete.
      statement.execute(
          "COPY "
              + from
              + " TO "
              + DuckDb.literal(to.toString())
              + " (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false, ROW_GROUP_SIZE "
              + group
              + ")");
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void finish() throws IOException {
    if (parts == 0) {
      copy("(SELECT " + selected() + " FROM rows)", path);
      return;
    }
    long all = flush();
    String names =
        LongStream.range(0, all)
            .mapToObj(i -> DuckDb.literal(part(i).toString()))
            .collect(Collectors.joining(", "));
    copy("(SELECT * FROM read_parquet([" + names + "]))", path);
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }
}
