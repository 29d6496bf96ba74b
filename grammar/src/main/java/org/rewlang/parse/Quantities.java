package org.rewlang.parse;

import org.antlr.v4.runtime.Token;
import org.rewlang.source.Span;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.UnitRef;

/** {@code 9.81 m/s^2} is one token; here it is taken apart again. */
final class Quantities {

  private Quantities() {}

  static Expr.NumberLit of(Token token) {
    String text = token.getText();
    int end = numberEnd(text);
    int unit = end;
    while (text.charAt(unit) == ' ' || text.charAt(unit) == '\t') {
      unit++;
    }
    Span span = Places.of(token);
    UnitRef ref =
        new UnitRef(text.substring(unit), false, new Span(span.start() + unit, span.end()));
    return new Expr.NumberLit(text.substring(0, end), ref, span);
  }

  /** Where the number ends that {@code text} begins with; an exponent needs digits. */
  static int numberEnd(String text) {
    int i = 0;
    while (i < text.length() && isNumberPart(text.charAt(i))) {
      i++;
    }
    if (i < text.length() && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
      int digits = i + 1;
      if (digits < text.length() && (text.charAt(digits) == '-' || text.charAt(digits) == '+')) {
        digits++;
      }
      int end = digits;
      while (end < text.length() && isDigit(text.charAt(end))) {
        end++;
      }
      if (end > digits) {
        return end;
      }
    }
    return i;
  }

  /**
   * Where the compound unit ends that begins at {@code start}: names and powers joined by {@code /}
   * or {@code *} without blanks. Equal to the end of the first name if nothing is joined to it.
   */
  static int compoundEnd(String text, int start) {
    int i = partEnd(text, start);
    while (i < text.length() && (text.charAt(i) == '/' || text.charAt(i) == '*')) {
      int next = partEnd(text, i + 1);
      if (next == i + 1) {
        break;
      }
      i = next;
    }
    return i;
  }

  private static int partEnd(String text, int start) {
    int i = start;
    if (i < text.length() && text.charAt(i) == '%') {
      i++;
    } else if (i < text.length() && isLetter(text.charAt(i))) {
      while (i < text.length() && (isLetter(text.charAt(i)) || isDigit(text.charAt(i)))) {
        i++;
      }
    } else {
      return start;
    }
    int power = i;
    if (power < text.length() && text.charAt(power) == '^') {
      power++;
      if (power < text.length() && text.charAt(power) == '-') {
        power++;
      }
      int end = power;
      while (end < text.length() && isDigit(text.charAt(end))) {
        end++;
      }
      return end > power ? end : i;
    }
    return i;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNumberPart(char c) {
    return isDigit(c) || c == '_' || c == '.';
  }
}
