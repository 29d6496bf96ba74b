package org.rewlang.core;

import java.util.ArrayList;
import java.util.List;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/** Splits core text into words. */
final class CoreLexer {

  enum Sort {
    /** {@code air'}, {@code err.sum}, {@code select}. */
    NAME,
    /** {@code "any text"}, a name that would not be one bare. */
    QUOTED,
    /** {@code %12}, a value by its id. */
    VALUE,
    /** {@code -1e-5}, {@code nan}, {@code -inf}. */
    NUMBER,
    /** {@code @0:12-20}. */
    ORIGIN,
    /** One of {@code = , : ( ) { } [ ] <}. */
    MARK,
    END
  }

  /**
   * @param text of a name without its quotes
   */
  record Token(Sort sort, String text, Span span) {}

  private static final String MARKS = "=,:(){}[]<";

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private CoreLexer(String text) {
    this.text = text;
  }

  static List<Token> tokens(Source source) throws Wrong {
    CoreLexer lexer = new CoreLexer(source.text());
    lexer.run();
    return lexer.tokens;
  }

  private void run() throws Wrong {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '#') {
        skip(x -> x != '\n');
      } else {
        token(c);
      }
    }
    add(Sort.END, at);
  }

  private void token(char c) throws Wrong {
    int start = at;
    if (MARKS.indexOf(c) >= 0) {
      at++;
      add(Sort.MARK, start);
    } else if (isNameStart(c)) {
      skip(CoreLexer::isNamePart);
      String word = text.substring(start, at);
      add(word.equals("nan") || word.equals("inf") ? Sort.NUMBER : Sort.NAME, start);
    } else if (c == '%') {
      at++;
      skip(CoreLexer::isDigit);
      add(Sort.VALUE, start);
    } else if (c == '@') {
      at++;
      skip(x -> isDigit(x) || x == ':' || x == '-');
      add(Sort.ORIGIN, start);
    } else if (isDigit(c) || c == '-') {
      number();
      add(Sort.NUMBER, start);
    } else if (c == '"') {
      quoted(start);
    } else {
      at++;
      throw new Wrong("nothing in core text begins with `" + c + "`", new Span(start, at));
    }
  }

  private void number() {
    at++;
    if (text.startsWith("inf", at)) {
      at += 3;
      return;
    }
    skip(x -> isDigit(x) || x == '.');
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
        at++;
      }
      skip(CoreLexer::isDigit);
    }
  }

  private void quoted(int start) throws Wrong {
    StringBuilder content = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      boolean escaped = text.charAt(at) == '\\' && at + 1 < text.length();
      if (escaped) {
        at++;
      }
      char c = text.charAt(at++);
      content.append(escaped && c == 'n' ? '\n' : c);
    }
    if (at >= text.length()) {
      throw new Wrong("this quotation has no end", new Span(start, at));
    }
    at++;
    tokens.add(new Token(Sort.QUOTED, content.toString(), new Span(start, at)));
  }

  private interface Test {
    boolean holds(char c);
  }

  private void skip(Test test) {
    while (at < text.length() && test.holds(text.charAt(at))) {
      at++;
    }
  }

  private void add(Sort sort, int start) {
    tokens.add(new Token(sort, text.substring(start, at), new Span(start, at)));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isNameStart(char c) {
    return Character.isLetter(c) || c == '_';
  }

  static boolean isNamePart(char c) {
    return isNameStart(c) || isDigit(c) || c == '.' || c == '\'';
  }

  /** {@code name} as it stands in core text, quoted where it must be. */
  static String written(String name) {
    boolean bare =
        !name.isEmpty()
            && isNameStart(name.charAt(0))
            && name.chars().allMatch(c -> isNamePart((char) c))
            && !name.equals("nan")
            && !name.equals("inf");
    return bare ? name : quote(name);
  }

  static String quote(String name) {
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
