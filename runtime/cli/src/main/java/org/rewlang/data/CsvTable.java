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

  private final Writer out;
  private boolean first = true;

  CsvTable(OutputStream out, List<Column> columns) throws IOException {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
    for (Column column : columns) {
      text(column.name());
    }
    endRow();
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
  public void finish() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
