package org.rewlang.parse;

import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/** One pass of the generated parser: all or nothing. Why it failed is found by {@link Prefix}. */
final class Attempt {

  private Attempt() {}

  static Optional<RewParser.ProgramContext> program(List<Token> tokens, Token end) {
    try {
      return Optional.of(parser(tokens, end).program());
    } catch (ParseCancellationException e) {
      return Optional.empty();
    }
  }

  static Optional<RewParser.ExpressionOnlyContext> expression(List<Token> tokens, Token end) {
    try {
      return Optional.of(parser(tokens, end).expressionOnly());
    } catch (ParseCancellationException e) {
      return Optional.empty();
    }
  }

  private static RewParser parser(List<Token> tokens, Token end) {
    RewParser parser = new RewParser(new TokenList(tokens, end));
    parser.removeErrorListeners();
    parser.setErrorHandler(new BailErrorStrategy());
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    return parser;
  }
}
