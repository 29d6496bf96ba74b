package org.rewlang.bytecode;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.rewlang.compile.RandomBlocks;

/** Reward blocks mean the same on this engine. */
class RandomBlocksTest {

  @Test
  void theEvaluatorPaysWhatTheTreeSays() {
    RandomBlocks.Report report =
        RandomBlocks.check(new BytecodeEngine(), 10_000, 10_000 + Long.getLong("rew.random", 200));
    assertTrue(report.sums > 500 && report.overridden > 150, "sums and overrides");
  }
}
