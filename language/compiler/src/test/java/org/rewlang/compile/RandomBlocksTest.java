package org.rewlang.compile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.rewlang.interpret.Interpreter;

/**
 * Sums add up, factors multiply, an override is alone, a closed gate is neutral: on random trees.
 */
class RandomBlocksTest {

  @Test
  void theReferenceInterpreterPaysWhatTheTreeSays() {
    RandomBlocks.Report report =
        RandomBlocks.check(new Interpreter(), 0, Long.getLong("rew.random", 400));
    assertTrue(report.sums > 1000 && report.products > 300, "sums and products");
    assertTrue(report.overridden > 300 && report.closed > 1000, "overrides and closed gates");
    assertTrue(report.failures * 2 < report.steps, "most steps don't fail");
  }
}
