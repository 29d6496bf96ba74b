package org.rewlang.columns;

import org.jspecify.annotations.Nullable;
import org.rewlang.engine.Batch;

/**
 * The values of a block of lanes: a column for each scalar and each element of an array, numbers
 * apart from truth values and integers. A column may be another's for a while: an element of an
 * array that a loop names is that array's column, not a copy.
 */
final class Columns {

  final int width;
  final double[][] reals;
  final int[][] ints;

  /** Where the body that runs reads and writes. */
  private @Nullable Batch batch;

  Columns(int width, int reals, int ints) {
    this.width = width;
    this.reals = new double[reals][width];
    this.ints = new int[ints][width];
  }

  void enter(Batch entered) {
    batch = entered;
  }

  Batch batch() {
    if (batch == null) {
      throw new IllegalStateException("no body runs");
    }
    return batch;
  }
}
