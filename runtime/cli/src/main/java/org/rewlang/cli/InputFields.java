package org.rewlang.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rewlang.model.InputForm;
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
    fields.add(input.form(), "", 0, false);
    return fields.rows;
  }

  private void add(InputForm form, String name, int axes, boolean optional) {
    switch (form) {
      case InputForm.Leaf leaf -> row(leaf, name, axes, optional);
      case InputForm.Fields fields -> {
        for (Map.Entry<String, InputForm> field : fields.fields().entrySet()) {
          String inner = name.isEmpty() ? field.getKey() : name + "." + field.getKey();
          add(field.getValue(), inner, axes, optional);
        }
      }
      case InputForm.Row row -> add(row.element(), name, axes + 1, optional);
      case InputForm.Listed listed -> add(listed.element(), name, axes + 1, optional);
      case InputForm.Maybe maybe -> add(maybe.of(), name, axes, true);
    }
  }

  private void row(InputForm.Leaf leaf, String name, int axes, boolean optional) {
    InputVar array = leaf.array();
    List<Integer> shape = array.type().shape();
    Type own = array.type().withShape(shape.subList(axes, shape.size()));
    String type = leaf.order() == null ? own.toString() : "quat[" + leaf.order() + "]";
    List<String> members = own.enumeration() == null ? List.of() : own.enumeration().members();
    rows.add(new Row(name, type, members, array.unit(), array.range(), optional));
  }
}
