package org.rewlang.check;

import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads compound units: {@code m/s^2}, {@code 1/m}, {@code kg*m^2/(s^3*A)}. */
final class UnitParser {

  private static final Pattern BLANKS = Pattern.compile("\\s*([*/^()])\\s*");

  private final String text;
  private final Function<String, @Nullable Unit> names;
  private int at;
  private @Nullable String unknown;

  private UnitParser(String text, Function<String, @Nullable Unit> names) {
    this.text = text;
    this.names = names;
  }

  /** The unit, or null where {@code text} is none. */
  static @Nullable Unit parse(String text, Function<String, @Nullable Unit> names) {
    UnitParser parser = new UnitParser(tight(text), names);
    Unit unit = parser.product();
    return parser.at == parser.text.length() ? unit : null;
  }

  /** The first name in {@code text} that is no unit, or null. */
  static @Nullable String firstUnknown(String text, Function<String, @Nullable Unit> names) {
    UnitParser parser = new UnitParser(tight(text), names);
    parser.product();
    return parser.unknown;
  }

  /** Without the blanks around operators; two names need one between them. */
  private static String tight(String text) {
    return BLANKS.matcher(text).replaceAll("$1").strip();
  }

  private @Nullable Unit product() {
    Unit result = power();
    while (result != null && (peek() == '*' || peek() == '/')) {
      boolean divide = text.charAt(at++) == '/';
      Unit next = power();
      if (next == null) {
        return null;
      }
      result = divide ? result.per(next) : result.times(next);
    }
    return result;
  }

  private @Nullable Unit power() {
    Unit base = atom();
    if (base == null || peek() != '^') {
      return base;
    }
    int start = ++at;
    if (peek() == '-') {
      at++;
    }
    while (Character.isDigit(peek())) {
      at++;
    }
    String digits = text.substring(start, at);
    return digits.matches("-?\\d{1,2}") ? base.power(Integer.parseInt(digits)) : null;
  }

  private @Nullable Unit atom() {
    if (peek() == '(') {
      at++;
      Unit inner = product();
      if (inner == null || peek() != ')') {
        return null;
      }
      at++;
      return inner;
    }
    if (peek() == '1') {
      at++;
      return Unit.PLAIN;
    }
    int start = at;
    while (Character.isLetter(peek()) || peek() == '_' || peek() == '%' || inName(start)) {
      at++;
    }
    if (at == start) {
      return null;
    }
    String name = text.substring(start, at);
    Unit unit = names.apply(name);
    if (unit == null && unknown == null) {
      unknown = name;
    }
    return unit;
  }

  private boolean inName(int start) {
    return at > start && Character.isDigit(peek());
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }
}
