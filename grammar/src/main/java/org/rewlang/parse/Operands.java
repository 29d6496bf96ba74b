package org.rewlang.parse;

import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.rewlang.source.Span;

/** Where operands begin and end, as far as tokens alone tell: for fixes. */
final class Operands {

  private Operands() {}

  /** The operands beside an operator. */
  record Pair(Span left, Span right) {
    Span whole() {
      return left.to(right);
    }
  }

  /** The operands of the operator at {@code i}, each a name, number, call or bracket. */
  static Optional<Pair> around(List<Token> tokens, int i) {
    int left = begin(tokens, i - 1);
    int right = one(tokens, i + 1);
    if (left < 0 || right < 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Pair(
            Places.between(tokens.get(left), tokens.get(i - 1)),
            Places.between(tokens.get(i + 1), tokens.get(right - 1))));
  }

  /** The operand that ends with token {@code i}. */
  static Optional<Span> before(List<Token> tokens, int i) {
    int begin = begin(tokens, i);
    return begin < 0
        ? Optional.empty()
        : Optional.of(Places.between(tokens.get(begin), tokens.get(i)));
  }

  /** Where the operand begins that ends with token {@code i}, or -1. */
  private static int begin(List<Token> tokens, int i) {
    if (i < 0 || !Words.endsOperand(tokens.get(i).getType())) {
      return -1;
    }
    int at = i;
    while (true) {
      int type = tokens.get(at).getType();
      if (Words.closes(type)) {
        at = opening(tokens, at);
        if (at < 0) {
          return -1;
        }
        boolean suffix = at > 0 && isNameOrClosed(tokens.get(at - 1).getType());
        if (!suffix || type == RewLexer.RBRACE) {
          return at;
        }
        at--;
      } else if (at >= 2
          && tokens.get(at - 1).getType() == RewLexer.DOT
          && isNameOrClosed(tokens.get(at - 2).getType())) {
        at -= 2;
      } else if (at >= 1
          && tokens.get(at - 1).getType() == RewLexer.NUMBER
          && type == RewLexer.NAME) {
        return at - 1;
      } else {
        return at;
      }
    }
  }

  private static boolean isNameOrClosed(int type) {
    return Words.isName(type) || type == RewLexer.RPAREN || type == RewLexer.RBRACK;
  }

  private static int opening(List<Token> tokens, int closing) {
    int depth = 0;
    for (int i = closing; i >= 0; i--) {
      int type = tokens.get(i).getType();
      depth += Words.closes(type) ? 1 : Words.opens(type) ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /** One past the operand that begins at {@code i}, or -1. */
  private static int one(List<Token> tokens, int i) {
    if (i >= tokens.size() || !Words.beginsOperand(tokens.get(i).getType())) {
      return -1;
    }
    int at = Words.opens(tokens.get(i).getType()) ? closed(tokens, i) : i + 1;
    while (at > 0 && at < tokens.size()) {
      int type = tokens.get(at).getType();
      if (type == RewLexer.LPAREN || type == RewLexer.LBRACK) {
        at = closed(tokens, at);
      } else if (type == RewLexer.DOT) {
        at += 2;
      } else {
        break;
      }
    }
    return at > tokens.size() ? -1 : at;
  }

  private static int closed(List<Token> tokens, int opening) {
    int depth = 0;
    for (int i = opening; i < tokens.size(); i++) {
      int type = tokens.get(i).getType();
      depth += Words.opens(type) ? 1 : Words.closes(type) ? -1 : 0;
      if (depth == 0) {
        return i + 1;
      }
    }
    return -1;
  }

  /** One past the expression around token {@code i}: where a separator, gate or item follows. */
  static int end(List<Token> tokens, int i) {
    int depth = 0;
    for (int at = i; at < tokens.size(); at++) {
      int type = tokens.get(at).getType();
      if (depth == 0 && at > i && ends(tokens, at)) {
        return at;
      }
      depth += Words.opens(type) ? 1 : Words.closes(type) ? -1 : 0;
      if (depth < 0) {
        return at;
      }
    }
    return tokens.size();
  }

  private static boolean ends(List<Token> tokens, int at) {
    int type = tokens.get(at).getType();
    int next = at + 1 < tokens.size() ? tokens.get(at + 1).getType() : Token.EOF;
    return switch (type) {
      case RewLexer.COMMA,
          RewLexer.LBRACE,
          RewLexer.IF,
          RewLexer.ELSE,
          RewLexer.FOR,
          RewLexer.AND,
          RewLexer.OR,
          RewLexer.IMPLIES,
          RewLexer.COALESCE,
          RewLexer.WHEN,
          RewLexer.ON,
          RewLexer.ONCE,
          RewLexer.OVER,
          RewLexer.SINCE,
          RewLexer.WHERE,
          RewLexer.UNTIL,
          RewLexer.THEN,
          RewLexer.RELEASE,
          RewLexer.WEAK_UNTIL ->
          true;
      default ->
          Pieces.begins(tokens, at)
              || (Situation.startsLine(tokens, at)
                  && (next == RewLexer.ASSIGN
                      || next == RewLexer.COLON
                      || next == RewLexer.ARROW
                      || Words.declares(type)));
    };
  }
}
