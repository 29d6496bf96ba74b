package org.rewlang.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Fix;
import org.rewlang.source.Span;

/** Brackets that close nothing or are never closed. */
final class BracketSituations extends Situation {

  BracketSituations(Report report, List<Token> tokens, Prefix prefix, Token end) {
    super(report, tokens, prefix, end);
  }

  Optional<Mend> unopened() {
    if (!Words.closes(type) || !open.isEmpty()) {
      return Optional.empty();
    }
    String sign = Words.spelling(type);
    add(
        report
            .at(Code.UNOPENED, Places.of(here), "This `" + sign + "` closes nothing.")
            .label("no bracket of this kind is open here")
            .fix(Fix.maybe("remove it", source, Places.of(here), "")));
    return Optional.of(Mend.drop(at, at + 1));
  }

  /** {@code real[2][3]}, {@code pose[wxyz][4]}: the lengths of a type are one list. */
  Optional<Mend> secondLengths() {
    if (type != RewLexer.LBRACK || typeAt(at - 1) != RewLexer.RBRACK) {
      return Optional.empty();
    }
    int first = at - 1;
    while (first > 0 && typeAt(first) != RewLexer.LBRACK) {
      first--;
    }
    int end = at + 1;
    while (end < tokens.size() && typeAt(end) != RewLexer.RBRACK && !startsLine(tokens, end)) {
      end++;
    }
    if (typeAt(end) != RewLexer.RBRACK || end == at + 1 || first == at - 2) {
      return Optional.empty();
    }
    List<Token> inner = new ArrayList<>(tokens.subList(at + 1, end));
    List<Token> outer = new ArrayList<>(tokens.subList(first + 1, at - 1));
    String base = tokens.get(first - 1).getText();
    boolean ordered = base.equals("quat") || base.equals("pose");
    List<Token> list = ordered ? inner : outer;
    list.add(Tokens.missing(RewLexer.COMMA, ",", here));
    list.addAll(ordered ? outer : inner);
    StringBuilder text = new StringBuilder();
    list.forEach(t -> text.append(t.getText()).append(t.getType() == RewLexer.COMMA ? " " : ""));
    Span span = Places.between(tokens.get(first), tokens.get(end));
    add(
        report
            .at(Code.UNEXPECTED, Places.of(here), "The lengths of a type stand in one bracket.")
            .label("a second bracket")
            .fix(Fix.maybe("write `[" + text + "]`", source, span, "[" + text + "]")));
    return Optional.of(new Mend(first + 1, end, list, false));
  }

  Optional<Mend> unclosed() {
    Integer opener = open.peek();
    if (opener == null || before == null) {
      return Optional.empty();
    }
    Token opening = tokens.get(opener);
    int closing = Words.closing(opening.getType());
    boolean brace = closing == RewLexer.RBRACE;
    boolean over =
        type == Token.EOF
            || (Words.closes(type) && type != closing)
            || (!brace
                && (startsLine(tokens, at)
                    || Words.isReserved(type)
                    || type == RewLexer.LBRACE
                    || type == RewLexer.ASSIGN
                    || type == RewLexer.COLON));
    if (!over) {
      return Optional.empty();
    }
    boolean sign = type == RewLexer.ASSIGN || type == RewLexer.COLON;
    if (sign && !startsLine(tokens, at - 1)) {
      return Optional.empty();
    }
    // `f(x` and on the next line `y = 3`: the name before the sign is the next item's.
    return unclosed(sign ? at - 1 : at);
  }

  /** The innermost bracket should have been closed before token {@code insert}. */
  Optional<Mend> unclosed(int insert) {
    Integer opener = open.peek();
    if (opener == null || insert <= opener) {
      return Optional.empty();
    }
    Token opening = tokens.get(opener);
    int closing = Words.closing(opening.getType());
    Token last = tokens.get(insert - 1);
    String sign = Words.spelling(closing);
    Span gap = Span.at(last.getStopIndex() + 1);
    add(
        report
            .at(
                Code.UNCLOSED,
                Places.of(opening),
                "This `" + Words.spelling(opening.getType()) + "` is never closed.")
            .label("opened here")
            .related(source, Places.of(last), "`" + sign + "` is missing behind this at the latest")
            .expected(List.of("`" + sign + "`"))
            .fix(
                Fix.maybe(
                    "insert `" + sign + "`",
                    source,
                    gap,
                    closing == RewLexer.RBRACE ? "\n" + sign : sign)));
    List<Token> by = new ArrayList<>();
    if (!expects(closing) && insert == at && expects(RewLexer.NUMBER)) {
      by.add(Tokens.missing(RewLexer.BROKEN, "", last));
    }
    by.add(Tokens.missing(closing, sign, last));
    return Optional.of(new Mend(insert, insert, by, false));
  }
}
