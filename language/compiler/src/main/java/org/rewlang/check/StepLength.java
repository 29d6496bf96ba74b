package org.rewlang.check;

import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Decl;

/** {@code step lasts 20 ms}: how long a step of a program takes. */
final class StepLength {

  private final Session session;

  StepLength(Session session) {
    this.session = session;
  }

  void declare(Decl.StepLasts s, Env env) {
    if (env.file.stepSeconds != null) {
      session.reporter.report(
          session
              .diagnose(
                  Code.DUPLICATE_NAME, "the length of a step is declared twice", s.span(), env)
              .label("declared again")
              .hint("leave one of them out"));
      return;
    }
    Term value = session.expr(s.duration(), env);
    Term seconds =
        session.fit.coerce(
            value, Type.real(Types.SECOND), s.duration(), env, "the length of a step");
    Double constant = Terms.isError(seconds) ? null : session.constants.scalar(seconds);
    if (constant == null || constant <= 0) {
      env.file.stepLengthWrong = true;
      if (!Terms.isError(seconds)) {
        session.reporter.report(
            session
                .diagnose(
                    Code.NOT_CONSTANT,
                    "a step lasts a constant time above 0",
                    s.duration().span(),
                    env)
                .label(constant == null ? "known at run time only" : "this is " + constant + " s"));
      }
      return;
    }
    env.file.stepSeconds = constant;
    env.file.stepAt = env.file.at(s.span());
  }

  /** Steps are the program's: a used file may say how long they last, but not otherwise. */
  void join(FileScope scope) {
    Double seconds = scope.stepSeconds;
    Location at = scope.stepAt;
    if (seconds == null || at == null) {
      return;
    }
    FileScope program = session.program;
    if (program.stepSeconds == null && !program.stepLengthWrong) {
      program.stepSeconds = seconds;
      program.stepAt = at;
    } else if (program.stepAt != null && !seconds.equals(program.stepSeconds)) {
      session.reporter.report(
          Diagnostic.of(
                  Code.DUPLICATE_NAME,
                  "the files of a program have steps of two lengths",
                  at.source(),
                  at.span())
              .label("this is " + seconds + " s")
              .related(
                  program.stepAt.source(),
                  program.stepAt.span(),
                  "this is " + program.stepSeconds + " s")
              .hint("say it in one of them, or alike in both"));
    }
  }
}
