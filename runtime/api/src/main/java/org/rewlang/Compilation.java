package org.rewlang;

import java.util.List;
import java.util.Optional;
import org.rewlang.diagnostic.Diagnostic;

/**
 * What became of a program's text.
 *
 * @param reward the program, if it has no errors
 * @param diagnostics everything worth telling, in order
 */
public record Compilation(Optional<Reward> reward, List<Diagnostic> diagnostics) {

  public Compilation {
    diagnostics = List.copyOf(diagnostics);
  }

  /** Whether anything stops the program from running. */
  public boolean hasErrors() {
    return diagnostics.stream().anyMatch(Diagnostic::isError);
  }

  /**
   * The program.
   *
   * @throws RewardCompileException if it has errors
   */
  public Reward orThrow() {
    return reward.orElseThrow(() -> new RewardCompileException(diagnostics));
  }
}
