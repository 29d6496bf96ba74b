package org.rewlang.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rewlang.InputInfo;
import org.rewlang.model.Form;
import org.rewlang.model.InputVar;
import org.rewlang.model.Structured;

/** What the numbers of structured inputs are called: {@code boxes[2].at[1]}. */
final class FormPlaces {

  private FormPlaces() {}

  /** The name of a place in one of the arrays of a structured input. */
  static String name(Structured<InputVar> owner, InputInfo array, int flat) {
    List<Integer> shape = array.type().shape();
    List<Integer> indices = new ArrayList<>();
    int rest = flat;
    for (int d = shape.size() - 1; d >= 0; d--) {
      indices.addFirst(rest % shape.get(d));
      rest /= shape.get(d);
    }
    StringBuilder text = new StringBuilder(owner.name());
    if (owner.perAgent()) {
      text.append('[').append(indices.removeFirst()).append(']');
    }
    walk(owner.form(), array, indices, text);
    indices.forEach(i -> text.append('[').append(i).append(']'));
    return text.toString();
  }

  private static void walk(
      Form<InputVar> form, InputInfo array, List<Integer> indices, StringBuilder text) {
    switch (form) {
      case Form.Leaf<InputVar> _ -> {}
      case Form.Fields<InputVar> f -> {
        for (Map.Entry<String, Form<InputVar>> field : f.fields().entrySet()) {
          if (holds(field.getValue(), array)) {
            text.append('.').append(field.getKey());
            walk(field.getValue(), array, indices, text);
          }
        }
      }
      case Form.Row<InputVar> r -> {
        text.append('[').append(indices.removeFirst()).append(']');
        walk(r.element(), array, indices, text);
      }
      case Form.Listed<InputVar> l -> {
        if (l.length().name().equals(array.name())) {
          text.append(".length");
        } else {
          text.append('[').append(indices.removeFirst()).append(']');
          walk(l.element(), array, indices, text);
        }
      }
      case Form.Maybe<InputVar> m -> walk(m.of(), array, indices, text);
    }
  }

  private static boolean holds(Form<InputVar> form, InputInfo array) {
    return form.arrays().stream().anyMatch(v -> v.name().equals(array.name()));
  }
}
