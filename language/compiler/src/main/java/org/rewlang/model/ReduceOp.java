package org.rewlang.model;

/**
 * How many values become one, left to right in row-major order.
 *
 * @see org.rewlang.core.Reduction
 */
public enum ReduceOp {
  SUM,
  PROD,
  MIN,
  MAX,
  ANY,
  ALL,
  /** An int: the index of the first least element; -1 never leaves, an empty one is undefined. */
  ARGMIN,
  ARGMAX
}
