package org.rewlang.automata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MonitorTest {

  private static final int ATOMS = 4;
  private static final Limits LIMITS = new Limits(10_000, 2_000_000, Duration.ofMinutes(1));

  private static Monitor of(Formula f) {
    Monitor made = Monitor.finite(f, LIMITS).orNull();
    assertTrue(made != null, () -> "no monitor of " + f);
    return made;
  }

  /** Any letter that agrees on the reasons leads to the same state, and on fewer some doesn't. */
  @Test
  void reasonsAreEnoughAndNoneIsTooMany() {
    Random random = new Random(3);
    int several = 0;
    for (int i = 0; i < 300; i++) {
      Formula f = RandomFormula.future(random, ATOMS).next(1 + random.nextInt(5));
      Monitor monitor = of(f);
      int state = monitor.initial();
      for (BitSet letter : RandomFormula.future(random, ATOMS).word(6)) {
        BitSet reasons = monitor.reasons(state, letter::get);
        int to = monitor.next(state, letter::get);
        assertEquals(List.of(to), targets(monitor, state, letter, reasons), f.toString());
        for (int left : reasons.stream().toArray()) {
          BitSet fewer = (BitSet) reasons.clone();
          fewer.clear(left);
          assertNotEquals(List.of(to), targets(monitor, state, letter, fewer), f.toString());
        }
        several += reasons.cardinality() > 1 ? 1 : 0;
        state = to;
      }
    }
    assertTrue(several > 100, several + " with several reasons");
  }

  private static List<Integer> targets(Monitor monitor, int state, BitSet letter, BitSet fixed) {
    BitSet found = new BitSet();
    for (long l = 0; l < 1 << ATOMS; l++) {
      BitSet other = BitSet.valueOf(new long[] {l});
      for (int a = 0; a < ATOMS; a++) {
        other.set(a, fixed.get(a) ? letter.get(a) : other.get(a));
      }
      found.set(monitor.next(state, other::get));
    }
    return found.stream().boxed().toList();
  }

  @Test
  void infiniteWordsAreNeverClosed() {
    Formula again = Formula.always(Formula.eventually(Formula.atom(0)));
    Monitor monitor = Monitor.infinite(again, LIMITS).orNull();
    assertTrue(monitor != null);
    assertEquals(1, monitor.size());
    assertEquals(Verdict.UNKNOWN, monitor.verdict(0));
    assertEquals(Verdict.UNKNOWN, monitor.verdict(0).closed());
    // On words that end it is what the last letter says.
    assertEquals(2, of(again).size());
  }
}
