package org.rewlang.truffle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.rewlang.gradient.GradientCases;

/** Derivatives on Truffle, against differences that the interpreter takes. */
class GradientTest {

  @Test
  void anything() {
    assertTrue(GradientCases.anything(new TruffleEngine(), 150).moving() > 300);
  }

  @Test
  void loops() {
    assertTrue(GradientCases.loops(new TruffleEngine(), 150).moving() > 2_500);
  }
}
