package org.rewlang.data;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** A table as Parquet: gathered in the embedded database, written at the end. */
final class ParquetTable implements TableWriter {

  private final Path path;
  private final List<Column> columns;
  private final Connection connection;
  private final DuckDBAppender rows;
  private boolean inRow;

  ParquetTable(Path path, List<Column> columns) throws IOException {
    this.path = path;
    this.columns = columns;
    try {
      connection = DuckDb.connect();
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "CREATE TABLE rows ("
                + String.join(
                    ", ",
                    columns.stream()
                        .map(c -> DuckDb.name(c.name()) + " " + type(c.kind()))
                        .toList())
                + ")");
      }
      rows = ((DuckDBConnection) connection).createAppender("main", "rows");
    } catch (SQLException e) {
      throw failed(e);
    }
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
  public void finish() throws IOException {
    try (Statement statement = connection.createStatement()) {
      rows.close();
      // No second hidden file: what DuckDB leaves of its own when a disk is full nobody would
      // delete.
      statement.execute(
          "COPY (SELECT "
              + selected()
              + " FROM rows) TO "
              + DuckDb.literal(path.toString())
              + " (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)");
    } catch (SQLException e) {
      throw failed(e);
    }
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
