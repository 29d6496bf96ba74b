package org.rewlang.truffle;

import org.rewlang.core.Op;

/**
 * Where a reduction keeps what it has so far.
 *
 * @param slot of the result
 * @param extra of the best number, or of whether there was any; {@link Reduce#NONE} if not needed
 */
record Accumulator(Op.Reduce reduce, int slot, int extra) {

  static Accumulator of(Op.Reduce reduce, Locals locals) {
    boolean more =
        switch (reduce.op()) {
          case SUM, PROD, ANY, ALL -> false;
          case MIN, MAX -> reduce.region().isMasked();
          case ARGMIN, ARGMAX -> true;
        };
    return new Accumulator(reduce, locals.allocate(), more ? locals.allocate() : Reduce.NONE);
  }

  Round round(RegionNode region, ValueNode element) {
    return switch (reduce.op()) {
      case SUM -> new Reduce.Sum(slot, region, element);
      case PROD -> new Reduce.Prod(slot, region, element);
      case MIN -> new Reduce.Min(slot, extra, region, element);
      case MAX -> new Reduce.Max(slot, extra, region, element);
      case ANY -> new Reduce.Truth(false, slot, region, element);
      case ALL -> new Reduce.Truth(true, slot, region, element);
      case ARGMIN -> new Reduce.ArgMin(slot, extra, region, element);
      case ARGMAX -> new Reduce.ArgMax(slot, extra, region, element);
    };
  }

  /** The smallest and the largest of no numbers are undefined. */
  ValueNode result() {
    ValueNode value = new Local.Read(slot);
    return switch (reduce.op()) {
      case SUM, PROD, ANY, ALL, ARGMIN, ARGMAX -> value;
      case MIN, MAX ->
          extra == Reduce.NONE
              ? value
              : new Select(new Local.Read(extra), value, new Literal.OfDouble(Double.NaN));
    };
  }
}
