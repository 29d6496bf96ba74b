package org.rewlang.parse;

import java.util.List;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.syntax.Expr;

/** An expression that stands alone, as far as it could be read, and what was wrong with it. */
public record ParsedExpression(Expr expression, List<Diagnostic> diagnostics) {

  public ParsedExpression {
    diagnostics = List.copyOf(diagnostics);
  }
}
