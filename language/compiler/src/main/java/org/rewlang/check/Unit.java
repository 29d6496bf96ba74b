package org.rewlang.check;

import org.rewlang.model.Dimension;

/**
 * A unit: what it measures, and how many SI units one of it is.
 *
 * @param factor a number in this unit times this is the number in SI
 */
record Unit(Dimension dimension, Factor factor) {

  static final Unit PLAIN = new Unit(Dimension.NONE, Factor.ONE);

  Unit times(Unit other) {
    return new Unit(dimension.times(other.dimension), factor.times(other.factor));
  }

  Unit per(Unit other) {
    return new Unit(dimension.per(other.dimension), factor.per(other.factor));
  }

  Unit power(int exponent) {
    return new Unit(dimension.power(exponent), factor.power(exponent));
  }

  /** The SI unit of {@code dimension}. */
  static Unit si(Dimension dimension) {
    return new Unit(dimension, Factor.ONE);
  }
}
