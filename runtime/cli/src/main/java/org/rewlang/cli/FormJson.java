package org.rewlang.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.rewlang.model.Form;
import org.rewlang.model.ParamVar;
import org.rewlang.model.Structured;

/** The value of a structured parameter, as {@code --param} takes it. */
final class FormJson {

  private static final JsonFactory JSON = new JsonFactory();

  private final JsonGenerator json;
  private final Function<ParamVar, List<Double>> values;

  private FormJson(JsonGenerator json, Function<ParamVar, List<Double>> values) {
    this.json = json;
    this.values = values;
  }

  /**
   * @param values of its arrays, row-major
   */
  static void write(
      JsonGenerator json, Structured<ParamVar> param, Function<ParamVar, List<Double>> values)
      throws IOException {
    new FormJson(json, values).write(param.form(), List.of());
  }

  static String text(Structured<ParamVar> param, Function<ParamVar, List<Double>> values) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      write(json, param, values);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't fail to be written", e);
    }
    return text.toString();
  }

  private void write(Form<ParamVar> form, List<Integer> place) throws IOException {
    switch (form) {
      case Form.Leaf<ParamVar> leaf -> leaf(leaf.array(), place);
      case Form.Fields<ParamVar> fields -> {
        json.writeStartObject();
        for (Map.Entry<String, Form<ParamVar>> field : fields.fields().entrySet()) {
          json.writeFieldName(field.getKey());
          write(field.getValue(), place);
        }
        json.writeEndObject();
      }
      case Form.Row<ParamVar> row -> elements(row.element(), row.count(), place);
      case Form.Listed<ParamVar> listed ->
          elements(listed.element(), at(listed.length(), place).getFirst().intValue(), place);
      case Form.Maybe<ParamVar> maybe -> {
        if (at(maybe.present(), place).getFirst() == 0) {
          json.writeNull();
        } else {
          write(maybe.of(), place);
        }
      }
    }
  }

  private void elements(Form<ParamVar> element, int count, List<Integer> place) throws IOException {
    json.writeStartArray();
    for (int i = 0; i < count; i++) {
      List<Integer> inner = new ArrayList<>(place);
      inner.add(i);
      write(element, inner);
    }
    json.writeEndArray();
  }

  private void leaf(ParamVar array, List<Integer> place) throws IOException {
    List<Integer> shape = array.type().shape();
    JsonNumbers.nested(
        json, array.type().withShape(shape.subList(place.size(), shape.size())), at(array, place));
  }

  private List<Double> at(ParamVar array, List<Integer> place) {
    List<Double> all = values.apply(array);
    int size = all.size();
    int from = 0;
    for (int d = 0; d < place.size(); d++) {
      size /= array.type().shape().get(d);
      from += place.get(d) * size;
    }
    return all.subList(from, from + size);
  }
}
