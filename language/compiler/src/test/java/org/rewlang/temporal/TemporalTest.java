package org.rewlang.temporal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.rewlang.interpret.Interpreter;

/** Temporal operators on the reference interpreter. */
class TemporalTest {

  @Test
  void robustness() {
    assertTrue(TemporalCases.robustness(new Interpreter(), 150) >= 60_000);
  }

  @Test
  void smoothRobustness() {
    assertTrue(TemporalCases.smooth(new Interpreter(), 60) >= 24_000);
  }

  @Test
  void past() {
    assertTrue(TemporalCases.past(new Interpreter(), 150) >= 90_000);
  }

  @Test
  void verdicts() {
    assertTrue(VerdictCases.verdicts(new Interpreter(), 150) >= 8400);
  }

  @Test
  void unknownAtoms() {
    assertTrue(VerdictCases.unknown(new Interpreter(), 200) >= 1400);
  }

  @Test
  void progress() {
    assertTrue(VerdictCases.progress(new Interpreter(), 200) >= 1000);
  }

  @Test
  void patterns() {
    assertTrue(PatternCases.compare(new Interpreter(), 1000) >= 175000);
  }
}
