package org.rewlang.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rewlang.model.Dimension;
import org.rewlang.model.Form;
import org.rewlang.model.InputVar;
import org.rewlang.model.Type;

/** What structured inputs hold, as a test would give it. */
final class PrintedInput {

  private final Function<InputVar, double[]> read;

  /**
   * @param read the numbers of an array
   */
  PrintedInput(Function<InputVar, double[]> read) {
    this.read = read;
  }

  /**
   * The value of an input; empty where it is absent.
   *
   * @param place in the axes that its arrays have in front
   */
  String of(Form<InputVar> form, List<Integer> place) {
    return switch (form) {
      case Form.Leaf<InputVar> leaf -> {
        double[] own = at(leaf.array(), place);
        Type type = leaf.array().type();
        List<Integer> shape = type.shape().subList(place.size(), type.shape().size());
        Type plain = new Type(type.base(), Dimension.NONE, type.enumeration(), shape);
        yield Printed.value(plain, own);
      }
      case Form.Fields<InputVar> fields -> {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, Form<InputVar>> field : fields.fields().entrySet()) {
          String value = of(field.getValue(), place);
          if (!value.isEmpty()) {
            parts.add(field.getKey() + " = " + value);
          }
        }
        yield fields.type() + "(" + String.join(", ", parts) + ")";
      }
      case Form.Row<InputVar> row -> elements(row.element(), row.count(), place);
      case Form.Listed<InputVar> listed ->
          elements(listed.element(), (int) at(listed.length(), place)[0], place);
      case Form.Maybe<InputVar> maybe ->
          at(maybe.present(), place)[0] == 0 ? "" : of(maybe.of(), place);
    };
  }

  private String elements(Form<InputVar> element, int count, List<Integer> place) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Integer> inner = new ArrayList<>(place);
      inner.add(i);
      all.add(of(element, inner));
    }
    return all.stream().collect(Collectors.joining(", ", "[", "]"));
  }

  private double[] at(InputVar array, List<Integer> place) {
    double[] all = read.apply(array);
    int size = all.length;
    int from = 0;
    for (int d = 0; d < place.size(); d++) {
      size /= array.type().shape().get(d);
      from += place.get(d) * size;
    }
    return Arrays.copyOfRange(all, from, from + size);
  }
}
