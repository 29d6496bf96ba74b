package org.rewlang.compile;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.analysis.Ranges;
import org.rewlang.check.Index;
import org.rewlang.core.CoreProgram;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Model;
import org.rewlang.syntax.Program;

/**
 * What became of a text.
 *
 * @param diagnostics everything worth telling, in {@link Diagnostic#ORDER}
 * @param index every name and what it stands for, errors or not
 * @param model the checked program; null if it has errors
 * @param ranges what the model's terms can be; null with it
 * @param core what engines run; null with it, or if it exceeds a limit
 */
public record Compilation(
    Program syntax,
    List<Diagnostic> diagnostics,
    Index index,
    @Nullable Model model,
    @Nullable Ranges ranges,
    @Nullable CoreProgram core) {

  public Compilation {
    diagnostics = List.copyOf(diagnostics);
  }

  public boolean hasErrors() {
    return diagnostics.stream().anyMatch(Diagnostic::isError);
  }
}
