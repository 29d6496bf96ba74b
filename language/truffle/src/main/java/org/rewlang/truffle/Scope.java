package org.rewlang.truffle;

import org.jspecify.annotations.Nullable;

/** A block and where its values can be computed. */
final class Scope {

  final @Nullable Scope outer;

  /** Computed whatever a mask says. */
  final Place start = new Place(null);

  /** Computed where the mask lets it; the same as {@link #start} without one. */
  final Place admitted;

  /** The first result of the statement that this block belongs to. */
  final int owner;

  /** The place of that statement. */
  @Nullable Place place;

  Scope(@Nullable Scope outer, int owner, boolean masked) {
    this.outer = outer;
    this.owner = owner;
    this.admitted = masked ? new Place(start) : start;
  }
}
