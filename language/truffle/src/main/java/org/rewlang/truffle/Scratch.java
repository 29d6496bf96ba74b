package org.rewlang.truffle;

import org.rewlang.core.Type;

/**
 * Hands out scratch memory. Every array has its own: late computation knows no order to reuse it.
 */
final class Scratch {

  private int size;

  Area allocate(Type type) {
    Area area = new Area(Memory.SCRATCH, size, type);
    size = Math.addExact(size, type.size());
    return area;
  }

  int size() {
    return size;
  }
}
