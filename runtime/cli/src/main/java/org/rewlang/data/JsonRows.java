package org.rewlang.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.InputStream;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.report.DataPlace;

/** JSON Lines: one object on each line; empty lines are counted, and skipped. */
final class JsonRows implements RowSource {

  // NaN and Infinity are read so that the complaint is about the value, not the syntax.
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private final String name;
  private final Lines lines;

  JsonRows(String name, InputStream in) {
    this.name = name;
    this.lines = new Lines(in);
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
    try {
      do {
        if (!lines.next()) {
          return false;
        }
      } while (lines.isBlank());
    } catch (IOException e) {
      throw damaged(lines.number() + 1, "can't be read on: " + Inputs.reason(e));
    }
    row.begin(lines.number());
    try (JsonParser json = JSON.createParser(lines.bytes(), lines.start(), lines.length())) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw damaged(lines.number(), "holds no JSON object");
      }
      object(json, "", row);
      if (json.nextToken() != null) {
        throw damaged(lines.number(), "holds more than one JSON object");
      }
    } catch (JsonProcessingException e) {
      int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
      throw damaged(
          lines.number(),
          "is no JSON object: " + reason(e) + (column > 0 ? " (column " + column + ")" : ""));
    } catch (IOException e) {
      // From memory: what can go wrong is the text, a broken UTF-8 sequence say.
      throw damaged(lines.number(), "is no JSON object: " + e.getMessage());
    }
    row.end();
    return true;
  }

  /** What is wrong with a text, in words of people who don't know the reader. */
  static String reason(JsonProcessingException e) {
    return e instanceof JsonEOFException ? "it ends too early" : e.getOriginalMessage();
  }

  private void object(JsonParser json, String prefix, Row row) throws IOException, DataException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String column = prefix.isEmpty() ? json.currentName() : prefix + json.currentName();
      boolean isObject = json.nextToken() == JsonToken.START_OBJECT;
      if (isObject && !row.isObject(column)) {
        object(json, column + ".", row);
      } else {
        row.column(column);
        value(json, row);
      }
    }
  }

  private void value(JsonParser json, Row row) throws IOException, DataException {
    switch (json.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> row.number(json.getDoubleValue());
      case VALUE_TRUE -> row.bool(true);
      case VALUE_FALSE -> row.bool(false);
      case VALUE_NULL -> row.absent();
      case VALUE_STRING -> row.text(json.getText());
      case START_ARRAY -> {
        row.beginList();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          value(json, row);
        }
        row.endList();
      }
      default -> {
        if (row.takesObjects()) {
          row.beginObject();
          while (json.nextToken() != JsonToken.END_OBJECT) {
            row.field(json.currentName());
            json.nextToken();
            value(json, row);
          }
          row.endObject();
        } else {
          // An object inside a list of numbers.
          json.skipChildren();
          row.text("{…}");
        }
      }
    }
  }

  private DataException damaged(long line, String problem) {
    return new DataException(
        Diagnostic.of(Code.BAD_DATA, "`" + name + "` line " + line + " " + problem).build(),
        new DataPlace(name, line, null));
  }

  @Override
  public void close() {
    lines.close();
  }
}
