package org.rewlang.lower;

import java.util.IdentityHashMap;
import java.util.Map;
import org.rewlang.core.Origin;
import org.rewlang.model.Term;

/** Robustness online: of the word so far, in each step. */
final class RobustnessLowering {

  private final StateContext state;
  private final Map<Term, Robust> known = new IdentityHashMap<>();

  RobustnessLowering(StateContext state) {
    this.state = state;
  }

  Value robustness(Term.Robustness of, Origin origin) {
    Robust robust = known.get(of);
    if (robust == null) {
      robust = new Robust(state, of, origin);
      known.put(of, robust);
    }
    return Value.of(robust.value());
  }
}
