package org.rewlang.truffle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.rewlang.oracle.RandomAgents;

class RandomAgentsTest {

  @Test
  void truffleGivesWhatTheWordsMean() {
    assertTrue(RandomAgents.check(new TruffleEngine(), 0, 200) > 300 * 200);
  }
}
