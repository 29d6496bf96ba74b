package org.rewlang.parse;

import org.antlr.v4.runtime.Token;
import org.rewlang.syntax.Expr;

/** Text literals: quotes taken off, escapes resolved. */
final class Texts {

  private Texts() {}

  static Expr.TextLit of(Token token) {
    String written = token.getText();
    boolean raw = written.startsWith("r");
    int open = raw ? 1 : 0;
    boolean closed =
        written.length() > open + 1 && written.charAt(written.length() - 1) == written.charAt(open);
    String inner = written.substring(open + 1, closed ? written.length() - 1 : written.length());
    return new Expr.TextLit(raw ? inner : unescape(inner), raw, Places.of(token));
  }

  /** As in Python: an unknown escape stands for itself, backslash included. */
  private static String unescape(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
      if (c != '\\') {
        out.append(c);
        i++;
      } else if (next == 'u' && hex(text, i + 2, 4) >= 0) {
        out.append((char) hex(text, i + 2, 4));
        i += 6;
      } else {
        switch (next) {
          case 'n' -> out.append('\n');
          case 't' -> out.append('\t');
          case 'r' -> out.append('\r');
          case '0' -> out.append('\0');
          case '\\', '"', '\'' -> out.append(next);
          default -> out.append('\\').append(i + 1 < text.length() ? String.valueOf(next) : "");
        }
        i += 2;
      }
    }
    return out.toString();
  }

  private static int hex(String text, int from, int digits) {
    if (from + digits > text.length()) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }
}
