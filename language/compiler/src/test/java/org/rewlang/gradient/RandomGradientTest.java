package org.rewlang.gradient;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rewlang.core.RandomCore;
import org.rewlang.interpret.Interpreter;

/** Random programs against differences of their results. */
class RandomGradientTest {

  @Test
  void derivativesAreWhatDifferencesSay() {
    Differences.Report report = new Differences.Report(0, 0, 0);
    for (long seed = 0; seed < 1_000; seed++) {
      report =
          report.plus(
              Differences.compare(
                  Tame.of(RandomCore.program(seed)), new Interpreter(), new Random(seed), 4));
    }
    System.out.println(report);
    assertTrue(report.compared() > 10_000, report.toString());
    assertTrue(report.moving() > 2_000, report.toString());
    assertTrue(report.skipped() < report.compared(), report.toString());
  }
}
