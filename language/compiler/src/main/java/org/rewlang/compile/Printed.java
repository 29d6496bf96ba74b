package org.rewlang.compile;

import java.util.StringJoiner;
import org.rewlang.diagnostic.Numeral;
import org.rewlang.model.EnumType;
import org.rewlang.model.Interval;
import org.rewlang.model.Type;

/** Values as people write them. */
final class Printed {

  private static final int MOST = 12;

  private Printed() {}

  /** A value in SI: {@code 0.25}, {@code true}, {@code walk}, {@code [1, 2] <m>}. */
  static String value(Type type, double[] values) {
    String unit = type.dimension().isNone() ? "" : " " + type.dimension();
    if (type.isScalar()) {
      return element(type, values[0]) + unit;
    }
    StringJoiner all = new StringJoiner(", ", "[", "]");
    for (int i = 0; i < Math.min(values.length, MOST); i++) {
      all.add(element(type, values[i]));
    }
    if (values.length > MOST) {
      all.add("…");
    }
    return all + (unit.isEmpty() ? "" : " <" + unit.strip() + ">");
  }

  private static String element(Type type, double value) {
    if (Double.isNaN(value)) {
      return "undefined";
    }
    return switch (type.base()) {
      case BOOL -> value != 0 ? "true" : "false";
      case ENUM -> member(type.enumeration(), value);
      case REAL, INT -> Numeral.of(value);
    };
  }

  private static String member(@org.jspecify.annotations.Nullable EnumType type, double value) {
    return type == null || value < 0 ? "undefined" : type.members().get((int) value);
  }

  /** {@code 0..1}, {@code ..0}, {@code 0..}. */
  static String range(Interval range) {
    return (Double.isInfinite(range.low()) ? "" : Numeral.of(range.low() + 0.0))
        + ".."
        + (Double.isInfinite(range.high()) ? "" : Numeral.of(range.high() + 0.0));
  }
}
