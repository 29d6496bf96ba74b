package org.rewlang.parse;

import java.util.List;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenSource;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.WritableToken;
import org.antlr.v4.runtime.misc.Interval;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that are all there, as ANTLR reads them. (Its own stream fetches them one by one and looks
 * for their channels, which takes as long as the rest of the parser.)
 */
final class TokenList implements TokenStream {

  private final List<Token> tokens;
  private final Token end;
  private int index;

  /** Numbers the tokens. */
  TokenList(List<Token> tokens, Token end) {
    this.tokens = tokens;
    this.end = end;
    for (int i = 0; i < tokens.size(); i++) {
      ((WritableToken) tokens.get(i)).setTokenIndex(i);
    }
    ((WritableToken) end).setTokenIndex(tokens.size());
  }

  @Override
  public Token get(int at) {
    return at < tokens.size() ? tokens.get(at) : end;
  }

  /** Null before the first. */
  @Override
  public @Nullable Token LT(int k) {
    int at = k > 0 ? index + k - 1 : index + k;
    return at < 0 ? null : get(at);
  }

  /** Ahead only: nothing asks for what was. */
  @Override
  public int LA(int k) {
    return get(index + k - 1).getType();
  }

  @Override
  public void consume() {
    index++;
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public void seek(int to) {
    index = to;
  }

  @Override
  public int mark() {
    return 0;
  }

  @Override
  public void release(int marker) {}

  @Override
  public int size() {
    return tokens.size() + 1;
  }

  @Override
  public TokenSource getTokenSource() {
    throw new UnsupportedOperationException("the tokens are all there");
  }

  @Override
  public String getSourceName() {
    return UNKNOWN_SOURCE_NAME;
  }

  @Override
  public String getText(Interval interval) {
    StringBuilder text = new StringBuilder();
    for (int i = interval.a; i <= interval.b && i < tokens.size(); i++) {
      text.append(tokens.get(i).getText());
    }
    return text.toString();
  }

  @Override
  public String getText() {
    return getText(Interval.of(0, tokens.size() - 1));
  }

  @Override
  public String getText(RuleContext context) {
    return getText(context.getSourceInterval());
  }

  @Override
  public String getText(Token start, Token stop) {
    return getText(Interval.of(start.getTokenIndex(), stop.getTokenIndex()));
  }
}
