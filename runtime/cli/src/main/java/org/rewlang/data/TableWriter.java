package org.rewlang.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes a table row by row, cell by cell in the order of its columns. */
public interface TableWriter extends Closeable {

  /** The endings of the formats there are. */
  List<String> FORMATS = List.of(".jsonl", ".csv", ".parquet");

  /** Whether the ending of {@code name} names a format. */
  static boolean knows(String name) {
    return FORMATS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
  }

  /**
   * A writer of the format that {@code name} ends in, to {@code path}.
   *
   * @throws IllegalArgumentException if the name ends in no format
   */
  static TableWriter open(String name, Path path, List<Column> columns) throws IOException {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".jsonl")) {
      return new JsonTable(java.nio.file.Files.newOutputStream(path), columns);
    }
    if (lower.endsWith(".csv")) {
      return new CsvTable(java.nio.file.Files.newOutputStream(path), columns);
    }
    if (lower.endsWith(".parquet")) {
      return new ParquetTable(path, columns);
    }
    throw new IllegalArgumentException(name);
  }

  /** A writer of JSON Lines to a stream, which closing closes. */
  static TableWriter jsonLines(OutputStream out, List<Column> columns) {
    return new JsonTable(out, columns);
  }

  /** A number; NaN, which no result is, stands for null. */
  void real(double value) throws IOException;

  void whole(long value) throws IOException;

  void bool(boolean value) throws IOException;

  /** Text, or null. */
  void text(@Nullable String value) throws IOException;

  void absent() throws IOException;

  void endRow() throws IOException;

  /** All rows are written: completes the file. Without it the file is not to be used. */
  void finish() throws IOException;

  @Override
  void close() throws IOException;
}
