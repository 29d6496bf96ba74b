package org.rewlang.analysis;

import org.rewlang.analysis.Fact.Number;
import org.rewlang.analysis.Fact.Truth;
import org.rewlang.model.Operation;
import org.rewlang.model.ReduceOp;

/** What reductions make of the range that all their values lie in. */
final class Aggregated {

  private Aggregated() {}

  static Fact reduced(ReduceOp op, Fact of, int count, boolean orFewer) {
    return reduced(op, of, count, orFewer, !orFewer);
  }

  static Fact reduced(ReduceOp op, Fact of, int count, boolean orFewer, boolean some) {
    return switch (op) {
      case SUM -> NumberRules.sum((Number) of, count, orFewer);
      case PROD -> NumberRules.product((Number) of, count, orFewer);
      case MIN, MAX -> ((Number) of).orNan(!some);
      case ANY -> {
        Truth each = (Truth) of;
        yield new Truth(each.mayBeTrue(), each.mayBeFalse() || !some, each.mayBeUnknown());
      }
      case ALL -> {
        Truth each = (Truth) of;
        yield new Truth(each.mayBeTrue() || !some, each.mayBeFalse(), each.mayBeUnknown());
      }
      case ARGMIN, ARGMAX -> Number.between(0, count - 1).orNan(!some);
    };
  }

  static Number accumulate(
      Operation op, Number identity, Fact before, Fact of, boolean mayBeEmpty) {
    Number base = ((Number) before).join(identity);
    Number sum = NumberRules.binary(op, base, (Number) of);
    return mayBeEmpty ? sum.join(base) : sum;
  }
}
