package org.rewlang.data;

import java.util.Locale;

/** What people and tools write in a cell of a text file. */
final class CellText {

  private CellText() {}

  /** A number; not what Java would also take, {@code 1d} and hexadecimal. */
  static double number(String word) {
    char last = word.charAt(word.length() - 1);
    if (last == 'd'
        || last == 'D'
        || last == 'f' && !word.endsWith("inf")
        || last == 'F'
        || word.indexOf('x') >= 0
        || word.indexOf('X') >= 0) {
      throw new NumberFormatException(word);
    }
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(word);
    };
  }
}
