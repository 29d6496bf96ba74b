package org.rewlang.host;

import org.rewlang.core.CoreProgram;
import org.rewlang.core.Sink;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.engine.Frame;
import org.rewlang.source.Location;

/** Says why a step failed. */
final class FailedStep {

  private FailedStep() {}

  /**
   * The diagnostic of a check that failed.
   *
   * @param sink what the engine returned
   * @param frame as the failed call left it: inputs and state as before
   * @param reset whether it was the reset observation, not a step
   */
  static Diagnostic diagnose(CoreProgram program, int sink, Frame frame, boolean reset) {
    Sink.Check check = (Sink.Check) (reset ? program.reset() : program.step()).sinks().get(sink);
    Code code =
        switch (check.failure()) {
          case UNDEFINED -> Code.FAILED_EVALUATION;
          case REQUIRED -> Code.REQUIREMENT_FAILED;
          case FULL -> Code.TABLE_FULL;
        };
    String message =
        switch (check.failure()) {
          case UNDEFINED -> check.what() + " is undefined";
          case REQUIRED -> "the data breaks a requirement" + (check.what().isEmpty() ? "" : ": ") + check.what();
          case FULL -> check.what() + " is full";
        };
    if (!check.origin().isKnown()) {
      return Diagnostic.of(code, message).build();
    }
    Location at = check.origin().in(program);
    return Diagnostic.of(code, message, at.source(), at.span()).build();
  }
}
