package org.rewlang.bytecode;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.rewlang.temporal.TemporalCases;

/** Temporal operators on Truffle. */
class TemporalTest {

  @Test
  void robustness() {
    assertTrue(TemporalCases.robustness(new BytecodeEngine(), 30) >= 12_000);
  }

  @Test
  void past() {
    assertTrue(TemporalCases.past(new BytecodeEngine(), 40) >= 24_000);
  }
}
