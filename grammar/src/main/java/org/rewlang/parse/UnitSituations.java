package org.rewlang.parse;

import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Fix;
import org.rewlang.source.Span;

/** Units where none can stand, and `%` for what it isn't. */
final class UnitSituations extends Situation {

  UnitSituations(Report report, List<Token> tokens, Prefix prefix, Token end) {
    super(report, tokens, prefix, end);
  }

  /** {@code pos: real[3] m/s}: in a type a unit stands in angle brackets. */
  Optional<Mend> unitOfType() {
    // Where a name may follow a type, the unit was taken for the next item's name.
    boolean taken = expects(RewLexer.COLON) && !startsLine(tokens, at);
    int first = taken ? at - 1 : at;
    if (first < 1 || !isTypeEnd(first - 1) || startsLine(tokens, first)) {
      return Optional.empty();
    }
    int end = type == RewLexer.LT ? angleEnd(first) : unitEnd(first);
    if (end == first) {
      return Optional.empty();
    }
    Span place =
        new Span(tokens.get(first).getStartIndex(), tokens.get(end - 1).getStopIndex() + 1);
    boolean torn = type == RewLexer.LT;
    String unit = torn ? joined(first, end) : "<" + bare(source.text(place)) + ">";
    Span gap = new Span(tokens.get(first - 1).getStopIndex() + 1, place.end());
    add(
        report
            .at(
                Code.UNIT_PLACE,
                place,
                torn
                    ? "A unit in angle brackets is written without blanks."
                    : "In a type a unit stands in angle brackets.")
            .label(torn ? "these are several words" : "this is taken for a name")
            .fix(Fix.maybe("write `" + unit + "`", source, gap, unit)));
    return Optional.of(
        Mend.replace(first, end, Tokens.spanning(tokens.get(first), place, RewLexer.ANGLE, unit)));
  }

  /** Whether a type ends with the token: a name behind a colon, with or without dimensions. */
  private boolean isTypeEnd(int index) {
    int i = index;
    if (typeAt(i) == RewLexer.RBRACK) {
      while (i > 0 && typeAt(i) != RewLexer.LBRACK) {
        i--;
      }
      i--;
    }
    boolean bracket = !open.isEmpty() && tokens.get(open.peek()).getType() == RewLexer.LBRACK;
    return i > 0 && !bracket && typeAt(i) == RewLexer.NAME && typeAt(i - 1) == RewLexer.COLON;
  }

  private static String bare(String unit) {
    return unit.replace(" ", "").replace("**", "^");
  }

  /** One past {@code <N m>} on one line; {@code first} if it does not close. */
  private int angleEnd(int first) {
    for (int i = first + 1; i < tokens.size() && !startsLine(tokens, i); i++) {
      if (typeAt(i) == RewLexer.GT) {
        return i + 1;
      }
      if (!isUnitPart(i)) {
        return first;
      }
    }
    return first;
  }

  private boolean isUnitPart(int index) {
    int t = typeAt(index);
    return t == RewLexer.NAME
        || t == RewLexer.NUMBER
        || t == RewLexer.PERCENT
        || t == RewLexer.SLASH
        || t == RewLexer.STAR
        || t == RewLexer.POWER;
  }

  /** {@code <N m>} as {@code <N*m>}: names side by side are multiplied. */
  private String joined(int first, int end) {
    StringBuilder unit = new StringBuilder("<");
    for (int i = first + 1; i < end - 1; i++) {
      if (typeAt(i) == RewLexer.NAME && typeAt(i - 1) == RewLexer.NAME) {
        unit.append('*');
      }
      unit.append(bare(tokens.get(i).getText()));
    }
    return unit.append('>').toString();
  }

  /** One past a unit written bare: names between signs, with powers. */
  private int unitEnd(int first) {
    if (typeAt(first) == RewLexer.PERCENT) {
      return first + 1;
    }
    int end = first;
    while (typeAt(end) == RewLexer.NAME) {
      end++;
      if (typeAt(end) == RewLexer.POWER && typeAt(end + 1) == RewLexer.NUMBER) {
        end += 2;
      }
      boolean goesOn = typeAt(end) == RewLexer.SLASH || typeAt(end) == RewLexer.STAR;
      if (!goesOn || typeAt(end + 1) != RewLexer.NAME) {
        return end;
      }
      end++;
    }
    return end;
  }

  Optional<Mend> misplacedUnit() {
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
      return new BracketSituations(report, tokens, prefix, here).unclosed(at);
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

  /** {@code v as <m/s> ** 2}: {@code as} is looser than {@code **}. */
  Optional<Mend> convertedPower() {
    if (type != RewLexer.POWER || at < 3 || typeAt(at - 2) != RewLexer.AS) {
      return Optional.empty();
    }
    String unit = tokens.get(at - 1).getText();
    var builder =
        report
            .at(
                Code.POWER_OF_UNIT,
                Places.of(here),
                "What is taken with `as` needs parentheses before it is raised to a power.")
            .label("`as` binds less than `**`");
    Operands.before(tokens, at - 3)
        .map(operand -> new Span(operand.start(), tokens.get(at - 1).getStopIndex() + 1))
        .ifPresentOrElse(
            taken ->
                builder.fix(
                    Fix.replace(
                        "write `(" + source.text(taken) + ")`",
                        source,
                        taken,
                        "(" + source.text(taken) + ")")),
            () -> builder.hint("write `(… as " + unit + ") ** 2`"));
    add(builder);
    return Optional.of(Mend.drop(at, Operands.end(tokens, at + 1)));
  }

  private void noUnit(Token word) {
    add(
        report
            .at(Code.UNIT_PLACE, Places.of(word), "`" + word.getText() + "` is no unit.")
            .label("a word of the language")
            .hint("a count of steps is a plain number, as in `over last 15`"));
  }

  Optional<Mend> remainder() {
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
}
