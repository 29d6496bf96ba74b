package org.rewlang.schedule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A point of a body at which values can be computed: its beginning, what follows a region's mask,
 * or an arm of a {@code select}. Whatever is known at a place is known at the places inside it.
 *
 * @param <C> what an engine makes of a statement: code of its own kind
 */
public final class Place<C> {

  final @Nullable Place<C> outer;
  final int depth;

  private final List<C> code = new ArrayList<>();
  private int early;

  Place(@Nullable Place<C> outer) {
    this.outer = outer;
    this.depth = outer == null ? 0 : outer.depth + 1;
  }

  public void add(C statement) {
    code.add(statement);
  }

  /** Adds what reads nothing computed here, before all that does. */
  public void addEarly(C statement) {
    code.add(early++, statement);
  }

  /** What is computed here, in order. */
  public List<C> code() {
    return code;
  }

  /** The innermost place whose values are known at both. */
  static <C> Place<C> common(Place<C> a, Place<C> b) {
    while (a != b) {
      if (a.depth >= b.depth && a.outer != null) {
        a = a.outer;
      } else if (b.outer != null) {
        b = b.outer;
      } else {
        throw new IllegalArgumentException("places of different bodies");
      }
    }
    return a;
  }

  /** This place, or the one around it that lies {@code depth} deep. */
  Place<C> atMost(int depth) {
    Place<C> place = this;
    while (place.depth > depth && place.outer != null) {
      place = place.outer;
    }
    return place;
  }
}
