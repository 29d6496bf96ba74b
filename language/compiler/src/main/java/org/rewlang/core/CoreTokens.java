package org.rewlang.core;

import java.util.List;
import org.rewlang.core.CoreLexer.Sort;
import org.rewlang.core.CoreLexer.Token;
import org.rewlang.source.Source;

/** The words of a core text, read from first to last. */
final class CoreTokens {

  private final Source text;
  private final List<Token> tokens;
  private int at;

  CoreTokens(Source text) throws Wrong {
    this.text = text;
    tokens = CoreLexer.tokens(text);
  }

  /** One more than the highest id that the text writes. */
  int firstFreshId() throws Wrong {
    int fresh = 0;
    for (Token token : tokens) {
      if (token.sort() == Sort.VALUE) {
        fresh = Math.max(fresh, id(token) + 1);
      }
    }
    return fresh;
  }

  Token peek() {
    return tokens.get(at);
  }

  /** The token before the next one. */
  Token last() {
    return tokens.get(at - 1);
  }

  Token next() {
    Token token = tokens.get(at);
    if (token.sort() != Sort.END) {
      at++;
    }
    return token;
  }

  boolean is(String word) {
    return peek().sort() == Sort.NAME && peek().text().equals(word);
  }

  boolean isMark(int ahead, String mark) {
    Token token = tokens.get(Math.min(at + ahead, tokens.size() - 1));
    return token.sort() == Sort.MARK && token.text().equals(mark);
  }

  boolean skip(String mark) {
    boolean found = isMark(0, mark);
    if (found) {
      at++;
    }
    return found;
  }

  void mark(String mark) throws Wrong {
    if (!skip(mark)) {
      throw expected("`" + mark + "`");
    }
  }

  void word(String word) throws Wrong {
    if (!is(word)) {
      throw expected("`" + word + "`");
    }
    next();
  }

  /** Whether a value is named here: {@code %3 = …}, {@code a, b = …}, {@code a: f64 = …}. */
  boolean isBinding() {
    Sort sort = peek().sort();
    return sort == Sort.VALUE
        || sort == Sort.NAME && (isMark(1, "=") || isMark(1, ",") || isMark(1, ":"));
  }

  String name() throws Wrong {
    if (peek().sort() != Sort.NAME && peek().sort() != Sort.QUOTED) {
      throw expected("a name");
    }
    return next().text();
  }

  double literal() throws Wrong {
    if (is("true") || is("false")) {
      return next().text().equals("true") ? 1 : 0;
    }
    if (peek().sort() != Sort.NUMBER) {
      throw expected("a number, `true` or `false`");
    }
    return number(next());
  }

  int positive() throws Wrong {
    Token token = next();
    int value = integer(token.text(), token);
    if (value < 1) {
      throw new Wrong("this must be at least 1", token.span());
    }
    return value;
  }

  static int id(Token token) throws Wrong {
    int id = integer(token.text().substring(1), token);
    if (id > 10_000_000) {
      throw new Wrong("this id is too large", token.span());
    }
    return id;
  }

  static int integer(String text, Token token) throws Wrong {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw new Wrong("a whole number is expected here", token.span());
    }
  }

  static double number(Token token) throws Wrong {
    try {
      return switch (token.text()) {
        case "nan" -> Double.NaN;
        case "inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        default -> Double.parseDouble(token.text());
      };
    } catch (NumberFormatException _) {
      throw new Wrong("`" + token.text() + "` is no number", token.span());
    }
  }

  Wrong expected(String what) {
    Token found = peek();
    String there = found.sort() == Sort.END ? "the end" : "`" + text.text(found.span()) + "`";
    return wrong(what + " is expected here, not " + there);
  }

  Wrong wrong(String message) {
    return new Wrong(message, peek().span());
  }
}
