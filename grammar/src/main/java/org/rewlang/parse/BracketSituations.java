package org.rewlang.parse;

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
    List<Token> by = new java.util.ArrayList<>();
    if (!expects(closing) && insert == at && expects(RewLexer.NUMBER)) {
      by.add(Tokens.missing(RewLexer.BROKEN, "", last));
    }
    by.add(Tokens.missing(closing, sign, last));
    return Optional.of(new Mend(insert, insert, by, false));
  }
}
