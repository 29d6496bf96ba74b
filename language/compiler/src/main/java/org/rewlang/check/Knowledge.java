package org.rewlang.check;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.rewlang.analysis.Ranges;
import org.rewlang.model.Definition;
import org.rewlang.model.Operation;
import org.rewlang.model.Term;

/** What is known of conditions while the program is still being elaborated. */
final class Knowledge {

  private final Ranges ranges = Ranges.of(List.of());
  private final Set<Definition> states = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Says that these hold state, which a step checks before it commits it. */
  void hold(List<Definition> definitions) {
    states.addAll(definitions);
  }

  /** Whether a condition may be unknown; of one that reads what isn't elaborated yet it may. */
  boolean mayBeUnknown(Term condition) {
    return Walk.any(condition, t -> t instanceof Term.Ref r && !r.definition().isDefined())
        ? !isKnown(condition)
        : ranges.mayBeUndefined(condition);
  }

  /** Inputs, parameters, state, and comparisons of them. */
  private boolean isKnown(Term term) {
    return switch (term) {
      case Term.Const c -> !Double.isNaN(c.value());
      case Term.Input _, Term.Param _, Term.StepIndex _, Term.LoopIndex _ -> true;
      case Term.Prev p -> p.initially() != null && isKnown(p.initially());
      case Term.Broadcast b -> isKnown(b.of());
      case Term.Retype r -> isKnown(r.of());
      case Term.Ref r ->
          states.contains(r.definition())
              || r.definition().isDefined() && isKnown(r.definition().value());
      case Term.Element e ->
          isKnown(e.of()) && e.indices().stream().allMatch(Term.LoopIndex.class::isInstance);
      case Term.Apply a
          when a.op() == Operation.LESS
              || a.op() == Operation.LESS_EQUAL
              || a.op() == Operation.EQUAL ->
          a.operands().stream().allMatch(this::isKnown);
      default -> false;
    };
  }
}
