package org.rewlang.parse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** Mends by item: the value of the item in which the error stands becomes one broken value. */
final class Items {

  private Items() {}

  static Mend mend(List<Token> tokens, Prefix prefix) {
    int at = Math.min(prefix.index(), tokens.size() - 1);
    int start = Math.min(prefix.start(), at);
    int end = nextDeclaration(tokens, Math.max(at, start + 1), start);
    if (prefix.whole() && Situation.startsLine(tokens, at)) {
      end = nextDeclaration(tokens, at + 1, at);
      return Mend.lose(at, Math.max(end, at + 1));
    }
    int brace = innermostBrace(tokens, start, prefix.index());
    if (brace >= 0) {
      int item = itemBefore(tokens, brace, prefix.index());
      if (item >= 0) {
        return item(tokens, item, itemEnd(tokens, brace, Math.max(prefix.index(), item + 1), end));
      }
    }
    int assign = assign(tokens, start, at);
    return assign >= 0 && !isBroken(tokens, assign + 1, end)
        ? Mend.replace(assign + 1, end, stand(tokens, assign + 1, end))
        : Mend.lose(start, end);
  }

  private static Mend item(List<Token> tokens, int item, int end) {
    int sign = tokens.get(item).getType() == RewLexer.OVERRIDE && !isSign(tokens, item + 1) ? 2 : 1;
    int value = item + sign + 1;
    boolean valued =
        value <= end
            && item + sign < tokens.size()
            && (tokens.get(item + sign).getType() == RewLexer.ASSIGN
                || tokens.get(item + sign).getType() == RewLexer.COLON);
    return valued && !isBroken(tokens, value, end)
        ? Mend.replace(value, end, stand(tokens, value, end))
        : Mend.drop(item, Math.max(end, item + 1));
  }

  private static boolean isSign(List<Token> tokens, int i) {
    return i < tokens.size() && tokens.get(i).getType() == RewLexer.ASSIGN;
  }

  private static boolean isBroken(List<Token> tokens, int from, int to) {
    return to == from + 1 && tokens.get(from).getType() == RewLexer.BROKEN;
  }

  private static Token stand(List<Token> tokens, int from, int to) {
    return to > from
        ? Tokens.broken(tokens.get(from), tokens.get(to - 1))
        : Tokens.missing(RewLexer.BROKEN, "", tokens.get(from - 1));
  }

  /** The next declaration that begins a line behind {@code at}, or the end. */
  private static int nextDeclaration(List<Token> tokens, int at, int start) {
    int column = tokens.get(start).getCharPositionInLine();
    for (int i = Math.max(at, start + 1); i < tokens.size(); i++) {
      if (Pieces.begins(tokens, i) && tokens.get(i).getCharPositionInLine() <= column) {
        return i;
      }
    }
    return tokens.size();
  }

  private static int innermostBrace(List<Token> tokens, int start, int at) {
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = start; i < at; i++) {
      switch (tokens.get(i).getType()) {
        case RewLexer.LBRACE -> open.push(i);
        case RewLexer.RBRACE -> open.poll();
        default -> {}
      }
    }
    return open.isEmpty() ? -1 : open.peek();
  }

  private static int itemBefore(List<Token> tokens, int brace, int at) {
    int found = -1;
    int braces = 0;
    int brackets = 0;
    for (int i = brace + 1; i < Math.min(at + 1, tokens.size()); i++) {
      int type = tokens.get(i).getType();
      if (braces == 0 && beginsItem(tokens, i, brackets) && (i < at || found < 0)) {
        found = i;
        brackets = 0;
      }
      braces += type == RewLexer.LBRACE ? 1 : type == RewLexer.RBRACE ? -1 : 0;
      brackets += bracket(type);
    }
    return found;
  }

  private static int itemEnd(List<Token> tokens, int brace, int from, int limit) {
    int braces = 0;
    int brackets = 0;
    for (int i = brace + 1; i < limit; i++) {
      int type = tokens.get(i).getType();
      if (i >= from
          && braces == 0
          && (type == RewLexer.RBRACE || beginsItem(tokens, i, brackets))) {
        return tokens.get(i - 1).getType() == RewLexer.COMMA ? i - 1 : i;
      }
      braces += type == RewLexer.LBRACE ? 1 : type == RewLexer.RBRACE ? -1 : 0;
      brackets += bracket(type);
    }
    return limit;
  }

  private static int bracket(int type) {
    return switch (type) {
      case RewLexer.LPAREN, RewLexer.LBRACK -> 1;
      case RewLexer.RPAREN, RewLexer.RBRACK -> -1;
      default -> 0;
    };
  }

  /** Whether an item seems to begin at {@code i}, in brackets only where one was forgotten. */
  private static boolean beginsItem(List<Token> tokens, int i, int brackets) {
    Token token = tokens.get(i);
    int before = tokens.get(i - 1).getType();
    boolean first =
        before == RewLexer.LBRACE
            || before == RewLexer.RBRACE
            || (before == RewLexer.COMMA && brackets <= 0)
            || Situation.startsLine(tokens, i);
    if (!first || (brackets > 0 && before == RewLexer.COMMA)) {
      return false;
    }
    int next = i + 1 < tokens.size() ? tokens.get(i + 1).getType() : Token.EOF;
    boolean named = Words.isName(token.getType()) || Words.isReserved(token.getType());
    return named
        && (next == RewLexer.ASSIGN
            || next == RewLexer.COLON
            || next == RewLexer.ARROW
            || (brackets <= 0 && (Words.isName(next) || Words.isReserved(next)))
            || (brackets <= 0 && next == RewLexer.LBRACE));
  }

  private static int assign(List<Token> tokens, int start, int at) {
    int brackets = 0;
    for (int i = start; i < at; i++) {
      int type = tokens.get(i).getType();
      if (type == RewLexer.ASSIGN && brackets == 0) {
        return i;
      }
      brackets += bracket(type) + (type == RewLexer.LBRACE ? 1 : 0);
    }
    return -1;
  }
}
