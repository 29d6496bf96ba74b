package org.rewlang.parse;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/**
 * A text's tokens and, apart, its comments.
 *
 * @param end the token for the end of the text
 */
record Tokens(List<Token> tokens, List<Token> comments, Token end) {

  static Tokens of(Source source) {
    return of(source, new Span(0, source.text().length()));
  }

  /** Those of a part. */
  static Tokens of(Source source, Span part) {
    RewLexer lexer = new RewLexer(new Utf16Stream(source.text(), part));
    lexer.removeErrorListeners();
    List<Token> tokens = new ArrayList<>();
    List<Token> comments = new ArrayList<>();
    Token token = lexer.nextToken();
    while (token.getType() != Token.EOF) {
      if (token.getChannel() == Token.DEFAULT_CHANNEL) {
        tokens.add(token);
      } else if (token.getType() == RewLexer.COMMENT) {
        comments.add(token);
      }
      token = lexer.nextToken();
    }
    return new Tokens(tokens, comments, token);
  }

  /** A token of another type at the place of {@code like}. */
  static CommonToken retyped(Token like, int type) {
    CommonToken token = new CommonToken(like);
    token.setType(type);
    return token;
  }

  /** A token that nobody wrote, just behind {@code before}. */
  static CommonToken missing(int type, String text, Token before) {
    CommonToken token = new CommonToken(type, text);
    token.setLine(before.getLine());
    token.setCharPositionInLine(before.getCharPositionInLine());
    token.setStartIndex(before.getStopIndex() + 1);
    token.setStopIndex(before.getStopIndex());
    return token;
  }

  /** One token over a span, written otherwise there. */
  static CommonToken spanning(Token first, Span span, int type, String text) {
    CommonToken token = retyped(first, type);
    token.setStartIndex(span.start());
    token.setStopIndex(span.end() - 1);
    token.setText(text);
    return token;
  }

  /** One token for all from {@code first} to {@code last}. */
  static CommonToken broken(Token first, Token last) {
    CommonToken token = retyped(first, RewLexer.BROKEN);
    token.setStopIndex(last.getStopIndex());
    return token;
  }
}
