package org.rewlang.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** How what a host gives for an input of a structured type lies in arrays. */
public sealed interface InputForm {

  /**
   * A number, a bool, an enum's member, an array of them, a quaternion: one array.
   *
   * @param order of a quaternion, else null
   */
  record Leaf(InputVar array, @Nullable Order order) implements InputForm {}

  /**
   * An object: a record, or a pose's {@code position} and {@code rotation}.
   *
   * @param type what makes one: the record's name, or {@code pose}
   */
  record Fields(String type, SequencedMap<String, InputForm> fields) implements InputForm {
    public Fields {
      fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
    }
  }

  /** As many elements as {@code count} says; their arrays have an axis for them. */
  record Row(InputForm element, int count) implements InputForm {}

  /** A list of at most {@code bound} elements; how many there are is an input of its own. */
  record Listed(InputForm element, int bound, InputVar length) implements InputForm {}

  /** What may be null: whether it is there is an input of its own. */
  record Maybe(InputForm of, InputVar present) implements InputForm {}

  /** Its arrays, in the order of their places. */
  default List<InputVar> arrays() {
    List<InputVar> all = new ArrayList<>();
    switch (this) {
      case Leaf l -> all.add(l.array);
      case Fields f -> f.fields.values().forEach(v -> all.addAll(v.arrays()));
      case Row r -> all.addAll(r.element.arrays());
      case Listed l -> {
        all.add(l.length);
        all.addAll(l.element.arrays());
      }
      case Maybe m -> {
        all.add(m.present);
        all.addAll(m.of.arrays());
      }
    }
    return all;
  }
}
