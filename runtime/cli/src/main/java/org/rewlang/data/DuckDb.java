package org.rewlang.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/** The embedded database that reads Parquet and SQL and writes Parquet; loaded on first use. */
final class DuckDb {

  /** What it may hold in memory; more goes to its folder for that, where the query allows. */
  private static final String MEMORY = "400MB";

  /** So many need no more than that for wide files: each has buffers of its own. */
  private static final int THREADS = 4;

  private DuckDb() {}

  static Connection connect() throws SQLException {
    Properties properties = new Properties();
    // A result is handed over as it is computed, not gathered first.
    properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
    Connection connection;
    try {
      connection = new DuckDBDriver().connect("jdbc:duckdb:", properties);
    } catch (LinkageError e) {
      // It unpacks a native library first, which a full disk or a foreign platform prevents.
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new SQLException("the embedded database can't be loaded: " + cause.getMessage(), e);
    }
    try (Statement statement = connection.createStatement()) {
      // Nothing is fetched from anywhere, and rows keep the order of their file.
      statement.execute("SET autoinstall_known_extensions = false");
      statement.execute("SET preserve_insertion_order = true");
      statement.execute("SET enable_progress_bar = false");
      statement.execute("SET memory_limit = " + literal(MEMORY));
      int cores = Runtime.getRuntime().availableProcessors();
      statement.execute("SET threads = " + Math.min(cores, THREADS));
      statement.execute("SET temp_directory = " + literal(spill().toString()));
    } catch (IOException e) {
      connection.close();
      throw new SQLException(e);
    }
    return connection;
  }

  /** Where it may put what memory does not hold; it creates the folder only then. */
  private static Path spill() throws IOException {
    Path folder = Files.createTempDirectory("rew-");
    folder.toFile().deleteOnExit();
    return folder;
  }

  /** A text as SQL writes it. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A name as SQL writes it. */
  static String name(String text) {
    return "\"" + text.replace("\"", "\"\"") + "\"";
  }

  /** What an exception says, without the database's own prefixes and the query repeated. */
  static String reason(SQLException e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    int end = message.indexOf("\n");
    String first = end < 0 ? message : message.substring(0, end);
    return first.replaceFirst("^java\\.sql\\.SQLException: ", "").strip();
  }
}
