package org.rewlang.parse;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Fix;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/** Python's words: constants, statements, the prefixes of its libraries. */
final class PythonHabits {

  private static final Set<String> LIBRARIES =
      Set.of("np", "numpy", "math", "torch", "jnp", "jax", "tf", "scipy");

  /** Functions of those libraries whose meaning is the same here. */
  private static final Map<String, String> SAME =
      Map.ofEntries(
          Map.entry("exp", "exp"),
          Map.entry("log", "log"),
          Map.entry("sqrt", "sqrt"),
          Map.entry("sin", "sin"),
          Map.entry("cos", "cos"),
          Map.entry("tan", "tan"),
          Map.entry("tanh", "tanh"),
          Map.entry("abs", "abs"),
          Map.entry("fabs", "abs"),
          Map.entry("floor", "floor"),
          Map.entry("norm", "norm"),
          Map.entry("maximum", "max"),
          Map.entry("minimum", "min"));

  private static final Map<String, String> STATEMENTS =
      Map.ofEntries(
          Map.entry("def", "write `function name(x: real): real = …`"),
          Map.entry("class", "write `record` for data; the rest of a class has no counterpart"),
          Map.entry("return", "the value stands behind `=`; in braces write `result = …`"),
          Map.entry(
              "import",
              "the library needs no import; for another program write `use \"other.rew\" as other`"),
          Map.entry("while", "bounded iteration is `fold(acc + f(x) for x in xs, acc = 0)`"),
          Map.entry("elif", "write `a if c else b if d else e`, or gates behind components"),
          Map.entry("if", "write `a if c else b`, or a gate: `name = value when condition`"),
          Map.entry("else", "write `a if c else b`, or a gate: `name = value when condition`"),
          Map.entry("for", "write `sum(f(x) for x in xs)`"),
          Map.entry(
              "from",
              "the library needs no import; for another program write `use \"other.rew\" as other`"),
          Map.entry("assert", "write `require` with the condition"),
          Map.entry("pass", "leave it out"));

  private final Report report;
  private final Source source;
  private final List<Token> tokens;

  /** Names that this program gives a meaning, so that they are no habits. */
  private final Set<String> own = new HashSet<>();

  PythonHabits(Report report, List<Token> tokens) {
    this.report = report;
    this.source = report.source();
    this.tokens = tokens;
    for (int i = 0; i + 1 < tokens.size(); i++) {
      int type = tokens.get(i).getType();
      if (type == RewLexer.AS
          || type == RewLexer.LET
          || tokens.get(i + 1).getType() == RewLexer.COLON) {
        own.add(tokens.get(type == RewLexer.AS || type == RewLexer.LET ? i + 1 : i).getText());
      }
    }
  }

  /** Takes word {@code i} over or replaces it; the answer is the next token to look at. */
  int word(int i, List<Token> out) {
    Token token = tokens.get(i);
    String text = token.getText();
    int next = typeAt(i + 1);
    boolean item = next == RewLexer.ASSIGN || next == RewLexer.COLON || next == RewLexer.ARROW;
    if (isStatement(i)) {
      return statement(i, text);
    }
    switch (text) {
      case "True", "False" -> {
        if (!item && !own.contains(text)) {
          String right = text.equals("True") ? "true" : "false";
          report.add(
              report
                  .at(
                      Code.PYTHON_WORD,
                      Places.of(token),
                      "`" + text + "` is written `" + right + "`.")
                  .label("a constant of Python")
                  .fix(Fix.replace("write `" + right + "`", source, Places.of(token), right)));
          out.add(Tokens.retyped(token, text.equals("True") ? RewLexer.TRUE : RewLexer.FALSE));
          return i + 1;
        }
      }
      case "None" -> {
        if (!item && !own.contains(text)) {
          report.add(
              report
                  .at(Code.PYTHON_WORD, Places.of(token), "There is no `None`: a value is absent.")
                  .label("a constant of Python")
                  .hint("`present(x)` asks whether `x` is there, `x ?? d` is `d` where it isn't"));
          out.add(Tokens.retyped(token, RewLexer.BROKEN));
          return i + 1;
        }
      }
      case "is" -> {
        if (!out.isEmpty()
            && Words.endsOperand(out.getLast().getType())
            && !Situation.startsLine(tokens, i)) {
          return is(i, out);
        }
      }
      case "lambda" -> {
        int colon = i + 1;
        while (colon < tokens.size()
            && (Words.isName(typeAt(colon)) || typeAt(colon) == RewLexer.COMMA)) {
          colon++;
        }
        if (typeAt(colon) == RewLexer.COLON && !item) {
          report.add(
              report
                  .at(Code.PYTHON_STATEMENT, Places.of(token), "There is no `lambda`.")
                  .label("a nameless function")
                  .hint("declare it: `function name(x: real): real = …`"));
          return colon + 1;
        }
      }
      default -> {
        if (next == RewLexer.DOT && !item && !own.contains(text) && !afterDot(i)) {
          if (LIBRARIES.contains(text)) {
            return library(i, out);
          }
          if (text.equals("self")) {
            return self(i);
          }
        }
      }
    }
    out.add(token);
    return i + 1;
  }

  private boolean afterDot(int i) {
    return i > 0 && typeAt(i - 1) == RewLexer.DOT;
  }

  /** {@code x is y}; what is said of `None` is enough for {@code x is None}. */
  private int is(int i, List<Token> out) {
    boolean not = typeAt(i + 1) == RewLexer.NOT;
    int end = not ? i + 2 : i + 1;
    Span span = Places.between(tokens.get(i), tokens.get(end - 1));
    String right = not ? "!=" : "==";
    boolean none = end < tokens.size() && tokens.get(end).getText().equals("None");
    if (!none) {
      report.add(
          report
              .at(
                  Code.FOREIGN_OPERATOR,
                  span,
                  "`" + source.text(span) + "` is written `" + right + "`.")
              .label("an operator of Python")
              .fix(Fix.replace("write `" + right + "`", source, span, right)));
    }
    out.add(Tokens.retyped(tokens.get(i), not ? RewLexer.NE : RewLexer.EQ));
    return end;
  }

  private int library(int i, List<Token> out) {
    int last = i;
    while (typeAt(last + 1) == RewLexer.DOT && Words.isName(typeAt(last + 2))) {
      last += 2;
    }
    if (last == i) {
      out.add(tokens.get(i));
      return i + 1;
    }
    Span span = Places.between(tokens.get(i), tokens.get(last));
    String name = tokens.get(last).getText();
    String right = SAME.getOrDefault(name, name);
    var builder =
        report
            .at(Code.LIBRARY_PREFIX, span, "Library functions have no prefix.")
            .label("a name of Python");
    builder.fix(
        SAME.containsKey(name)
            ? Fix.replace("write `" + right + "`", source, span, right)
            : Fix.maybe("write `" + right + "`", source, span, right));
    report.add(builder);
    out.add(tokens.get(last));
    return last + 1;
  }

  private int self(int i) {
    Span span = Places.between(tokens.get(i), tokens.get(i + 1));
    report.add(
        report
            .at(Code.LIBRARY_PREFIX, span, "There is no `self`: names stand alone.")
            .label("a name of Python")
            .fix(Fix.maybe("remove it", source, span, "")));
    return i + 2;
  }

  /** Statements begin a line; `if`, `else` and `for` also end it with a colon. */
  private boolean isStatement(int i) {
    String text = tokens.get(i).getText();
    if (!STATEMENTS.containsKey(text) || !Situation.startsLine(tokens, i)) {
      return false;
    }
    int next = typeAt(i + 1);
    if (next == RewLexer.ASSIGN || next == RewLexer.ARROW || next == RewLexer.DOT) {
      return false;
    }
    boolean colon = typeAt(lineEnd(i) - 1) == RewLexer.COLON;
    boolean sameLine = i + 1 < lineEnd(i);
    return switch (text) {
      case "def", "class" -> colon || (sameLine && Words.isName(next));
      case "if", "else", "for", "elif", "while" -> colon && (sameLine || text.equals("else"));
      case "from" ->
          sameLine
              && Words.isName(next)
              && tokens.get(lineEnd(i) - 1) != tokens.get(i)
              && hasImport(i);
      case "pass" -> !sameLine;
      default -> sameLine && next != RewLexer.COLON && next != RewLexer.COMMA;
    };
  }

  private boolean hasImport(int i) {
    for (int k = i; k < lineEnd(i); k++) {
      if (tokens.get(k).getText().equals("import")) {
        return true;
      }
    }
    return false;
  }

  /** Explains a statement and leaves out its line and what is indented below it. */
  private int statement(int i, String word) {
    int end = lineEnd(i);
    boolean block = typeAt(end - 1) == RewLexer.COLON;
    Span span = Places.of(tokens.get(i));
    report.add(
        report
            .at(
                Code.PYTHON_STATEMENT,
                span,
                "There is no statement `" + word + "`: a program declares.")
            .label("a statement of Python")
            .hint(STATEMENTS.getOrDefault(word, "write a declaration")));
    if (block) {
      int column = tokens.get(i).getCharPositionInLine();
      while (end < tokens.size()
          && tokens.get(end).getCharPositionInLine() > column
          && Situation.startsLine(tokens, end)) {
        end = lineEnd(end);
      }
    }
    return end;
  }

  private int lineEnd(int i) {
    int end = i + 1;
    while (end < tokens.size() && tokens.get(end).getLine() == tokens.get(i).getLine()) {
      end++;
    }
    return end;
  }

  private int typeAt(int i) {
    return i >= 0 && i < tokens.size() ? tokens.get(i).getType() : Token.EOF;
  }
}
