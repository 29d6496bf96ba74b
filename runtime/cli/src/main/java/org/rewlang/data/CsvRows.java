package org.rewlang.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.report.DataPlace;

/** Comma-separated values with a header; an empty cell is null. */
final class CsvRows implements RowSource {

  private static final CsvMapper CSV =
      CsvMapper.csvBuilder()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .build();

  private final String name;
  private final MappingIterator<String[]> cells;
  private String @Nullable [] header;

  CsvRows(String name, InputStream in) throws IOException {
    this.name = name;
    // Strict: text that isn't UTF-8 is an error, not a question mark.
    InputStreamReader text =
        new InputStreamReader(
            in,
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    this.cells = CSV.readerFor(String[].class).readValues(text);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String unit() {
    return "line";
  }

  @Override
  public boolean next(Row row) throws DataException {
    if (header == null) {
      String[] first = read();
      if (first == null) {
        return false;
      }
      if (first.length > 0 && first[0].startsWith("\ufeff")) {
        first[0] = first[0].substring(1);
      }
      for (int i = 0; i < first.length; i++) {
        first[i] = first[i].strip();
      }
      header = first;
      row.columns(List.of(header));
    }
    String[] values = read();
    if (values == null) {
      return false;
    }
    long line = line();
    if (values.length != header.length) {
      throw damaged(line, "has " + values.length + " cells, the header " + header.length);
    }
    row.begin(line);
    for (int i = 0; i < values.length; i++) {
      row.column(header[i]);
      row.cell(values[i]);
    }
    row.end();
    return true;
  }

  private String @Nullable [] read() throws DataException {
    try {
      return cells.hasNextValue() ? cells.nextValue() : null;
    } catch (CharacterCodingException e) {
      throw damaged(line(), "isn't UTF-8");
    } catch (JsonProcessingException e) {
      throw damaged(
          e.getLocation() == null ? line() : e.getLocation().getLineNr(),
          "is not CSV: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw damaged(line(), "can't be read on: " + Inputs.reason(e));
    }
  }

  /** The line on which the last cell read begins. */
  private long line() {
    return Math.max(1, cells.getParser().currentTokenLocation().getLineNr());
  }

  private DataException damaged(long line, String problem) {
    return new DataException(
        Diagnostic.of(Code.BAD_DATA, "`" + name + "` line " + line + " " + problem).build(),
        new DataPlace(name, line, null));
  }

  @Override
  public void close() {
    try {
      cells.close();
    } catch (IOException e) {
      // Only read from: nothing is lost.
      return;
    }
  }
}
