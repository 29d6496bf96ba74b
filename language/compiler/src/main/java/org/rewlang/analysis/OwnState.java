package org.rewlang.analysis;

import org.jspecify.annotations.Nullable;
import org.rewlang.model.Machine;
import org.rewlang.model.Operation;
import org.rewlang.model.Term;

/** What guards and updates of a machine are where its state and counters are known. */
record OwnState(Machine machine, MachineGraph.Place place) {

  /** The truth of an atom that is about the machine and its counters alone; null of any other. */
  @Nullable Boolean truth(Term atom) {
    if (!(atom instanceof Term.Apply apply) || apply.operands().size() != 2) {
      return null;
    }
    double a = number(apply.operands().getFirst());
    double b = number(apply.operands().getLast());
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return null;
    }
    return switch (apply.op()) {
      case EQUAL -> a == b;
      case LESS -> a < b;
      case LESS_EQUAL -> a <= b;
      default -> null;
    };
  }

  /** A number, or a state's; NaN of what hangs on anything else. */
  double number(Term term) {
    if (Machine.reads(term, machine.before())) {
      return place.state();
    }
    for (int i = 0; i < machine.counters().size(); i++) {
      if (Machine.reads(term, machine.counters().get(i).before())) {
        return place.counters().get(i);
      }
    }
    return switch (term) {
      case Term.Const c -> c.value();
      case Term.Retype r -> number(r.of());
      case Term.Ref r -> r.definition().isDefined() ? number(r.definition().value()) : Double.NaN;
      case Term.Apply a -> computed(a);
      default -> Double.NaN;
    };
  }

  private double computed(Term.Apply apply) {
    if (apply.op() == Operation.SELECT) {
      Boolean condition = truth(apply.operands().getFirst());
      return condition == null ? Double.NaN : number(apply.operands().get(condition ? 1 : 2));
    }
    double a = number(apply.operands().getFirst());
    double b = number(apply.operands().getLast());
    return switch (apply.op()) {
      case NEGATE -> -a;
      case ABS -> Math.abs(a);
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
      default -> Double.NaN;
    };
  }
}
