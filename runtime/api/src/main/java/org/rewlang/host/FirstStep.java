package org.rewlang.host;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.rewlang.analysis.Terms;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Model;
import org.rewlang.model.Requirement;
import org.rewlang.model.Result;
import org.rewlang.model.Strict;
import org.rewlang.model.Term;

/** Whether a program can begin an episode without a reset observation. */
public final class FirstStep {

  private FirstStep() {}

  /** A value of the step before that nothing but a reset observation can supply at first. */
  public static Optional<Term.Prev> unsaid(Model model) {
    Set<Term> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Term> waiting = new ArrayDeque<>();
    model.results().stream().map(Result::value).forEach(waiting::add);
    model.strict().stream().map(Strict::term).forEach(waiting::add);
    model.requirements().stream().map(Requirement::condition).forEach(waiting::add);
    while (!waiting.isEmpty()) {
      Term term = waiting.removeFirst();
      if (seen.add(term)) {
        if (term instanceof Term.Prev prev && prev.initially() == null) {
          return Optional.of(prev);
        }
        waiting.addAll(Terms.children(term));
      }
    }
    return Optional.empty();
  }

  /** What to tell a host, or data, that starts an episode without the observation needed. */
  public static Diagnostic needsReset(Model model) {
    Optional<Term.Prev> prev = unsaid(model);
    Diagnostic.Builder problem =
        Diagnostic.of(
            Code.NEEDS_RESET, "the program needs a reset observation to begin an episode");
    prev.ifPresent(
        p ->
            problem
                .related(
                    p.at().source(), p.at().span(), "on the first step, only it can supply this")
                .hint("begin with a reset observation, or write `prev(…, initially = …)`"));
    return problem.build();
  }
}
