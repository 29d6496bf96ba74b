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
import org.rewlang.model.Structured;
import org.rewlang.model.Supplied;

/** The value of an input or parameter, as {@code --run} and {@code --param} take it. */
final class FormJson<A extends Supplied> {

  private static final JsonFactory JSON = new JsonFactory();

  private final JsonGenerator json;
  private final Function<A, List<Double>> values;

  private FormJson(JsonGenerator json, Function<A, List<Double>> values) {
    this.json = json;
    this.values = values;
  }

  /**
   * @param values of its arrays, row-major
   */
  static <A extends Supplied> void write(
      JsonGenerator json, Structured<A> whole, Function<A, List<Double>> values)
      throws IOException {
    new FormJson<>(json, values).write(whole.form(), List.of());
  }

  static <A extends Supplied> String text(Structured<A> whole, Function<A, List<Double>> values) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      write(json, whole, values);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't fail to be written", e);
    }
    return text.toString();
  }

  private void write(Form<A> form, List<Integer> place) throws IOException {
    switch (form) {
      case Form.Leaf<A> leaf -> leaf(leaf.array(), place);
      case Form.Fields<A> fields -> {
        json.writeStartObject();
        for (Map.Entry<String, Form<A>> field : fields.fields().entrySet()) {
          json.writeFieldName(field.getKey());
          write(field.getValue(), place);
        }
        json.writeEndObject();
      }
      case Form.Row<A> row -> elements(row.element(), row.count(), place);
      case Form.Listed<A> listed ->
          elements(listed.element(), at(listed.length(), place).getFirst().intValue(), place);
      case Form.Maybe<A> maybe -> {
        if (at(maybe.present(), place).getFirst() == 0) {
          json.writeNull();
        } else {
          write(maybe.of(), place);
        }
      }
    }
  }

  private void elements(Form<A> element, int count, List<Integer> place) throws IOException {
    json.writeStartArray();
    for (int i = 0; i < count; i++) {
      List<Integer> inner = new ArrayList<>(place);
      inner.add(i);
      write(element, inner);
    }
    json.writeEndArray();
  }

  private void leaf(A array, List<Integer> place) throws IOException {
    List<Integer> shape = array.type().shape();
    JsonNumbers.nested(
        json, array.type().withShape(shape.subList(place.size(), shape.size())), at(array, place));
  }

  private List<Double> at(A array, List<Integer> place) {
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
