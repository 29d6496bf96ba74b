package org.rewlang.compile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.rewlang.interpret.Interpreter;

/** The tables of a machine do what trying its edges in order does: on random machines. */
class RandomMachinesTest {

  @Test
  void tablesDoWhatTheEdgesSay() {
    RandomMachines.Report report =
        RandomMachines.check(new Interpreter(), 0, Long.getLong("rew.random", 200));
    assertTrue(report.fired > 3000 && report.finals > 1000, "edges fire, machines end");
    assertTrue(
        report.failures > 500 && report.failures * 2 < report.steps,
        report.failures + " of " + report.steps + " steps fail");
  }
}
