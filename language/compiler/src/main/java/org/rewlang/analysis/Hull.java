package org.rewlang.analysis;

/** Collects values that a number may take. */
final class Hull {

  private double low = Fact.Number.NONE.low();
  private double high = Fact.Number.NONE.high();
  private boolean nan;
  private boolean below;
  private boolean above;

  /** May be exactly this. */
  void point(double value) {
    if (Double.isNaN(value)) {
      nan = true;
    } else if (Double.isInfinite(value)) {
      below |= value < 0;
      above |= value > 0;
    } else {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }

  /** The end of a range that other values reach up to: where it overflows, so may they. */
  void corner(double value) {
    point(value);
    if (Double.isInfinite(value)) {
      point(Math.copySign(Fact.Number.MAX, value));
    }
  }

  /** Every number between two ends, computed to within a few units in the last place. */
  void about(double least, double greatest) {
    corner(Math.nextDown(Math.nextDown(least)));
    corner(Math.nextUp(Math.nextUp(greatest)));
  }

  void nan() {
    nan = true;
  }

  void bothInfinities() {
    below = true;
    above = true;
  }

  Fact.Number build() {
    return new Fact.Number(low, high, nan, below, above, false);
  }

  /** As {@link #build}, finite values cut to what the function can give. */
  Fact.Number build(double least, double greatest) {
    boolean empty = !(low <= high);
    return new Fact.Number(
        empty ? low : Math.min(Math.max(low, least), greatest),
        empty ? high : Math.max(Math.min(high, greatest), least),
        nan,
        below,
        above,
        false);
  }
}
