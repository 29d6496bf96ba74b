package org.rewlang.parse;

import java.util.List;
import org.antlr.v4.runtime.Token;
import org.rewlang.diagnostic.Code;

/**
 * Depth, bounded before anything recursive sees a text. Two things count. Nesting: brackets, signs
 * and `not`, powers, and the operators that nest to the right; at most {@value #MAX_NESTING}. And
 * the depth of the tree, to which chains such as {@code a + b + …} add one level for an operator;
 * at most {@value #MAX_DEPTH}, so that every later pass may recurse. Longer sums are split with
 * `let`.
 */
final class Nesting {

  static final int MAX_NESTING = 250;
  static final int MAX_DEPTH = 1000;

  private Nesting() {}

  /** The index of the first token that is too deep, or -1. */
  static int tooDeep(List<Token> tokens) {
    int[] nested = new int[MAX_NESTING + 2];
    int[] chained = new int[MAX_NESTING + 2];
    int open = 0;
    int nesting = 0;
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      switch (tokens.get(i).getType()) {
        case RewLexer.LPAREN, RewLexer.LBRACK, RewLexer.LBRACE -> {
          if (tokens.get(i).getType() != RewLexer.LBRACE && endsOperand(tokens, i - 1)) {
            chained[open]++;
            depth++;
          }
          open++;
          nesting++;
          depth++;
          if (nesting <= MAX_NESTING) {
            nested[open] = 0;
            chained[open] = 0;
          }
        }
        case RewLexer.RPAREN, RewLexer.RBRACK, RewLexer.RBRACE -> {
          nesting -= nested[open] + (open > 0 ? 1 : 0);
          depth -= nested[open] + chained[open] + (open > 0 ? 1 : 0);
          nested[open] = 0;
          chained[open] = 0;
          open = Math.max(0, open - 1);
        }
        case RewLexer.COMMA,
            RewLexer.COLON,
            RewLexer.ASSIGN,
            RewLexer.ARROW,
            RewLexer.WHEN,
            RewLexer.ON,
            RewLexer.ONCE,
            RewLexer.LET -> {
          nesting -= nested[open];
          depth -= nested[open] + chained[open];
          nested[open] = 0;
          chained[open] = 0;
        }
        case RewLexer.MINUS,
            RewLexer.NOT,
            RewLexer.POWER,
            RewLexer.ELSE,
            RewLexer.IMPLIES,
            RewLexer.UNTIL,
            RewLexer.SINCE,
            RewLexer.RELEASE,
            RewLexer.WEAK_UNTIL,
            RewLexer.THEN -> {
          boolean chain = tokens.get(i).getType() == RewLexer.MINUS && endsOperand(tokens, i - 1);
          (chain ? chained : nested)[open]++;
          nesting += chain ? 0 : 1;
          depth++;
        }
        case RewLexer.AND,
            RewLexer.OR,
            RewLexer.PLUS,
            RewLexer.STAR,
            RewLexer.SLASH,
            RewLexer.MATMUL,
            RewLexer.DOT,
            RewLexer.COALESCE -> {
          chained[open]++;
          depth++;
        }
        default -> {}
      }
      if (nesting > MAX_NESTING || depth > MAX_DEPTH) {
        return i;
      }
    }
    return -1;
  }

  private static boolean endsOperand(List<Token> tokens, int i) {
    return i >= 0 && Words.endsOperand(tokens.get(i).getType());
  }

  static void report(Report report, Token token) {
    report.add(
        report
            .at(Code.TOO_DEEP, Places.of(token), "This is nested too deeply.")
            .label("one level too many")
            .hint(
                "name parts of it with `let`: at most "
                    + MAX_NESTING
                    + " levels of brackets and "
                    + MAX_DEPTH
                    + " operators in a row"));
  }
}
