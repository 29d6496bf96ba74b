package org.rewlang.compile;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.source.Location;

/**
 * How a test or a property went.
 *
 * @param how in a few words: {@code 3 steps}, {@code proved}, {@code held in 2000 generated steps}
 * @param steps run
 * @param problem what failed first, or null
 */
public record Outcome(
    Kind kind,
    String title,
    boolean passed,
    String how,
    int steps,
    @Nullable Diagnostic problem,
    Location at) {

  /** What was run. */
  public enum Kind {
    TEST,
    PROPERTY
  }

  static Outcome passed(Kind kind, String title, String how, int steps, Location at) {
    return new Outcome(kind, title, true, how, steps, null, at);
  }

  static Outcome failed(Kind kind, String title, int steps, Diagnostic problem, Location at) {
    return new Outcome(kind, title, false, problem.message(), steps, problem, at);
  }

  /** The diagnostics of those that failed. */
  public static List<Diagnostic> problems(List<Outcome> outcomes) {
    return outcomes.stream().filter(o -> !o.passed).map(Outcome::problem).toList();
  }
}
