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

  /** The columns of numbers that are no other's. */
  private final double[][] own;

  /** Where the body that runs reads and writes. */
  private @Nullable Batch batch;

  Columns(int width, int reals, int ints) {
    this.width = width;
    this.reals = new double[reals][width];
    this.ints = new int[ints][width];
    own = this.reals.clone();
  }

  /**
   * What an arm that no row takes would have set still stands, and is read, though no row needs it:
   * it must not be a column of another batch, which may be narrower.
   */
  void enter(Batch entered) {
    if (batch != entered) {
      System.arraycopy(own, 0, reals, 0, own.length);
      batch = entered;
    }
  }

  Batch batch() {
    if (batch == null) {
      throw new IllegalStateException("no body runs");
    }
    return batch;
  }
}
