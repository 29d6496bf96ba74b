package org.rewlang.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Fix;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/**
 * What fingers write that know other languages: explained, and replaced by what is meant, so that
 * the declaration around it is read all the same.
 */
final class Habits {

  /** Signs of other languages whose meaning is certain. */
  private static final Map<Integer, Integer> OPERATORS =
      Map.of(
          RewLexer.AND_AND, RewLexer.AND,
          RewLexer.OR_OR, RewLexer.OR,
          RewLexer.BANG, RewLexer.NOT,
          RewLexer.CARET, RewLexer.POWER);

  private static final Map<String, Integer> CONFUSABLE =
      Map.of(
          "\u2212", RewLexer.MINUS,
          "\u2013", RewLexer.MINUS,
          "\u00d7", RewLexer.STAR,
          "\u00b7", RewLexer.STAR,
          "\u00f7", RewLexer.SLASH,
          "\u2192", RewLexer.ARROW,
          "\u2227", RewLexer.AND,
          "\u2228", RewLexer.OR,
          "\u00ac", RewLexer.NOT);

  private final Report report;
  private final Source source;
  private final List<Token> tokens;
  private final List<Token> out = new ArrayList<>();
  private final PythonHabits python;

  private Habits(Report report, List<Token> tokens) {
    this.report = report;
    this.source = report.source();
    this.tokens = tokens;
    this.python = new PythonHabits(report, tokens);
  }

  static List<Token> replace(Report report, List<Token> tokens) {
    Habits habits = new Habits(report, tokens);
    int i = 0;
    while (i < tokens.size()) {
      i = habits.one(i);
    }
    return habits.out;
  }

  /** Takes token {@code i} over or replaces it; the answer is the next token to look at. */
  private int one(int i) {
    Token token = tokens.get(i);
    return switch (token.getType()) {
      case RewLexer.SLASH_SLASH -> slashes(i);
      case RewLexer.BLOCK_COMMENT, RewLexer.OPEN_COMMENT -> blockComment(i);
      case RewLexer.AND_AND, RewLexer.OR_OR, RewLexer.BANG, RewLexer.CARET -> operator(i);
      case RewLexer.OPEN_TEXT -> openText(i);
      case RewLexer.SEMICOLON -> semicolon(i);
      case RewLexer.FOREIGN -> foreign(i);
      case RewLexer.OTHER -> other(i);
      case RewLexer.NUMBER -> number(i);
      case RewLexer.NAME, RewLexer.IF, RewLexer.FOR, RewLexer.ELSE, RewLexer.FROM ->
          python.word(i, out);
      default -> keep(i);
    };
  }

  private int keep(int i) {
    out.add(tokens.get(i));
    return i + 1;
  }

  /** A comment where it begins a line or runs on like prose, else a division of whole numbers. */
  private int slashes(int i) {
    Token token = tokens.get(i);
    Span span = Places.of(token);
    boolean first = i == 0 || tokens.get(i - 1).getLine() < token.getLine();
    int end = lineEnd(i);
    boolean divides =
        !first
            && Words.endsOperand(tokens.get(i - 1).getType())
            && i + 1 < end
            && Words.beginsOperand(tokens.get(i + 1).getType())
            && !prose(i + 1, end);
    if (!divides) {
      report.add(
          report
              .at(Code.FOREIGN_COMMENT, span, "A comment begins with `#`.")
              .label("`//` begins no comment")
              .fix(Fix.replace("write `#`", source, span, "#")));
      return end;
    }
    var builder =
        report
            .at(Code.INTEGER_OPERATOR, span, "There is no `//`: write `floor(a / b)`.")
            .label("neither a comment nor an operator");
    Operands.around(tokens, i)
        .ifPresent(
            pair ->
                builder.fix(
                    Fix.maybe(
                        "write `floor(…)`",
                        source,
                        pair.whole(),
                        "floor("
                            + source.text(pair.left())
                            + " / "
                            + source.text(pair.right())
                            + ")")));
    report.add(builder);
    out.add(Tokens.retyped(token, RewLexer.SLASH));
    return i + 1;
  }

  private int lineEnd(int i) {
    int end = i + 1;
    while (end < tokens.size() && tokens.get(end).getLine() == tokens.get(i).getLine()) {
      end++;
    }
    return end;
  }

  /** Two words in a row are prose. */
  private boolean prose(int from, int end) {
    for (int i = from + 1; i < end; i++) {
      if (tokens.get(i).getType() == RewLexer.NAME
          && tokens.get(i - 1).getType() == RewLexer.NAME) {
        return true;
      }
    }
    return false;
  }

  private int blockComment(int i) {
    Token token = tokens.get(i);
    boolean closed = token.getType() == RewLexer.BLOCK_COMMENT;
    Span span = Places.of(token);
    var builder =
        report
            .at(Code.FOREIGN_COMMENT, span, "A comment begins with `#` and ends with its line.")
            .label("`/*` begins no comment");
    if (closed) {
      boolean last = i + 1 == tokens.size() || tokens.get(i + 1).getLine() > lastLine(token);
      String text = hashed(token);
      Fix.Applicability sure = last ? Fix.Applicability.SAFE : Fix.Applicability.LIKELY;
      var place = new org.rewlang.source.Location(source, span);
      builder.fix(
          new Fix("write `#`", sure, List.of(new Fix.Edit(place, last ? text : text + "\n"))));
    }
    report.add(builder);
    return closed ? i + 1 : tokens.size();
  }

  private static int lastLine(Token token) {
    return token.getLine() + (int) token.getText().chars().filter(c -> c == '\n').count();
  }

  private static String hashed(Token token) {
    String text = token.getText();
    return text.substring(2, text.length() - 2)
        .lines()
        .map(line -> ("# " + line.strip().replaceFirst("^\\*+ ?", "")).stripTrailing())
        .collect(java.util.stream.Collectors.joining("\n"));
  }

  private int operator(int i) {
    Token token = tokens.get(i);
    int meant = OPERATORS.getOrDefault(token.getType(), RewLexer.BROKEN);
    String word = Words.spelling(meant);
    Span span = Places.of(token);
    boolean spaced = token.getType() == RewLexer.CARET;
    // `!x` needs a blank behind `not`, `a&&b` on both sides.
    String text = spaced ? word : blank(span.start() - 1) + word + blank(span.end());
    report.add(
        report
            .at(Code.FOREIGN_OPERATOR, span, "`" + token.getText() + "` is written `" + word + "`.")
            .label("an operator of other languages")
            .fix(Fix.replace("write `" + word + "`", source, span, text)));
    out.add(Tokens.retyped(token, meant));
    return i + 1;
  }

  private String blank(int offset) {
    String text = source.text();
    return offset >= 0
            && offset < text.length()
            && (Character.isLetterOrDigit(text.charAt(offset)) || text.charAt(offset) == '_')
        ? " "
        : "";
  }

  private int openText(int i) {
    Token token = tokens.get(i);
    String text = token.getText();
    String quote = text.substring(text.startsWith("r") ? 1 : 0).substring(0, 1);
    Span span = Places.of(token);
    report.add(
        report
            .at(
                Code.UNTERMINATED_TEXT,
                Span.at(span.start()).to(new Span(span.start(), span.start() + 1)),
                "This text has no closing quote on its line.")
            .label("opened here")
            .fix(Fix.maybe("close it at the end of the line", source, Span.at(span.end()), quote)));
    out.add(Tokens.retyped(token, text.startsWith("r") ? RewLexer.RAW_TEXT : RewLexer.TEXT));
    return i + 1;
  }

  private int semicolon(int i) {
    Span span = Places.of(tokens.get(i));
    report.add(
        report
            .at(Code.FOREIGN_OPERATOR, span, "Nothing ends with a semicolon.")
            .label("not needed")
            .fix(Fix.replace("remove it", source, span, " ")));
    return i + 1;
  }

  private int foreign(int i) {
    Token token = tokens.get(i);
    String text = token.getText();
    Span span = Places.of(token);
    switch (text) {
      case "===", "!==" -> {
        int meant = text.startsWith("!") ? RewLexer.NE : RewLexer.EQ;
        String word = Words.spelling(meant);
        report.add(
            report
                .at(Code.FOREIGN_OPERATOR, span, "`" + text + "` is written `" + word + "`.")
                .label("an operator of other languages")
                .fix(Fix.replace("write `" + word + "`", source, span, word)));
        out.add(Tokens.retyped(token, meant));
      }
      case "=>" -> {
        report.add(
            report
                .at(Code.FOREIGN_OPERATOR, span, "There is no `=>`.")
                .label("an operator of other languages")
                .hint("write `>=` to compare, `->` between states, `implies` between conditions"));
        out.add(Tokens.retyped(token, RewLexer.GE));
      }
      default -> {
        report.add(
            report
                .at(
                    Code.FOREIGN_OPERATOR,
                    span,
                    "Nothing is assigned twice: there is no `" + text + "`.")
                .label("an operator of other languages")
                .hint("a value that builds on its past reads it with `prev(name, initially = 0)`"));
        out.add(Tokens.retyped(token, RewLexer.ASSIGN));
      }
    }
    return i + 1;
  }

  private int other(int i) {
    Token token = tokens.get(i);
    String text = token.getText();
    Span span = Places.of(token);
    Integer meant = CONFUSABLE.get(text);
    String shown = Shown.of(text);
    if (meant != null) {
      String word = Words.spelling(meant);
      String written = meant <= RewLexer.LET ? " " + word + " " : word;
      report.add(
          report
              .at(Code.UNKNOWN_CHARACTER, span, "`" + shown + "` is written `" + word + "`.")
              .label("not on a keyboard")
              .fix(Fix.replace("write `" + word + "`", source, span, written)));
      out.add(Tokens.retyped(token, meant));
      return i + 1;
    }
    int end = i + 1;
    while (end < tokens.size()
        && tokens.get(end).getType() == RewLexer.OTHER
        && tokens.get(end).getStartIndex() == tokens.get(end - 1).getStopIndex() + 1) {
      end++;
    }
    boolean letter = Character.isLetter(text.codePointAt(0));
    if (letter) {
      end = letters(i);
    }
    var builder =
        report
            .at(
                Code.UNKNOWN_CHARACTER,
                span,
                letter
                    ? "Names have the letters a to z, digits and `_`."
                    : "`" + shown + "` is no part of the language.")
            .label(letter ? "another letter" : "this character")
            .found(shown);
    report.add(builder);
    return end;
  }

  /** Takes a name with other letters over as the one name it is meant to be. */
  private int letters(int i) {
    Token first = tokens.get(i);
    boolean goesOn =
        !out.isEmpty()
            && Words.isName(out.getLast().getType())
            && out.getLast().getStopIndex() + 1 == first.getStartIndex();
    if (goesOn) {
      first = out.removeLast();
    }
    int end = i + 1;
    while (end < tokens.size()
        && tokens.get(end).getStartIndex() == tokens.get(end - 1).getStopIndex() + 1
        && isWord(tokens.get(end))) {
      end++;
    }
    CommonToken name = Tokens.retyped(first, RewLexer.NAME);
    name.setStopIndex(tokens.get(end - 1).getStopIndex());
    name.setText(source.text(Places.of(name)));
    out.add(name);
    return end;
  }

  private static boolean isWord(Token token) {
    return Words.isName(token.getType())
        || Words.isReserved(token.getType())
        || token.getType() == RewLexer.NUMBER
        || (token.getType() == RewLexer.OTHER
            && Character.isLetter(token.getText().codePointAt(0)));
  }

  /** {@code 1.}, which would break {@code 1..2}. */
  private int number(int i) {
    Token token = tokens.get(i);
    int dot = i + 1;
    boolean ends =
        dot < tokens.size()
            && tokens.get(dot).getType() == RewLexer.DOT
            && tokens.get(dot).getStartIndex() == token.getStopIndex() + 1;
    out.add(token);
    if (!ends) {
      return i + 1;
    }
    Span span = Places.between(token, tokens.get(dot));
    String right = token.getText() + ".0";
    boolean exponent =
        dot + 1 < tokens.size()
            && tokens.get(dot + 1).getText().matches("[eE][0-9]*")
            && tokens.get(dot + 1).getStartIndex() == span.end();
    var builder =
        report
            .at(Code.BAD_NUMBER, span, "A number doesn't end with a point.")
            .label("a digit belongs behind the point");
    builder.fix(
        token.getText().indexOf('.') < 0
            ? Fix.replace("write `" + right + "`", source, span, right)
            : Fix.maybe("remove the point", source, span, token.getText()));
    report.add(builder);
    return exponent ? dot + 2 : dot + 1;
  }
}
