package org.rewlang.cli;

import java.util.ArrayList;
import java.util.List;
import org.rewlang.diagnostic.Numeral;

/** Aligned columns for people: text to the left, numbers to the right. */
final class TextTable {

  private final List<String[]> rows = new ArrayList<>();

  TextTable(String... header) {
    rows.add(header);
  }

  void row(String... cells) {
    rows.add(cells);
  }

  /** A number with six significant digits; a dash for none. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e9) {
      // A mean of -0 is 0 to people.
      return Numeral.of(value + 0.0);
    }
    double magnitude = Math.abs(value);
    return magnitude >= 1e-4 && magnitude < 1e9
        ? String.format(java.util.Locale.ROOT, "%." + decimals(magnitude) + "f", value)
        : String.format(java.util.Locale.ROOT, "%.5e", value);
  }

  private static int decimals(double magnitude) {
    return Math.max(0, 5 - (int) Math.floor(Math.log10(magnitude)));
  }

  /** {@code 1 row}, {@code 1,200 rows}. */
  static String count(long n, String what) {
    return String.format(java.util.Locale.ROOT, "%,d %s%s", n, what, n == 1 ? "" : "s");
  }

  /** A fraction as per cent. */
  static String percent(double value) {
    return Double.isNaN(value) ? "-" : String.format(java.util.Locale.ROOT, "%.1f %%", 100 * value);
  }

  private static boolean isNumber(String cell) {
    return !cell.isEmpty()
        && (cell.equals("-")
            || cell.equals("inf")
            || cell.equals("-inf")
            || Character.isDigit(cell.charAt(cell.startsWith("-") ? 1 : 0)));
  }

  @Override
  public String toString() {
    int columns = rows.getFirst().length;
    int[] widths = new int[columns];
    boolean[] right = new boolean[columns];
    for (int c = 0; c < columns; c++) {
      int column = c;
      widths[c] =
          rows.stream()
              .mapToInt(r -> r[column].codePointCount(0, r[column].length()))
              .max()
              .orElse(0);
      right[c] =
          c > 0 && rows.size() > 1 && rows.stream().skip(1).allMatch(r -> isNumber(r[column]));
    }
    StringBuilder out = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        String pad = " ".repeat(widths[c] - row[c].codePointCount(0, row[c].length()));
        line.append(c == 0 ? "" : "  ").append(right[c] ? pad + row[c] : row[c] + pad);
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    return out.toString();
  }
}
