package org.rewlang.gradient;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.rewlang.interpret.Interpreter;

/** Random programs on the reference interpreter. */
class RandomGradientTest {

  @Test
  void anything() {
    assertTrue(GradientCases.anything(new Interpreter(), 300).moving() > 600);
  }

  @Test
  void loops() {
    assertTrue(GradientCases.loops(new Interpreter(), 300).moving() > 5_000);
  }
}
