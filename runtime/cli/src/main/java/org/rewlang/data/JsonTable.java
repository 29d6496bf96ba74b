package org.rewlang.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as JSON Lines. Doubles are written as Java prints them: shortest, and read back equal.
 */
final class JsonTable implements TableWriter {

  private static final JsonFactory JSON = new JsonFactory();

  private final Counted out;
  private final JsonGenerator json;
  private final List<Column> columns;
  private final SerializedString[] names;
  private int next;

  /**
   * @param from how long the file is already
   */
  JsonTable(OutputStream to, long from, List<Column> columns) {
    out = new Counted(to, from);
    try {
      json = JSON.createGenerator(out);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    // Each row ends its line, so that rows can be added to a file that has some.
    json.setRootValueSeparator(null);
    this.columns = columns;
    names =
        columns.stream()
            .map(c -> new SerializedString(c.list() == null ? c.name() : c.list().list()))
            .toArray(SerializedString[]::new);
  }

  private void name() throws IOException {
    if (next == 0) {
      json.writeStartObject();
    }
    Column.Element element = columns.get(next).list();
    if (element == null || element.index() == 0) {
      json.writeFieldName(names[next]);
    }
    for (int i = element == null ? 0 : element.opens(); i > 0; i--) {
      json.writeStartArray();
    }
    next++;
  }

  /** After a cell. */
  private void close(int column) throws IOException {
    Column.Element element = columns.get(column).list();
    for (int i = element == null ? 0 : element.closes(); i > 0; i--) {
      json.writeEndArray();
    }
  }

  @Override
  public void real(double value) throws IOException {
    name();
    if (Double.isNaN(value)) {
      json.writeNull();
    } else {
      json.writeNumber(value);
    }
    close(next - 1);
  }

  @Override
  public void whole(long value) throws IOException {
    name();
    json.writeNumber(value);
    close(next - 1);
  }

  @Override
  public void bool(boolean value) throws IOException {
    name();
    json.writeBoolean(value);
    close(next - 1);
  }

  @Override
  public void text(@Nullable String value) throws IOException {
    name();
    json.writeString(value);
    close(next - 1);
  }

  @Override
  public void absent() throws IOException {
    name();
    json.writeNull();
    close(next - 1);
  }

  @Override
  public void endRow() throws IOException {
    json.writeEndObject();
    json.writeRaw('\n');
    next = 0;
  }

  @Override
  public long flush() throws IOException {
    json.flush();
    out.flush();
    return out.length();
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
