package org.rewlang.format;

import java.util.List;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.parse.Layout;
import org.rewlang.parse.Lexeme;
import org.rewlang.parse.Parser;
import org.rewlang.source.Source;

/**
 * Formats programs. Line breaks stay where their author put them; indentation, blanks between
 * tokens, the columns of a block and those of trailing comments are settled here. Texts with syntax
 * errors stay as they are.
 */
public final class Formatter {

  private Formatter() {}

  public static Formatted format(Source source) {
    List<Diagnostic> diagnostics = Parser.parse(source).diagnostics();
    String text = Layout.of(source).map(Formatter::print).orElse(source.text());
    return new Formatted(text, diagnostics);
  }

  private static String print(List<Lexeme> lexemes) {
    List<Row> rows = Row.of(lexemes);
    Columns.align(rows);
    Indents.indent(rows);
    Columns.alignComments(rows);
    StringBuilder out = new StringBuilder();
    Row before = null;
    for (Row row : rows) {
      if (before != null && row.blankBefore() && !before.opens() && !row.closes()) {
        out.append('\n');
      }
      out.append(row.text()).append('\n');
      before = row;
    }
    return out.toString();
  }
}
