package org.rewlang.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rewlang.model.Dimension;
import org.rewlang.model.Form;
import org.rewlang.model.Supplied;
import org.rewlang.model.Type;

/** What structured inputs or parameters hold, as a test would give it. */
final class PrintedForm<A extends Supplied> {

  private final Function<A, double[]> read;

  /**
   * @param read the numbers of an array
   */
  PrintedForm(Function<A, double[]> read) {
    this.read = read;
  }

  /**
   * The value; empty where it is absent.
   *
   * @param place in the axes that its arrays have in front
   */
  String of(Form<A> form, List<Integer> place) {
    return switch (form) {
      case Form.Leaf<A> leaf -> {
        double[] own = at(leaf.array(), place);
        Type type = leaf.array().type();
        List<Integer> shape = type.shape().subList(place.size(), type.shape().size());
        Type plain = new Type(type.base(), Dimension.NONE, type.enumeration(), shape);
        yield Printed.value(plain, own);
      }
      case Form.Fields<A> fields -> {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, Form<A>> field : fields.fields().entrySet()) {
          String value = of(field.getValue(), place);
          if (!value.isEmpty()) {
            parts.add(field.getKey() + " = " + value);
          }
        }
        yield fields.type() + "(" + String.join(", ", parts) + ")";
      }
      case Form.Row<A> row -> elements(row.element(), row.count(), place);
      case Form.Listed<A> listed ->
          elements(listed.element(), (int) at(listed.length(), place)[0], place);
      case Form.Maybe<A> maybe -> at(maybe.present(), place)[0] == 0 ? "" : of(maybe.of(), place);
    };
  }

  private String elements(Form<A> element, int count, List<Integer> place) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Integer> inner = new ArrayList<>(place);
      inner.add(i);
      all.add(of(element, inner));
    }
    return all.stream().collect(Collectors.joining(", ", "[", "]"));
  }

  private double[] at(A array, List<Integer> place) {
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
