package org.rewlang.parse;

/** Foreign text as it stands in a message: short, and without what a terminal would act on. */
final class Shown {

  private static final int LONGEST = 30;

  private Shown() {}

  static String of(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(
            c -> {
              if (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE) {
                out.append(String.format("\\u%04x", c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return text.codePointCount(0, text.length()) > LONGEST ? out + "…" : out.toString();
  }
}
