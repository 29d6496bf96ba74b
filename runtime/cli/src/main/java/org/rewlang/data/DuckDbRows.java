package org.rewlang.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.report.DataPlace;

/** The rows of a Parquet file, in its order, or of a query, in the order it gives. */
final class DuckDbRows implements RowSource {

  private final String name;
  private final Code code;
  private final Connection connection;
  private final Statement statement;
  private final ResultSet rows;
  private final String[] columns;
  private boolean told;
  private long number;

  private DuckDbRows(String name, Code code, String query) throws DataException {
    this.name = name;
    this.code = code;
    Connection opened = null;
    try {
      opened = DuckDb.connect();
      connection = opened;
      statement = connection.createStatement();
      rows = statement.executeQuery(query);
      ResultSetMetaData metaData = rows.getMetaData();
      columns = new String[metaData.getColumnCount()];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = metaData.getColumnName(i + 1);
      }
    } catch (SQLException e) {
      close(opened);
      throw failed(e);
    }
  }

  static DuckDbRows parquet(String file) throws DataException {
    return new DuckDbRows(
        file, Code.BAD_DATA, "SELECT * FROM read_parquet(" + DuckDb.literal(file) + ")");
  }

  static DuckDbRows query(String sql) throws DataException {
    return new DuckDbRows(Inputs.SQL + sql, Code.BAD_QUERY, sql);
  }

  private DataException failed(SQLException e) {
    String what =
        code == Code.BAD_QUERY ? "the query failed: " : "`" + name + "` is no Parquet file: ";
    return new DataException(
        Diagnostic.of(code, what + DuckDb.reason(e)).build(), new DataPlace(name, number, null));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String unit() {
    return "row";
  }

  @Override
  public boolean next(Row row) throws DataException {
    if (!told) {
      told = true;
      row.columns(List.of(columns));
    }
    try {
      if (!rows.next()) {
        return false;
      }
      number++;
      row.begin(number);
      for (int i = 0; i < columns.length; i++) {
        value(columns[i], rows.getObject(i + 1), row);
      }
    } catch (SQLException e) {
      throw failed(e);
    }
    row.end();
    return true;
  }

  private static void value(String column, @Nullable Object value, Row row)
      throws DataException, SQLException {
    if (value instanceof Struct struct && !row.isObject(column)) {
      for (Map.Entry<String, Object> field : ((DuckDBStruct) struct).getMap().entrySet()) {
        value(column + "." + field.getKey(), field.getValue(), row);
      }
      return;
    }
    row.column(column);
    element(value, row);
  }

  private static void element(@Nullable Object value, Row row) throws DataException, SQLException {
    switch (value) {
      case null -> row.absent();
      case Boolean b -> row.bool(b);
      case Double d -> row.number(d);
      case Float f -> row.number(f);
      case Integer n -> row.number(n);
      case Long n -> row.number(n);
      case Short n -> row.number(n);
      case Byte n -> row.number(n);
      case BigDecimal n -> row.number(n.doubleValue());
      case BigInteger n -> row.number(n.doubleValue());
      case Struct struct when row.takesObjects() -> {
        row.beginObject();
        for (Map.Entry<String, Object> field : ((DuckDBStruct) struct).getMap().entrySet()) {
          row.field(field.getKey());
          element(field.getValue(), row);
        }
        row.endObject();
      }
      case Array array -> list((Object[]) array.getArray(), row);
      case Object[] array -> list(array, row);
      default -> row.text(value.toString());
    }
  }

  private static void list(Object[] values, Row row) throws DataException, SQLException {
    row.beginList();
    for (Object value : values) {
      element(value, row);
    }
    row.endList();
  }

  @Override
  public void close() {
    close(connection);
  }

  private static void close(@Nullable Connection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      // Only read from: nothing is lost.
      return;
    }
  }
}
