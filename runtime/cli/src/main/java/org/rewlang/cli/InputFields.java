package org.rewlang.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rewlang.model.Form;
import org.rewlang.model.InputVar;
import org.rewlang.model.Interval;
import org.rewlang.model.StructuredInput;
import org.rewlang.model.Type;

/** What a structured input is made of, field by field, in the author's words. */
final class InputFields {

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

  private InputFields() {}

  static List<Row> of(StructuredInput input) {
    InputFields fields = new InputFields();
    fields.add(input.form(), "", input.perAgent() ? 1 : 0, false);
    return fields.rows;
  }

  private void add(Form<InputVar> form, String name, int axes, boolean optional) {
    switch (form) {
      case Form.Leaf<InputVar> leaf -> row(leaf, name, axes, optional);
      case Form.Fields<InputVar> fields -> {
        for (Map.Entry<String, Form<InputVar>> field : fields.fields().entrySet()) {
          String inner = name.isEmpty() ? field.getKey() : name + "." + field.getKey();
          add(field.getValue(), inner, axes, optional);
        }
      }
      case Form.Row<InputVar> row -> add(row.element(), name, axes + 1, optional);
      case Form.Listed<InputVar> listed -> add(listed.element(), name, axes + 1, optional);
      case Form.Maybe<InputVar> maybe -> add(maybe.of(), name, axes, true);
    }
  }

  private void row(Form.Leaf<InputVar> leaf, String name, int axes, boolean optional) {
    InputVar array = leaf.array();
    List<Integer> shape = array.type().shape();
    Type own = array.type().withShape(shape.subList(axes, shape.size()));
    String type = leaf.order() == null ? own.toString() : "quat[" + leaf.order() + "]";
    List<String> members = own.enumeration() == null ? List.of() : own.enumeration().members();
    rows.add(new Row(name, type, members, array.unit(), array.range(), optional));
  }
}
