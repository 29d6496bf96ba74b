package org.rewlang.truffle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.rewlang.temporal.PatternCases;
import org.rewlang.temporal.RtamtCases;
import org.rewlang.temporal.TemporalCases;
import org.rewlang.temporal.VerdictCases;

/** Temporal operators on Truffle. */
class TemporalTest {

  @Test
  void robustness() {
    assertTrue(TemporalCases.robustness(new TruffleEngine(), 30) >= 12_000);
  }

  @Test
  void past() {
    assertTrue(TemporalCases.past(new TruffleEngine(), 40) >= 24_000);
  }

  @Test
  void verdicts() {
    assertTrue(VerdictCases.verdicts(new TruffleEngine(), 20) >= 1120);
  }

  @Test
  void unknownAtoms() {
    assertTrue(VerdictCases.unknown(new TruffleEngine(), 40) >= 280);
  }

  @Test
  void rtamt() throws IOException {
    assertTrue(RtamtCases.compare(new TruffleEngine(), RtamtCases.recorded()).online() >= 1_000);
  }

  @Test
  void progress() {
    assertTrue(VerdictCases.progress(new TruffleEngine(), 40) >= 200);
  }

  @Test
  void patterns() {
    assertTrue(PatternCases.compare(new TruffleEngine(), 700) >= 122500);
  }
}
