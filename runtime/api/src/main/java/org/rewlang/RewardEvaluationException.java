package org.rewlang;

import java.util.List;
import org.rewlang.diagnostic.Diagnostic;

/** A step, a reset or a setting was refused; state is as it was before. */
public final class RewardEvaluationException extends RuntimeException {

  private final transient List<Diagnostic> diagnostics;

  public RewardEvaluationException(List<Diagnostic> diagnostics) {
    super(
        diagnostics.isEmpty()
            ? ""
            : diagnostics.getFirst().code().id() + ": " + diagnostics.getFirst().message());
    this.diagnostics = List.copyOf(diagnostics);
  }

  /** What is wrong, as data; the first also is the message. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
