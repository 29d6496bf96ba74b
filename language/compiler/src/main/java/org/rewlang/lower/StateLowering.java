package org.rewlang.lower;

import java.util.List;
import java.util.Map;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.Origin;
import org.rewlang.core.Type;
import org.rewlang.model.Term;

/**
 * State: reads it where a term does, and once all is read, advances it. Every piece advances in
 * every step, and is checked to be defined. State in a loop has one element for each round.
 */
final class StateLowering {

  private final StateContext state;
  private final PrevLowering prev;
  private final PastLowering past;
  private final WindowLowering window;
  private final SlidingLowering sliding;
  private final RobustnessLowering robustness;
  private final OccurrenceLowering occurrences;
  private int stepSlot = -1;

  StateLowering(Unit unit, Draft draft, Map<Object, String> owners) {
    state = new StateContext(unit, draft, owners, this);
    prev = new PrevLowering(state);
    past = new PastLowering(state);
    window = new WindowLowering(state);
    sliding = new SlidingLowering(state, window);
    robustness = new RobustnessLowering(state);
    occurrences = new OccurrenceLowering(state);
  }

  TermLowering terms() {
    return state.terms;
  }

  /** Whether every element of a term is defined. */
  int defined(Term term, Origin origin) {
    return state.defined(
        state.terms, term, List.of(), index -> state.terms.at(term, index), origin);
  }

  /** Advances all state that has been read, and what that reads. */
  void finish() {
    while (!state.pending.isEmpty()) {
      state.pending.removeFirst().run();
    }
  }

  Value read(Term term, List<Integer> index, Origin origin) {
    return switch (term) {
      case Term.StepIndex _ -> stepIndex(origin);
      case Term.Prev p -> prev.prev(p, index, origin);
      case Term.Initial initial -> prev.initial(initial, index, origin);
      case Term.Past p -> past.past(p, index, origin);
      case Term.Sliding of -> sliding.sliding(of, index, origin);
      case Term.Since since -> sliding.since(since, index, origin);
      case Term.Robustness of -> robustness.robustness(of, origin);
      case Term.WindowCount count -> window.count(count, origin);
      case Term.WindowAt at -> window.windowAt(at, index, origin);
      case Term.Occurrences of -> occurrences.occurrences(of, origin);
      default -> throw new IllegalArgumentException("no state: " + term);
    };
  }

  private Value stepIndex(Origin origin) {
    if (stepSlot < 0) {
      stepSlot = state.unit.slot("step", Type.F64, List.of(0.0));
      int now = state.core.slot(stepSlot, origin);
      state.draft.next(
          stepSlot, state.core.binary(BinaryOp.ADD, now, state.core.number(1), origin), origin);
    }
    return Value.of(state.core.slot(stepSlot, origin));
  }
}
