package org.rewlang.format;

import java.util.List;
import org.rewlang.diagnostic.Diagnostic;

/**
 * A formatted program.
 *
 * @param text as it came in, if there are errors
 */
public record Formatted(String text, List<Diagnostic> diagnostics) {

  public Formatted {
    diagnostics = List.copyOf(diagnostics);
  }
}
