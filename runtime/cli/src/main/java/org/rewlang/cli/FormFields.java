package org.rewlang.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rewlang.model.Form;
import org.rewlang.model.Interval;
import org.rewlang.model.Structured;
import org.rewlang.model.Supplied;
import org.rewlang.model.Type;

/** What a structured input or parameter is made of, field by field, in the author's words. */
final class FormFields {

  /**
   * A field.
   *
   * @param name with the fields it lies in: {@code corner.x}; empty where the input has no fields
   * @param optional whether it may be null
   */
  record Row(
      String name,
      String type,
      List<String> members,
      String unit,
      Interval range,
      boolean optional) {}

  private final List<Row> rows = new ArrayList<>();

  private FormFields() {}

  static List<Row> of(Structured<? extends Supplied> input) {
    FormFields fields = new FormFields();
    fields.add(input.form(), "", input.perAgent() ? 1 : 0, false);
    return fields.rows;
  }

  private void add(Form<? extends Supplied> form, String name, int axes, boolean optional) {
    switch (form) {
      case Form.Leaf<? extends Supplied> leaf -> row(leaf, name, axes, optional);
      case Form.Fields<? extends Supplied> fields -> {
        for (Map.Entry<String, ? extends Form<? extends Supplied>> field :
            fields.fields().entrySet()) {
          String inner = name.isEmpty() ? field.getKey() : name + "." + field.getKey();
          add(field.getValue(), inner, axes, optional);
        }
      }
      case Form.Row<? extends Supplied> row -> add(row.element(), name, axes + 1, optional);
      case Form.Listed<? extends Supplied> listed ->
          add(listed.element(), name, axes + 1, optional);
      case Form.Maybe<? extends Supplied> maybe -> add(maybe.of(), name, axes, true);
    }
  }

  private void row(Form.Leaf<? extends Supplied> leaf, String name, int axes, boolean optional) {
    Supplied array = leaf.array();
    List<Integer> shape = array.type().shape();
    Type own = array.type().withShape(shape.subList(axes, shape.size()));
    String type = leaf.order() == null ? own.toString() : "quat[" + leaf.order() + "]";
    List<String> members = own.enumeration() == null ? List.of() : own.enumeration().members();
    rows.add(new Row(name, type, members, array.unit(), array.range(), optional));
  }
}
