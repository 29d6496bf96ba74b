package org.rewlang.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
   * A writer of the format that {@code name} ends in, to {@code path} and, where the format needs
   * more than one file on its way, beside it.
   *
   * @param from what {@link #flush} answered another writer to this path, whose rows after that are
   *     forgotten; 0 for a new table
   * @throws IllegalArgumentException if the name ends in no format
   */
  static TableWriter open(String name, Path path, List<Column> columns, long from)
      throws IOException {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".jsonl")) {
      return new JsonTable(behind(path, from), from, columns);
    }
    if (lower.endsWith(".csv")) {
      return new CsvTable(behind(path, from), from, columns);
    }
    if (lower.endsWith(".parquet")) {
      return new ParquetTable(path, columns, from);
    }
    throw new IllegalArgumentException(name);
  }

  /** A writer of JSON Lines to a stream, which closing closes. */
  static TableWriter jsonLines(OutputStream out, List<Column> columns) {
    return new JsonTable(out, 0, columns);
  }

  private static OutputStream behind(Path path, long from) throws IOException {
    if (from == 0) {
      // Also a pipe, which has no places.
      return java.nio.file.Files.newOutputStream(path);
    }
    FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE);
    try {
      if (file.size() < from) {
        throw new IOException("it is shorter than it was");
      }
      return java.nio.channels.Channels.newOutputStream(file.truncate(from).position(from));
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** A number; NaN, which no result is, stands for null. */
  void real(double value) throws IOException;

  void whole(long value) throws IOException;

  void bool(boolean value) throws IOException;

  /** Text, or null. */
  void text(@Nullable String value) throws IOException;

  void absent() throws IOException;

  void endRow() throws IOException;

  /**
   * Hands all rows so far to the file system, which keeps them if this process is killed.
   *
   * @return where {@link #open} can go on, more than 0
   */
  long flush() throws IOException;

  /** All rows are written: completes the file. Without it the file is not to be used. */
  void finish() throws IOException;

  @Override
  void close() throws IOException;
}
