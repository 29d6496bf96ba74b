package org.rewlang.analysis;

import java.util.IdentityHashMap;
import java.util.Map;
import org.rewlang.automata.Formula;
import org.rewlang.automata.Formula.Binary;
import org.rewlang.automata.Formula.Connective;
import org.rewlang.automata.Formula.Operator;
import org.rewlang.automata.Formula.Unary;
import org.rewlang.automata.Formula.Window;
import org.rewlang.automata.Monitor;
import org.rewlang.automata.Verdict;

/**
 * What {@code always(a implies next(b))} says of the last step: that {@code a} must not hold there.
 * People who write it mostly mean words that go on.
 */
final class LastStep {

  private final Occurring occurring;

  /** Parts below an {@code always} with weak operators in the places of strong ones. */
  private final Map<Formula, Formula> lenient = new IdentityHashMap<>();

  LastStep(Occurring occurring) {
    this.occurring = occurring;
  }

  /** Whether some condition for all times fails at an end, and could not if {@code next} let it. */
  boolean surprises(Formula formula) {
    return ofPart(formula.negationNormalForm());
  }

  private boolean ofPart(Formula f) {
    return switch (f) {
      case Binary b when b.connective() == Connective.AND -> ofPart(b.left()) || ofPart(b.right());
      case Unary u when u.operator() == Operator.ALWAYS && u.window().isAll() ->
          !lenient(u).equals(u) && isOpen(u) && !isOpen(lenient(u));
      default -> false;
    };
  }

  /** Whether an episode can end before something comes that may yet come. */
  private boolean isOpen(Formula f) {
    Monitor monitor = Monitor.finite(f, Vacuity.SMALL).orNull();
    return monitor == null
        || occurring.reached(monitor).stream()
            .anyMatch(s -> monitor.verdict(s) == Verdict.PRESUMABLY_VIOLATED);
  }

  private Formula lenient(Formula f) {
    Formula known = lenient.get(f);
    if (known == null) {
      known =
          switch (f) {
            case Unary u -> {
              Formula of = lenient(u.operand());
              yield isNext(u)
                  ? new Unary(weak(u.operator()), u.window(), of)
                  : of == u.operand() ? u : new Unary(u.operator(), u.window(), of);
            }
            case Binary b -> {
              Formula left = lenient(b.left());
              Formula right = lenient(b.right());
              yield left == b.left() && right == b.right()
                  ? b
                  : new Binary(b.connective(), b.window(), left, right);
            }
            default -> f;
          };
      lenient.put(f, known);
    }
    return known;
  }

  /** {@code next(f)}, or {@code next[3](f)}. */
  private static boolean isNext(Unary u) {
    Window w = u.window();
    return u.operator() == Operator.NEXT
        || u.operator() == Operator.EVENTUALLY && w.from() > 0 && w.from() == w.to();
  }

  private static Operator weak(Operator strong) {
    return strong == Operator.NEXT ? Operator.WEAK_NEXT : Operator.ALWAYS;
  }
}
