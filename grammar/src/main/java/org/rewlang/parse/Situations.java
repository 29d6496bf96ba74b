package org.rewlang.parse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Fix;
import org.rewlang.diagnostic.Spelling;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/** Says in people's words what is wrong where the parser stops, and how to go on from there. */
final class Situations {

  private final Report report;
  private final Source source;
  private final List<Token> tokens;
  private final Prefix prefix;
  private final int at;
  private final Token here;
  private final @Nullable Token before;
  private final int type;

  /** The brackets and braces that are open, the innermost first. */
  private final Deque<Integer> open = new ArrayDeque<>();

  Situations(Report report, List<Token> tokens, Prefix prefix, Token end) {
    this.report = report;
    this.source = report.source();
    this.tokens = tokens;
    this.prefix = prefix;
    this.at = prefix.index();
    this.before = at > 0 ? tokens.get(at - 1) : null;
    this.here = at < tokens.size() ? tokens.get(at) : end;
    this.type = at < tokens.size() ? here.getType() : Token.EOF;
    for (int i = 0; i < at; i++) {
      if (Words.opens(tokens.get(i).getType())) {
        open.push(i);
      } else if (Words.closes(tokens.get(i).getType())) {
        open.poll();
      }
    }
  }

  /** Reports the error; the answer is {@link Mend#NONE} where only the item can be given up. */
  Mend explain() {
    Optional<Mend> known =
        unopened()
            .or(this::foreign)
            .or(this::swallowedItem)
            .or(this::comparisonMeant)
            .or(this::reservedName)
            .or(this::misplacedUnit)
            .or(this::remainder)
            .or(this::fallback)
            .or(this::missingOperator)
            .or(this::missingValue)
            .or(this::missingComma)
            .or(this::unclosed)
            .or(this::misplacedGate)
            .or(this::missingPart)
            .or(this::noDeclaration);
    return known.orElseGet(this::unexpected);
  }

  private Optional<Mend> unopened() {
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

  /** What {@link Habits} has explained already, and could not replace. */
  private Optional<Mend> foreign() {
    return switch (type) {
      case RewLexer.BROKEN -> Optional.of(Mend.NONE);
      default -> Optional.empty();
    };
  }

  /** The sign of an item whose name was taken for the end of the item before it. */
  private Optional<Mend> swallowedItem() {
    boolean sign = type == RewLexer.ASSIGN || type == RewLexer.COLON || type == RewLexer.ARROW;
    if (!sign || at < 2 || !Words.isName(typeAt(at - 1))) {
      return Optional.empty();
    }
    Token last = tokens.get(at - 2);
    if (last.getType() == RewLexer.COMMA) {
      Integer opener = open.peek();
      boolean list = opener != null && tokens.get(opener).getType() == RewLexer.LBRACK;
      return list ? unclosed(at - 2) : Optional.empty();
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

  private Optional<Mend> comparisonMeant() {
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

  private Optional<Mend> reservedName() {
    int next = typeAt(at + 1);
    boolean named =
        next == RewLexer.ASSIGN
            || next == RewLexer.COLON
            || next == RewLexer.ARROW
            || next == RewLexer.LBRACE
            || next == RewLexer.COMMA
            || (before != null && before.getType() == RewLexer.DOT)
            || (before != null && Words.declares(before.getType()) && Words.isReserved(next));
    if (!Words.isReserved(type) || !expects(RewLexer.NAME) || !named) {
      return Optional.empty();
    }
    String word = here.getText();
    add(
        report
            .at(
                Code.RESERVED_NAME,
                Places.of(here),
                "`" + word + "` is a reserved word, not a name.")
            .label("a name belongs here")
            .hint(
                "a host's `"
                    + word
                    + "` can be read as `"
                    + word
                    + "_: bool from \""
                    + word
                    + "\"`")
            .fix(Fix.maybe("call it `" + word + "_`", source, Places.of(here), word + "_")));
    return Optional.of(Mend.replace(at, at + 1, Tokens.retyped(here, RewLexer.NAME)));
  }

  private Optional<Mend> misplacedUnit() {
    if (before == null) {
      return Optional.empty();
    }
    int last = before.getType();
    int start = prefix.start();
    if (start > 0
        && start < at
        && !startsLine(tokens, start)
        && typeAt(start - 1) == RewLexer.NUMBER) {
      noUnit(tokens.get(start));
      return Optional.of(Mend.drop(start, start + 1));
    }
    if (type == RewLexer.ANGLE
        && expects(RewLexer.RBRACK)
        && !open.isEmpty()
        && tokens.get(open.peek()).getType() == RewLexer.LBRACK) {
      return unclosed(at);
    }
    if (type == RewLexer.ANGLE
        || (type == RewLexer.PERCENT && !Words.beginsOperand(typeAt(at + 1)))) {
      boolean value = Words.endsOperand(last);
      String unit = here.getText();
      add(
          report
              .at(
                  Code.UNIT_PLACE,
                  Places.of(here),
                  "A unit follows a number or a list in brackets, nothing else.")
              .label(value ? "there is no number before this" : "a number is missing before this")
              .found(unit)
              .hint("`x as " + unit + "` is the plain number of a value in that unit"));
      return Optional.of(Mend.drop(at, at + 1));
    }
    if (last == RewLexer.NUMBER
        && Words.isSoft(type)
        && !startsLine(tokens, at)
        && expects(RewLexer.PERCENT)) {
      noUnit(here);
      return Optional.of(Mend.drop(at, at + 1));
    }
    return Optional.empty();
  }

  private void noUnit(Token word) {
    add(
        report
            .at(Code.UNIT_PLACE, Places.of(word), "`" + word.getText() + "` is no unit.")
            .label("a word of the language")
            .hint("a count of steps is a plain number, as in `over last 15`"));
  }

  private Optional<Mend> remainder() {
    boolean sign = type == RewLexer.PERCENT;
    boolean behind =
        before != null
            && before.getType() == RewLexer.PERCENT
            && !startsLine(tokens, at)
            && Words.beginsOperand(type);
    if (!sign && !behind) {
      return Optional.empty();
    }
    int percent = sign ? at : at - 1;
    Span span = Places.of(tokens.get(percent));
    var builder =
        report
            .at(Code.INTEGER_OPERATOR, span, "There is no operator for remainders: call `mod`.")
            .label("`%` is a unit");
    Operands.around(tokens, percent)
        .ifPresent(
            pair ->
                builder.fix(
                    Fix.maybe(
                        "write `mod(…)`",
                        source,
                        pair.whole(),
                        "mod("
                            + source.text(pair.left())
                            + ", "
                            + source.text(pair.right())
                            + ")")));
    add(builder);
    Token slash = Tokens.retyped(tokens.get(percent), RewLexer.SLASH);
    return Optional.of(Mend.replace(percent, percent + 1, slash));
  }

  /** {@code x ?? 0 + 1}. */
  private Optional<Mend> fallback() {
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
  private Optional<Mend> missingOperator() {
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

  private Optional<Mend> missingValue() {
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

  private Optional<Mend> missingComma() {
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

  private Optional<Mend> unclosed() {
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
  private Optional<Mend> unclosed(int insert) {
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

  private Optional<Mend> misplacedGate() {
    boolean gate =
        type == RewLexer.WHEN
            || type == RewLexer.ON
            || type == RewLexer.ONCE
            || (type == RewLexer.AT && typeAt(at + 1) == RewLexer.END);
    if (!gate || before == null || prefix.start() >= tokens.size()) {
      return Optional.empty();
    }
    String word = tokens.get(prefix.start()).getText();
    String name = "reward".equals(word) ? "a one-line `reward`" : "`" + word + "`";
    add(
        report
            .at(Code.GATE_PLACE, Places.of(here), "There is no place for a gate in " + name + ".")
            .label("gates stand behind components, outcomes, metrics and costs")
            .hint(
                "write `reward { name = value when condition }`, or `value if condition else 0`"));
    return Optional.of(Mend.drop(at, Operands.end(tokens, at + 1)));
  }

  private Optional<Mend> missingPart() {
    boolean assign = expects(RewLexer.ASSIGN);
    boolean brace = expects(RewLexer.LBRACE);
    if (before == null || prefix.whole() || !(assign || brace) || expects(RewLexer.STAR)) {
      return Optional.empty();
    }
    String sign = assign && brace ? "`=` or `{`" : assign ? "`=`" : "`{`";
    var builder =
        report
            .at(
                Code.MISSING_PART,
                Places.of(before),
                sign + " is missing after `" + before.getText() + "`.")
            .label("nothing says what this is")
            .expected(Words.list(prefix.expected()));
    boolean value = assign && Words.beginsOperand(type) && !startsLine(tokens, at);
    if (value) {
      Span gap = Span.at(before.getStopIndex() + 1);
      builder.fix(Fix.maybe("insert `=`", source, gap, " ="));
    }
    add(builder);
    return Optional.of(
        value
            ? new Mend(at, at, List.of(Tokens.missing(RewLexer.ASSIGN, "=", before)), false)
            : Mend.NONE);
  }

  private Optional<Mend> noDeclaration() {
    if (!prefix.whole() || type == Token.EOF || !startsLine(tokens, at)) {
      return Optional.empty();
    }
    String word = here.getText();
    int next = typeAt(at + 1);
    var builder =
        report
            .at(
                Code.NOT_A_DECLARATION,
                Places.of(here),
                "No declaration begins with `" + word + "`.")
            .label("a word such as `let`, `inputs` or `reward` begins a declaration");
    if (next == RewLexer.ASSIGN && Words.isName(type)) {
      builder.fix(
          Fix.maybe("declare it with `let`", source, Span.at(here.getStartIndex()), "let "));
      add(builder);
      Token let = Tokens.missing(RewLexer.LET, "let", here);
      return Optional.of(new Mend(at, at, List.of(let), false));
    }
    Optional<String> meant = Spelling.closest(word, DECLARING);
    if (Words.isName(type) && meant.isPresent()) {
      String right = meant.get();
      builder
          .hint("did you mean `" + right + "`?")
          .fix(Fix.maybe("write `" + right + "`", source, Places.of(here), right));
      add(builder);
      Token mended = Tokens.retyped(here, DECLARING.indexOf(right) + RewLexer.MODULE);
      return Optional.of(Mend.replace(at, at + 1, mended));
    }
    add(builder);
    return Optional.of(Mend.NONE);
  }

  /** The words that declare, in the order of their token types. */
  private static final List<String> DECLARING =
      java.util.stream.IntStream.rangeClosed(RewLexer.MODULE, RewLexer.TEST)
          .mapToObj(Words::spelling)
          .toList();

  private Mend unexpected() {
    boolean late = before != null && (type == Token.EOF || startsLine(tokens, at));
    List<String> expected = Words.list(prefix.expected());
    String message =
        type == Token.EOF
            ? "The text ends too early."
            : "I did not expect `" + Shown.of(here.getText()) + "` here.";
    var builder =
        report.at(
            Code.UNEXPECTED, late && before != null ? Places.of(before) : Places.of(here), message);
    if (late) {
      builder.label("after this");
    }
    if (type != Token.EOF) {
      builder.found(here.getText());
    }
    add(builder.expected(expected));
    return Mend.NONE;
  }

  private void add(Diagnostic.Builder builder) {
    report.add(builder);
  }

  private boolean expects(int wanted) {
    return prefix.expected().contains(wanted);
  }

  private int typeAt(int index) {
    return index < tokens.size() ? tokens.get(index).getType() : Token.EOF;
  }

  static boolean startsLine(List<Token> tokens, int i) {
    return i == 0 || (i < tokens.size() && tokens.get(i).getLine() > tokens.get(i - 1).getLine());
  }
}
