package org.rewlang.schedule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A block and where its values can be computed.
 *
 * @param <C> as {@link Place} has it
 */
public final class Scope<C> {

  final @Nullable Scope<C> outer;

  final Place<C> start = new Place<>(null);

  /** The same as {@link #start} without a mask. */
  final Place<C> admitted;

  /** The first result of the statement that this block belongs to. */
  final int owner;

  /** The place of that statement. */
  @Nullable Place<C> place;

  Scope(@Nullable Scope<C> outer, int owner, boolean masked) {
    this.outer = outer;
    this.owner = owner;
    this.admitted = masked ? new Place<>(start) : start;
  }

  /** Where that is computed which no mask of this block concerns. */
  public Place<C> startPlace() {
    return start;
  }

  /** Where that is computed which only admitted rounds need. */
  public Place<C> admittedPlace() {
    return admitted;
  }

  /** What is computed whatever a mask says. */
  public List<C> start() {
    return start.code();
  }

  /** What is computed where the mask lets it; of a block without a mask the same. */
  public List<C> admitted() {
    return admitted.code();
  }
}
