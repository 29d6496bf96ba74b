package org.rewlang.model;

import java.util.List;

/** A declared record. */
public record RecordType(String name, List<Field> fields) {

  /** One field. */
  public record Field(String name, Structure structure) {}

  public RecordType {
    fields = List.copyOf(fields);
  }

  /** The position of a field; -1 if there is none. */
  public int indexOf(String field) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(field)) {
        return i;
      }
    }
    return -1;
  }
}
