package org.rewlang.bytecode;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.rewlang.compile.RandomMachines;

/** Machines mean the same on this engine. */
class RandomMachinesTest {

  @Test
  void tablesDoWhatTheEdgesSay() {
    RandomMachines.Report report =
        RandomMachines.check(new BytecodeEngine(), 10_000, 10_000 + Long.getLong("rew.random", 80));
    assertTrue(report.fired > 1000 && report.failures > 200, "edges fire, and some steps fail");
  }
}
