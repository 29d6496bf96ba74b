package org.rewlang.parse;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** Where a broken text is cut: before words that begin a declaration in the first column. */
final class Pieces {

  private Pieces() {}

  static List<List<Token>> of(List<Token> tokens) {
    List<List<Token>> pieces = new ArrayList<>();
    int from = 0;
    for (int i = 1; i < tokens.size(); i++) {
      if (tokens.get(i).getCharPositionInLine() == 0 && begins(tokens, i)) {
        pieces.add(tokens.subList(from, i));
        from = i;
      }
    }
    if (from < tokens.size()) {
      pieces.add(tokens.subList(from, tokens.size()));
    }
    return pieces;
  }

  /**
   * Whether token {@code i} begins a line, and a declaration rather than an item named like one.
   */
  static boolean begins(List<Token> tokens, int i) {
    Token token = tokens.get(i);
    if (!Words.declares(token.getType()) || !Situation.startsLine(tokens, i)) {
      return false;
    }
    int next = i + 1 < tokens.size() ? tokens.get(i + 1).getType() : Token.EOF;
    return switch (token.getType()) {
      case RewLexer.REWARD ->
          Words.isName(next)
              || next == RewLexer.LBRACE
              || next == RewLexer.ASSIGN
              || next == Token.EOF;
      case RewLexer.INPUTS, RewLexer.OBJECTIVE -> Words.isName(next) || next == RewLexer.LBRACE;
      case RewLexer.SUCCESS, RewLexer.FAILURE, RewLexer.TERMINATE, RewLexer.TRUNCATE ->
          Words.isName(next) || Words.isReserved(next);
      case RewLexer.USE, RewLexer.TEST, RewLexer.PROPERTY ->
          next == RewLexer.TEXT || next == RewLexer.OPEN_TEXT;
      case RewLexer.STEP -> next == RewLexer.LASTS;
      case RewLexer.GROUP -> next == RewLexer.BY;
      case RewLexer.SKIP_ -> next == RewLexer.UNLESS;
      case RewLexer.REQUIRE -> Words.beginsOperand(next) || next == RewLexer.NOT;
      default -> Words.isName(next) || Words.isReserved(next);
    };
  }
}
