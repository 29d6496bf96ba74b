package org.rewlang.analysis;

import java.util.ArrayList;
import java.util.List;
import org.rewlang.core.Output;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Model;
import org.rewlang.model.Operation;
import org.rewlang.model.Result;
import org.rewlang.model.Term;
import org.rewlang.source.Location;
import org.rewlang.source.Source;

/** Components that are 0 in every step, though nobody wrote 0. */
final class NeverPaid {

  private final Source source;
  private final Model model;
  private final Ranges ranges;

  NeverPaid(Source source, Model model, Ranges ranges) {
    this.source = source;
    this.model = model;
    this.ranges = ranges;
  }

  List<Diagnostic> find() {
    List<Diagnostic> found = new ArrayList<>();
    for (Result result : model.results()) {
      Location at = result.definition().at();
      boolean paid = result.role() == Output.Role.COMPONENT && at.source() == source;
      if (paid && isZero(result.value()) && !isWrittenZero(result.definition().value())) {
        found.add(
            Diagnostic.of(
                    Code.NEVER_PAID,
                    "component `" + result.name() + "` is 0 in every step",
                    at.source(),
                    at.span())
                .label("never anything but 0, whatever the inputs in their ranges are")
                .build());
      }
    }
    return found;
  }

  private boolean isZero(Term term) {
    return ranges.fact(term) instanceof Fact.Number n
        && !n.mayBeUndefined()
        && n.low() == 0
        && n.high() == 0;
  }

  /** {@code grip = 0}, with a gate or without; or the gate never opens, which is said there. */
  private boolean isWrittenZero(Term term) {
    return switch (Terms.bare(term)) {
      case Term.Const c -> c.value() == 0;
      case Term.Apply a when a.op() == Operation.SELECT ->
          ranges.fact(a.operands().getFirst()) instanceof Fact.Truth t && t.isAlwaysFalse()
              || isWrittenZero(a.operands().get(1)) && isWrittenZero(a.operands().get(2));
      default -> false;
    };
  }
}
