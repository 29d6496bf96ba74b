package org.rewlang.truffle;

import org.rewlang.core.Type;

/** Where an array lies. */
record Area(Memory memory, int offset, Type type) {

  /** How far apart neighbours along dimension {@code d} lie. */
  int stride(int d) {
    int stride = 1;
    for (int i = d + 1; i < type.shape().size(); i++) {
      stride *= type.shape().get(i);
    }
    return stride;
  }

  boolean overlaps(Area other) {
    return memory == other.memory
        && offset < other.offset + other.type.size()
        && other.offset < offset + type.size();
  }
}
