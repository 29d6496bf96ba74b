package org.rewlang.ide;

import java.math.BigDecimal;
import java.math.MathContext;
import org.rewlang.model.Base;
import org.rewlang.model.Interval;
import org.rewlang.model.Type;

/** Ranges as the language writes them, in numbers short enough to read. */
final class RangeText {

  /** Beyond it an int isn't exact, so it is no bound that anyone set. */
  private static final double MOST_INT = 0x1p53 - 1;

  private static final MathContext DIGITS = new MathContext(6);

  private RangeText() {}

  /** As {@code in `-8..8` rad/s}; empty if nothing is known. */
  static String of(Interval range, String unit, Type type) {
    String low = bound(range.shown().low(), type);
    String high = bound(range.shown().high(), type);
    if (low.isEmpty() && high.isEmpty() || type.base() == Base.BOOL) {
      return "";
    }
    String each = type.isScalar() ? "" : "each element ";
    String text = low.equals(high) ? "always `" + low + "`" : "in `" + low + ".." + high + "`";
    return each + text + (unit.isEmpty() ? "" : " " + unit);
  }

  private static String bound(double value, Type type) {
    boolean open =
        Double.isInfinite(value) || type.base() == Base.INT && Math.abs(value) >= MOST_INT;
    return open ? "" : number(value + 0.0);
  }

  private static String number(double value) {
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    int magnitude = rounded.precision() - rounded.scale();
    boolean plain = rounded.signum() == 0 || magnitude > -4 && magnitude <= 9;
    return plain
        ? rounded.toPlainString()
        : rounded.toString().replace("E+", "e").replace("E", "e");
  }
}
