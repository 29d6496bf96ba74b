package org.rewlang.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table as CSV with a header; null is an empty cell. */
final class CsvTable implements TableWriter {

  private final Counted bytes;
  private final Writer out;
  private boolean first = true;

  /**
   * @param from how long the file is already, its header included
   */
  CsvTable(OutputStream to, long from, List<Column> columns) throws IOException {
    bytes = new Counted(to, from);
    out = new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8), 1 << 16);
    if (from == 0) {
      for (Column column : columns) {
        text(column.name());
      }
      endRow();
    }
  }

  private void cell(String text) throws IOException {
    if (!first) {
      out.write(',');
    }
    first = false;
    out.write(text);
  }

  @Override
  public void real(double value) throws IOException {
    cell(Double.isNaN(value) ? "" : Double.toString(value));
  }

  @Override
  public void whole(long value) throws IOException {
    cell(Long.toString(value));
  }

  @Override
  public void bool(boolean value) throws IOException {
    cell(Boolean.toString(value));
  }

  @Override
  public void text(@Nullable String value) throws IOException {
    if (value == null) {
      cell("");
    } else if (value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        || value.isEmpty()) {
      cell("\"" + value.replace("\"", "\"\"") + "\"");
    } else {
      cell(value);
    }
  }

  @Override
  public void absent() throws IOException {
    cell("");
  }

  @Override
  public void endRow() throws IOException {
    out.write('\n');
    first = true;
  }

  @Override
  public long flush() throws IOException {
    out.flush();
    return bytes.length();
  }

  @Override
  public void finish() throws IOException {
    long unused = flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
