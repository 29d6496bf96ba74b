package org.rewlang.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.Binder;
import org.rewlang.model.Machine;
import org.rewlang.source.Location;

/** What a machine is made of in the checker. */
sealed interface MachineParts permits MachineCells, FollowerCells {

  /** Those that are checked whether or not anything reads them. */
  List<Cell> cells();

  /** Makes each agent have one. */
  void perAgent(Binder agents);

  Entity.Machine entity();

  /** What tools see of it; null if something in it is wrong. */
  @Nullable Machine model();

  /**
   * The machine's value after the step and before it, summed over the elements of one for each.
   *
   * @param where it is asked for
   */
  Shapes.@Nullable Potential potential(double discount, double sign, Location where);
}
