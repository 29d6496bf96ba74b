package org.rewlang.parse;

import java.util.List;
import org.rewlang.diagnostic.Code;
import org.rewlang.source.Source;
import org.rewlang.source.Span;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Program;

/**
 * Reads programs. Never fails: whatever the text, there is a tree, and diagnostics if it is broken.
 *
 * <p>The way of a text: its size is checked; it becomes {@link Tokens}; what other languages write
 * is explained and replaced ({@link Habits}); depth is checked ({@link Nesting}); then the
 * generated parser tries the whole. Only if that fails, the text is cut at the words that begin
 * declarations, and each piece is read, explained and mended by itself ({@link Recovery}).
 */
public final class Parser {

  /** The largest program, in UTF-16 units. */
  public static final int MAX_SIZE = 1 << 20;

  private Parser() {}

  /** Reads a program. */
  public static Parsed parse(Source source) {
    return parse(source, new Span(0, source.text().length()));
  }

  /** Reads a part of a program's text: whole declarations, as {@link Outline} finds them. */
  public static Parsed parse(Source source, Span part) {
    Report report = new Report(source);
    if (tooLarge(report)) {
      return new Parsed(new Program(source, List.of(), part), report.sorted());
    }
    List<Decl> declarations = new Recovery(report, Tokens.of(source, part)).program();
    return new Parsed(new Program(source, declarations, part), report.sorted());
  }

  /** Reads an expression that stands alone. */
  public static ParsedExpression parseExpression(Source source) {
    return parseExpression(source, new Span(0, source.text().length()));
  }

  /** Reads an expression that is a part of a text. */
  public static ParsedExpression parseExpression(Source source, Span part) {
    Report report = new Report(source);
    if (tooLarge(report)) {
      return new ParsedExpression(new Expr.Broken(part), report.sorted());
    }
    Expr expression = new Recovery(report, Tokens.of(source, part)).expression();
    return new ParsedExpression(expression, report.sorted());
  }

  private static boolean tooLarge(Report report) {
    int length = report.source().text().length();
    if (length <= MAX_SIZE) {
      return false;
    }
    report.add(
        report
            .at(Code.TOO_LARGE, Span.at(0), "The program is too large.")
            .found(length + " characters")
            .hint("split it: at most " + MAX_SIZE + " characters make one file"));
    return true;
  }
}
