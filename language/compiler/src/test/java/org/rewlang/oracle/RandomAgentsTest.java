package org.rewlang.oracle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.rewlang.interpret.Interpreter;

/** What programs of several agents give is what the same words mean of Java's lists. */
class RandomAgentsTest {

  @Test
  void agentsMeanWhatJavasListsMean() {
    long programs = Long.getLong("rew.random", 400);
    long compared = RandomAgents.check(new Interpreter(), 0, programs);
    assertTrue(compared > 300 * programs, "only " + compared);
  }
}
