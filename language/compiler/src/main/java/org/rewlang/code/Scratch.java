package org.rewlang.code;

import org.rewlang.core.Kind;
import org.rewlang.core.Type;

/**
 * Hands out scratch memory. Every array has its own: late computation knows no order to reuse it.
 */
public final class Scratch {

  private int size;

  Area allocate(Type type) {
    return new Area(Memory.SCRATCH, places(type.size()), type);
  }

  /** A place for a variable of any kind. */
  public int allocate(Kind kind) {
    return places(Type.scalar(kind).size());
  }

  private int places(int count) {
    int first = size;
    size = Math.addExact(size, count);
    return first;
  }

  public int size() {
    return size;
  }
}
