package org.rewlang.parse;

import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Fix;
import org.rewlang.source.Span;

/** Values, operators and commas that are missing or too many. */
final class OperandSituations extends Situation {

  OperandSituations(Report report, List<Token> tokens, Prefix prefix, Token end) {
    super(report, tokens, prefix, end);
  }

  /** The sign of an item whose name was taken for the end of the item before it. */
  Optional<Mend> swallowedItem() {
    boolean sign = type == RewLexer.ASSIGN || type == RewLexer.COLON || type == RewLexer.ARROW;
    if (!sign || at < 2 || !Words.isName(typeAt(at - 1))) {
      return Optional.empty();
    }
    Token last = tokens.get(at - 2);
    if (last.getType() == RewLexer.COMMA) {
      Integer opener = open.peek();
      boolean list = opener != null && tokens.get(opener).getType() == RewLexer.LBRACK;
      return list
          ? new BracketSituations(report, tokens, prefix, here).unclosed(at - 2)
          : Optional.empty();
    }
    if (!startsLine(tokens, at - 1)
        || Words.endsOperand(last.getType())
        || last.getType() == RewLexer.LBRACE
        || last.getType() == RewLexer.RBRACE) {
      return Optional.empty();
    }
    noValue(Places.of(last), "A value is missing after `" + last.getText() + "`.", "behind");
    Token value = Tokens.missing(RewLexer.BROKEN, "", last);
    return Optional.of(new Mend(at - 1, at - 1, List.of(value), false));
  }

  private void noValue(Span place, String message, String where) {
    add(
        report
            .at(Code.NO_VALUE, place, message)
            .label("a value belongs " + where + " this")
            .expected(List.of("a value")));
  }

  Optional<Mend> comparisonMeant() {
    boolean meant =
        type == RewLexer.ASSIGN
            && expects(RewLexer.EQ)
            && !startsLine(tokens, at)
            && before != null;
    if (!meant) {
      return Optional.empty();
    }
    add(
        report
            .at(Code.ASSIGN_IN_EXPRESSION, Places.of(here), "`=` names a value; `==` compares.")
            .label("a comparison is meant here")
            .fix(Fix.replace("write `==`", source, Places.of(here), "==")));
    return Optional.of(Mend.replace(at, at + 1, Tokens.retyped(here, RewLexer.EQ)));
  }

  /** {@code x ?? 0 + 1}. */
  Optional<Mend> fallback() {
    boolean operator = Words.isOperator(type) && type != RewLexer.PERCENT && type != RewLexer.NOT;
    int coalesce = operator ? coalesceBefore() : -1;
    if (coalesce < 0) {
      return Optional.empty();
    }
    int stop = Operands.end(tokens, at);
    Span first = Places.of(tokens.get(coalesce + 1));
    Span last = Places.of(tokens.get(stop - 1));
    String whole = "(" + source.text(first.to(last)) + ")";
    add(
        report
            .at(Code.COALESCE_OPERAND, Places.of(here), "The right side of `??` is one operand.")
            .label("it is unclear what this belongs to")
            .related(source, Places.of(tokens.get(coalesce)), "the value of this ends before")
            .hint("put parentheses around what is meant")
            .fix(Fix.maybe("write `?? " + whole + "`", source, first.to(last), whole)));
    List<Token> inside = tokens.subList(coalesce + 1, stop);
    List<Token> by = new java.util.ArrayList<>();
    by.add(Tokens.missing(RewLexer.LPAREN, "(", tokens.get(coalesce)));
    by.addAll(inside);
    by.add(Tokens.missing(RewLexer.RPAREN, ")", tokens.get(stop - 1)));
    return Optional.of(new Mend(coalesce + 1, stop, by, false));
  }

  private int coalesceBefore() {
    int depth = 0;
    for (int i = at - 1; i >= prefix.start(); i--) {
      int t = tokens.get(i).getType();
      depth += Words.closes(t) ? 1 : Words.opens(t) ? -1 : 0;
      if (depth < 0) {
        return -1;
      }
      if (depth == 0 && t == RewLexer.COALESCE) {
        return i;
      }
      if (depth == 0 && (t == RewLexer.ASSIGN || t == RewLexer.COMMA || Words.declares(t))) {
        return -1;
      }
    }
    return -1;
  }

  /** {@code 0.5 judge(x)}, {@code 2 (x + 1)}: juxtaposition does not multiply. */
  Optional<Mend> missingOperator() {
    if (before == null || startsLine(tokens, at) || !Words.endsOperand(before.getType())) {
      return Optional.empty();
    }
    boolean unitCalled =
        type == RewLexer.LPAREN
            && at >= 2
            && before.getType() == RewLexer.NAME
            && tokens.get(at - 2).getType() == RewLexer.NUMBER;
    boolean numberCalled = type == RewLexer.LPAREN && before.getType() == RewLexer.NUMBER;
    boolean twoValues =
        Words.beginsOperand(type)
            && !Words.isSoft(type)
            && expects(RewLexer.STAR)
            && !(expects(RewLexer.COMMA) && !open.isEmpty());
    if (!unitCalled && !numberCalled && !twoValues) {
      return Optional.empty();
    }
    int left = unitCalled ? at - 2 : at - 1;
    var builder =
        report
            .at(
                Code.MISSING_OPERATOR,
                Places.of(tokens.get(left + 1)),
                "An operator is missing between two values.")
            .label("a second value begins here");
    if (unitCalled || numberCalled) {
      Span gap =
          new Span(tokens.get(left).getStopIndex() + 1, tokens.get(left + 1).getStartIndex());
      builder.fix(Fix.maybe("multiply", source, gap, " * "));
    }
    add(builder);
    Token star = Tokens.missing(RewLexer.STAR, "*", tokens.get(left));
    return Optional.of(new Mend(left + 1, left + 1, List.of(star), false));
  }

  Optional<Mend> missingValue() {
    if (!expects(RewLexer.NUMBER) || !expects(RewLexer.LPAREN) || before == null) {
      return Optional.empty();
    }
    boolean ends =
        type == Token.EOF
            || Words.closes(type)
            || type == RewLexer.COMMA
            || Words.isReserved(type)
            || Words.isOperator(type)
            || startsLine(tokens, at);
    if (!ends) {
      return Optional.empty();
    }
    boolean inPlace = Words.isOperator(type) && !startsLine(tokens, at);
    Span place = inPlace ? Places.of(here) : Places.of(before);
    noValue(
        place,
        inPlace
            ? "A value is missing before `" + here.getText() + "`."
            : "A value is missing after `" + before.getText() + "`.",
        inPlace ? "before" : "behind");
    Token value = Tokens.missing(RewLexer.BROKEN, "", before);
    return Optional.of(new Mend(at, at, List.of(value), false));
  }

  Optional<Mend> missingComma() {
    boolean between =
        before != null
            && expects(RewLexer.COMMA)
            && !open.isEmpty()
            && (tokens.get(open.peek()).getType() != RewLexer.LBRACE || !expects(RewLexer.ASSIGN))
            && Words.endsOperand(before.getType())
            && Words.beginsOperand(type)
            && !(startsLine(tokens, at)
                && (typeAt(at + 1) == RewLexer.ASSIGN
                    || typeAt(at + 1) == RewLexer.COLON
                    || Pieces.begins(tokens, at))
                && tokens.get(open.peek()).getType() == RewLexer.LPAREN
                && !namedArgument());
    if (!between || before == null) {
      return Optional.empty();
    }
    Span gap = Span.at(before.getStopIndex() + 1);
    add(
        report
            .at(Code.MISSING_COMMA, Places.of(here), "A comma is missing before this.")
            .label("the next value begins here")
            .fix(Fix.maybe("insert a comma", source, gap, ",")));
    Token comma = Tokens.missing(RewLexer.COMMA, ",", before);
    return Optional.of(new Mend(at, at, List.of(comma), false));
  }

  /** Whether the open parenthesis holds another `name =` already, so that this one is its like. */
  private boolean namedArgument() {
    Integer from = open.peek();
    for (int i = from == null ? at : from; i < at; i++) {
      if (tokens.get(i).getType() == RewLexer.ASSIGN) {
        return true;
      }
    }
    return false;
  }
}
