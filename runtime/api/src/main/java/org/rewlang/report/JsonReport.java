package org.rewlang.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Fix;
import org.rewlang.diagnostic.Label;
import org.rewlang.diagnostic.Severity;
import org.rewlang.source.Location;
import org.rewlang.source.Position;

/**
 * One answer as one JSON document: the envelope, the diagnostics, then keys of the answer's own.
 *
 * <p>Schema 1. Fields may be added, never given another meaning. Offsets count UTF-16 units from 0,
 * lines and columns count from 1, columns in code points.
 *
 * @param tool name and version of who answers
 * @param rendered a diagnostic as plain text, without colours
 */
public record JsonReport(String tool, Function<Diagnostic, String> rendered) {

  public static final int SCHEMA = 1;

  private static final JsonFactory JSON = new JsonFactory();

  /** Writes the keys that an answer has besides the envelope's. */
  @FunctionalInterface
  public interface Keys {
    Keys NONE = json -> {};

    void write(JsonGenerator json) throws IOException;
  }

  /**
   * The document.
   *
   * @param diagnostics in the order to show them
   * @param places of those that are about data
   * @param limit how many diagnostics to write; all are counted
   */
  public String document(
      String status,
      List<Diagnostic> diagnostics,
      Map<Diagnostic, DataPlace> places,
      int limit,
      Keys keys) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("schema", SCHEMA);
      json.writeStringField("tool", tool);
      json.writeStringField("status", status);
      json.writeObjectFieldStart("counts");
      json.writeNumberField("error", count(diagnostics, Severity.ERROR));
      json.writeNumberField("warning", count(diagnostics, Severity.WARNING));
      json.writeEndObject();
      json.writeBooleanField("truncated", diagnostics.size() > limit);
      json.writeArrayFieldStart("diagnostics");
      for (Diagnostic d : diagnostics.subList(0, Math.min(limit, diagnostics.size()))) {
        write(json, d, places.get(d));
      }
      json.writeEndArray();
      keys.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static long count(List<Diagnostic> diagnostics, Severity severity) {
    return diagnostics.stream().filter(d -> d.severity() == severity).count();
  }

  private void write(JsonGenerator json, Diagnostic d, @Nullable DataPlace data)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("code", d.code().id());
    json.writeStringField("name", d.code().title());
    json.writeStringField("severity", d.severity().word());
    json.writeStringField("phase", d.phase().word());
    json.writeStringField("message", d.message());
    if (d.primary() == null) {
      json.writeNullField("primary");
    } else {
      json.writeFieldName("primary");
      write(json, d.primary());
    }
    json.writeArrayFieldStart("related");
    for (Label label : d.related()) {
      write(json, label);
    }
    json.writeEndArray();
    if (data != null) {
      write(json, data);
    }
    json.writeStringField("found", d.found());
    json.writeArrayFieldStart("expected");
    for (String word : d.expected()) {
      json.writeString(word);
    }
    json.writeEndArray();
    json.writeStringField("hint", d.hint());
    json.writeArrayFieldStart("fixes");
    for (Fix fix : d.fixes()) {
      write(json, fix);
    }
    json.writeEndArray();
    json.writeStringField("explain", "rew explain " + d.code().id());
    json.writeStringField("rendered", rendered.apply(d));
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Label label) throws IOException {
    Location at = label.location();
    json.writeStartObject();
    json.writeStringField("file", at.source().name());
    write(json, "start", at.start());
    write(json, "end", at.end());
    json.writeStringField("text", at.text());
    json.writeStringField("label", label.text());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, Position position) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("offset", position.offset());
    json.writeNumberField("line", position.line());
    json.writeNumberField("column", position.column());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, DataPlace place) throws IOException {
    json.writeObjectFieldStart("data");
    json.writeStringField("file", place.file());
    if (place.row() > 0) {
      json.writeNumberField("row", place.row());
    } else {
      json.writeNullField("row");
    }
    json.writeStringField("column", place.column());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Fix fix) throws IOException {
    json.writeStartObject();
    json.writeStringField("title", fix.title());
    json.writeStringField("applicability", fix.applicability().word());
    json.writeArrayFieldStart("edits");
    for (Fix.Edit edit : fix.edits()) {
      json.writeStartObject();
      json.writeStringField("file", edit.location().source().name());
      json.writeNumberField("start", edit.location().span().start());
      json.writeNumberField("end", edit.location().span().end());
      json.writeStringField("replacement", edit.replacement());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
