package org.rewlang.automata;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A combination of safety and co-safety on infinite words, judged by the ends of its runs. */
final class Obligation {

  private static final int WON = 1;
  private static final int LOST = 2;

  private Obligation() {}

  /** Null if the formula's shape isn't that of one. */
  static @Nullable Omega of(Formula formula, Meter meter) {
    Moore runs = Construction.settling(formula, meter);
    if (runs == null) {
      return null;
    }
    int[] ends = new int[runs.size()];
    for (BitSet staying : Components.of(runs)) {
      int end = runs.outputs()[staying.nextSetBit(0)] == 1 ? WON : LOST;
      staying.stream().forEach(s -> ends[s] = end);
    }
    Moore ending = runs.withOutputs(s -> ends[s]);
    BitSet canWin = ending.reaching(end -> end == WON);
    BitSet canLose = ending.reaching(end -> end == LOST);
    // Who stays where all is open: decided states end as their verdicts say, others as they are.
    Moore least =
        runs.withOutputs(
                s -> canWin.get(s) != canLose.get(s) ? (canWin.get(s) ? WON : LOST) : 4 + ends[s])
            .minimal(meter);
    BitSet accepting = new BitSet();
    boolean safety = true;
    boolean coSafety = true;
    for (int s = 0; s < least.size(); s++) {
      int output = least.outputs()[s];
      accepting.set(s, (output & WON) != 0);
      safety &= output != 4 + LOST;
      coSafety &= output != 4 + WON;
    }
    Moore residuals = least.withOutputs(s -> verdict(least.outputs()[s]).ordinal());
    FormulaClass named =
        safety ? FormulaClass.SAFETY : coSafety ? FormulaClass.CO_SAFETY : FormulaClass.OBLIGATION;
    return new Omega(residuals, accepting, named, meter);
  }

  private static Verdict verdict(int output) {
    return switch (output) {
      case WON -> Verdict.SATISFIED;
      case LOST -> Verdict.VIOLATED;
      default -> Verdict.UNKNOWN;
    };
  }
}
