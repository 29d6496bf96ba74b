package org.rewlang.parse;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.rewlang.source.Span;
import org.rewlang.syntax.Name;

/** Where ANTLR's tokens and contexts stand; its stops are inclusive, our ends are not. */
final class Places {

  private Places() {}

  static Span of(Token token) {
    return new Span(
        token.getStartIndex(), Math.max(token.getStartIndex(), token.getStopIndex() + 1));
  }

  static Span of(TerminalNode node) {
    return of(node.getSymbol());
  }

  static Span of(ParserRuleContext context) {
    int start = context.start.getStartIndex();
    int end = context.stop == null ? start : context.stop.getStopIndex() + 1;
    return new Span(start, Math.max(start, end));
  }

  static Span between(Token first, Token last) {
    return of(first).to(of(last));
  }

  static Name name(ParserRuleContext context) {
    boolean one = context.start == context.stop;
    return new Name(one ? context.start.getText() : context.getText(), of(context));
  }

  static Name name(Token token) {
    return new Name(token.getText(), of(token));
  }

  static Name name(TerminalNode node) {
    return name(node.getSymbol());
  }
}
