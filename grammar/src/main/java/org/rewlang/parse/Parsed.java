package org.rewlang.parse;

import java.util.List;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.syntax.Program;

/** A program as far as it could be read, and what was wrong with it, in order. */
public record Parsed(Program program, List<Diagnostic> diagnostics) {

  public Parsed {
    diagnostics = List.copyOf(diagnostics);
  }

  public boolean hasErrors() {
    return diagnostics.stream().anyMatch(Diagnostic::isError);
  }
}
