package org.rewlang.cli;

import java.util.List;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;

/** Ends a command with diagnostics, from wherever it is. */
public final class Failure extends RuntimeException {

  private final transient List<Diagnostic> diagnostics;

  public Failure(List<Diagnostic> diagnostics) {
    super(diagnostics.isEmpty() ? "" : diagnostics.getFirst().message(), null, false, true);
    this.diagnostics = List.copyOf(diagnostics);
  }

  public Failure(Diagnostic diagnostic) {
    this(List.of(diagnostic));
  }

  /** The command line asks for something that makes no sense. */
  public static Failure usage(String message) {
    return new Failure(Diagnostic.of(Code.BAD_USAGE, message).build());
  }

  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
