package org.rewlang.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table that is written.
 *
 * @param list the list that it is an element of, where the format has lists; null if of none
 */
public record Column(String name, Kind kind, @Nullable Element list) {

  /** A column that stands by itself. */
  public Column(String name, Kind kind) {
    this(name, kind, null);
  }

  /**
   * A place in a list, or in a list of lists; those of one list follow each other.
   *
   * @param index row-major in {@code shape}
   */
  public record Element(String list, List<Integer> shape, int index) {
    public Element {
      shape = List.copyOf(shape);
    }

    /** How many lists begin with this element. */
    int opens() {
      int opened = 0;
      int size = 1;
      for (int d = shape.size() - 1; d >= 0; d--) {
        size *= shape.get(d);
        opened += index % size == 0 ? 1 : 0;
      }
      return opened;
    }

    /** How many lists end with it. */
    int closes() {
      int closed = 0;
      int size = 1;
      for (int d = shape.size() - 1; d >= 0; d--) {
        size *= shape.get(d);
        closed += (index + 1) % size == 0 ? 1 : 0;
      }
      return closed;
    }
  }

  /** What its cells are; any may be null. */
  public enum Kind {
    REAL,
    WHOLE,
    BOOL,
    TEXT
  }
}
