package org.rewlang.parse;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Fix;
import org.rewlang.diagnostic.Spelling;
import org.rewlang.source.Span;

/** Says in people's words what is wrong where the parser stops, and how to go on from there. */
final class Situations extends Situation {

  Situations(Report report, List<Token> tokens, Prefix prefix, Token end) {
    super(report, tokens, prefix, end);
  }

  /** Reports the error; the answer is {@link Mend#NONE} where only the item can be given up. */
  Mend explain() {
    if (type == RewLexer.BROKEN) {
      // Explained already, and could not be replaced.
      return Mend.NONE;
    }
    var brackets = new BracketSituations(report, tokens, prefix, here);
    var units = new UnitSituations(report, tokens, prefix, here);
    var operands = new OperandSituations(report, tokens, prefix, here);
    Optional<Mend> known =
        brackets
            .unopened()
            .or(operands::swallowedItem)
            .or(operands::comparisonMeant)
            .or(this::twoGates)
            .or(this::reservedName)
            .or(units::convertedPower)
            .or(units::unitOfType)
            .or(units::misplacedUnit)
            .or(units::remainder)
            .or(operands::fallback)
            .or(operands::missingOperator)
            .or(operands::missingValue)
            .or(brackets::secondLengths)
            .or(operands::missingComma)
            .or(brackets::unclosed)
            .or(this::missingElse)
            .or(this::misplacedGate)
            .or(this::gateOfReward)
            .or(this::fileWithoutQuotes)
            .or(this::missingGate)
            .or(this::missingPart)
            .or(this::noDeclaration);
    return known.orElseGet(this::unexpected);
  }

  private Optional<Mend> reservedName() {
    int next = typeAt(at + 1);
    boolean named =
        next == RewLexer.ASSIGN
            || next == RewLexer.COLON
            || next == RewLexer.ARROW
            || next == RewLexer.IN
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

  /** {@code a if c} without a value for the other case. */
  private Optional<Mend> missingElse() {
    if (before == null || !expects(RewLexer.ELSE) || !Words.endsOperand(before.getType())) {
      return Optional.empty();
    }
    Span gap = Span.at(before.getStopIndex() + 1);
    add(
        report
            .at(Code.MISSING_PART, Places.of(before), "`if` has no `else`.")
            .label("what is the value otherwise?")
            .hint("in a component, `value when condition` is 0 otherwise")
            .fix(Fix.maybe("insert `else 0`", source, gap, " else 0")));
    return Optional.of(Mend.NONE);
  }

  /** {@code terminate x < 0}: an outcome says when. */
  private Optional<Mend> missingGate() {
    if (before == null || !expects(RewLexer.WHEN) || prefix.start() >= tokens.size()) {
      return Optional.empty();
    }
    int word = typeAt(prefix.start());
    boolean outcome =
        word == RewLexer.SUCCESS
            || word == RewLexer.FAILURE
            || word == RewLexer.TERMINATE
            || word == RewLexer.TRUNCATE;
    if (!outcome || at > prefix.start() + 2) {
      return Optional.empty();
    }
    String text = tokens.get(prefix.start()).getText();
    add(
        report
            .at(
                Code.MISSING_PART,
                Places.of(before),
                "`when` is missing: nothing says when `" + text + "` holds.")
            .label("a condition belongs behind this")
            .hint("write `" + text + " when condition`, with a name before `when` or without"));
    return Optional.of(Mend.NONE);
  }

  /** {@code 10 once when placed}: each of the words is a gate by itself. */
  private Optional<Mend> twoGates() {
    if (before == null || !isGate(type) || !isGate(before.getType()) || type == before.getType()) {
      return Optional.empty();
    }
    // `when` says nothing that the other does not.
    boolean dropsHere = type == RewLexer.WHEN;
    Token dropped = dropsHere ? here : before;
    Token kept = dropsHere ? before : here;
    Span place = new Span(before.getStartIndex(), here.getStopIndex() + 1);
    add(
        report
            .at(
                Code.UNEXPECTED,
                place,
                "`" + before.getText() + "` and `" + here.getText() + "` are two gates.")
            .label("one word says when it pays")
            .hint("`when` pays while it holds, `on` when it begins, `once` the first time")
            .fix(
                Fix.maybe(
                    "keep `" + kept.getText() + "`, drop `" + dropped.getText() + "`",
                    source,
                    place,
                    kept.getText())));
    return Optional.of(Mend.replace(at - 1, at + 1, kept));
  }

  private static boolean isGate(int type) {
    return type == RewLexer.WHEN || type == RewLexer.ON || type == RewLexer.ONCE;
  }

  private Optional<Mend> misplacedGate() {
    boolean gate = isGate(type) || (type == RewLexer.AT && typeAt(at + 1) == RewLexer.END);
    if (!gate || before == null || prefix.start() >= tokens.size()) {
      return Optional.empty();
    }
    noGate(here);
    return Optional.of(Mend.drop(at, Operands.end(tokens, at + 1)));
  }

  /** {@code reward = x when e}: a name with a gate might have begun a block, but none came. */
  private Optional<Mend> gateOfReward() {
    int gate = prefix.start();
    while (gate < at && typeAt(gate) != RewLexer.ASSIGN) {
      gate++;
    }
    gate += 2;
    if (typeAt(prefix.start()) != RewLexer.REWARD
        || gate >= at
        || !isGate(typeAt(gate))
        || !expects(RewLexer.LBRACE)) {
      return Optional.empty();
    }
    noGate(tokens.get(gate));
    return Optional.of(Mend.drop(gate, at));
  }

  /** {@code use walk}, {@code use std.shape}. */
  private Optional<Mend> fileWithoutQuotes() {
    if (typeAt(at - 1) != RewLexer.USE || !Words.isName(type)) {
      return Optional.empty();
    }
    int end = at + 1;
    while (typeAt(end) == RewLexer.DOT && Words.isName(typeAt(end + 1))) {
      end += 2;
    }
    Span span = Places.between(here, tokens.get(end - 1));
    end += typeAt(end) == RewLexer.AS ? 2 : 0;
    String name = here.getText();
    add(
        report
            .at(Code.UNEXPECTED, span, "`use` names a file, in quotes.")
            .label("this is a name")
            .hint(
                name.equals("std")
                    ? "the library needs no `use`: its functions are there"
                    : "write `use \"" + name + ".rew\"`"));
    return Optional.of(Mend.lose(at - 1, Math.min(end, tokens.size())));
  }

  private void noGate(Token gate) {
    String word = tokens.get(prefix.start()).getText();
    String name = "reward".equals(word) ? "a one-line `reward`" : "`" + word + "`";
    add(
        report
            .at(Code.GATE_PLACE, Places.of(gate), "There is no place for a gate in " + name + ".")
            .label("gates stand behind components, outcomes, metrics and costs")
            .hint(
                "write `reward { name = value when condition }`, or `value if condition else 0`"));
  }

  private Optional<Mend> missingPart() {
    boolean assign = expects(RewLexer.ASSIGN);
    boolean brace = expects(RewLexer.LBRACE);
    if (before == null || prefix.whole() || !(assign || brace) || expects(RewLexer.STAR)) {
      return Optional.empty();
    }
    if (type == RewLexer.ASSIGN && typeAt(prefix.start()) == RewLexer.INPUTS) {
      add(
          report
              .at(Code.UNEXPECTED, Places.of(here), "An input has no default.")
              .label("the host supplies it at each step")
              .hint("make it a `param` if it is set from outside now and then"));
      return Optional.of(Mend.drop(at, Operands.end(tokens, at + 1)));
    }
    if (assign && type == RewLexer.COLON) {
      add(
          report
              .at(Code.MISSING_PART, Places.of(here), "What a name stands for follows `=`.")
              .label("`:` stands before types")
              .fix(Fix.maybe("write `=`", source, Places.of(here), " =")));
      return Optional.of(Mend.replace(at, at + 1, Tokens.retyped(here, RewLexer.ASSIGN)));
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
    Optional<String> meant =
        Optional.ofNullable(ELSEWHERE.get(word)).or(() -> Spelling.closest(word, DECLARING));
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

  /** What other languages and frameworks call our declarations. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("const", "let"),
          Map.entry("constant", "let"),
          Map.entry("var", "let"),
          Map.entry("val", "let"),
          Map.entry("define", "let"),
          Map.entry("fn", "function"),
          Map.entry("fun", "function"),
          Map.entry("func", "function"),
          Map.entry("struct", "record"),
          Map.entry("class", "record"),
          Map.entry("obs", "inputs"),
          Map.entry("observation", "inputs"),
          Map.entry("observations", "inputs"),
          Map.entry("parameter", "param"),
          Map.entry("parameters", "param"),
          Map.entry("done", "terminate"),
          Map.entry("terminated", "terminate"),
          Map.entry("truncated", "truncate"),
          Map.entry("assert", "require"));

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
}
