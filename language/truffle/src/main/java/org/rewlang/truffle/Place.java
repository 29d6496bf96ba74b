package org.rewlang.truffle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A point of a body at which values can be computed: its beginning, what follows a region's mask,
 * or an arm of a {@code select}. Whatever is known at a place is known at the places inside it.
 */
final class Place {

  final @Nullable Place outer;
  final int depth;

  private final List<Tree<StatementNode>> code = new ArrayList<>();
  private int early;

  Place(@Nullable Place outer) {
    this.outer = outer;
    this.depth = outer == null ? 0 : outer.depth + 1;
  }

  void add(Tree<StatementNode> statement) {
    code.add(statement);
  }

  /** Adds what reads nothing computed here, before all that does. */
  void addEarly(Tree<StatementNode> statement) {
    code.add(early++, statement);
  }

  /** What is computed here, in order. */
  List<Tree<StatementNode>> code() {
    return code;
  }

  /** The innermost place whose values are known at both. */
  static Place common(Place a, Place b) {
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
  Place atMost(int depth) {
    Place place = this;
    while (place.depth > depth && place.outer != null) {
      place = place.outer;
    }
    return place;
  }
}
