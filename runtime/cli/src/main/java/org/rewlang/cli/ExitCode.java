package org.rewlang.cli;

import java.util.List;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Phase;

/** How a command ends. */
public enum ExitCode {
  OK(0, "ok"),
  /** The program has errors, or a test, comparison or assertion failed. */
  ERRORS(1, "errors"),
  /** Bad usage, bad data, or a file that can't be read or written. */
  INVALID(2, "invalid"),
  LIMIT(3, "limit"),
  INTERNAL(70, "internal");

  private final int number;
  private final String status;

  ExitCode(int number, String status) {
    this.number = number;
    this.status = status;
  }

  public int number() {
    return number;
  }

  /** The {@code status} of the JSON. */
  public String status() {
    return status;
  }

  /** The gravest that a command's diagnostics ask for. */
  public static ExitCode of(List<Diagnostic> diagnostics) {
    ExitCode worst = OK;
    for (Diagnostic d : diagnostics) {
      ExitCode code = d.isError() ? of(d) : OK;
      worst = rank(code) > rank(worst) ? code : worst;
    }
    return worst;
  }

  private static int rank(ExitCode code) {
    return switch (code) {
      case OK -> 0;
      case ERRORS -> 1;
      case LIMIT -> 2;
      case INVALID -> 3;
      case INTERNAL -> 4;
    };
  }

  private static ExitCode of(Diagnostic d) {
    if (d.code().id().startsWith("RW09") && d.phase() != Phase.INTERNAL) {
      return LIMIT;
    }
    if (d.code() == Code.REQUIREMENT_FAILED) {
      // A `require` speaks of the data.
      return INVALID;
    }
    return switch (d.phase()) {
      case USAGE, READ, BIND, DATA -> INVALID;
      case PARSE, CHECK, LOWER, RUN -> ERRORS;
      case INTERNAL -> INTERNAL;
    };
  }
}
