package org.rewlang;

import java.util.List;
import org.rewlang.diagnostic.Diagnostic;

/** The program has errors; nothing runs. */
public final class RewardCompileException extends RuntimeException {

  private final transient List<Diagnostic> diagnostics;

  public RewardCompileException(List<Diagnostic> diagnostics) {
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
