package org.rewlang.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rewlang.core.CorePrinter;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.CoreValidator;
import org.rewlang.core.RandomCore;
import org.rewlang.interpret.Interpreter;

/** Random programs against differences of their results. */
class RandomGradientTest {

  @Test
  void derivativesAreWhatDifferencesSay() {
    Differences.Report report = new Differences.Report(0, 0, 0);
    for (long seed = 0; seed < 300; seed++) {
      report =
          report.plus(
              Differences.compare(
                  Tame.of(RandomCore.program(seed)), new Interpreter(), new Random(seed), 4));
    }
    assertTrue(report.compared() > 5_000, report.toString());
    assertTrue(report.moving() > 2_000, report.toString());
    assertTrue(report.skipped() < report.compared(), report.toString());
  }

  @Test
  void soAreThoseOfLoopsInLoops() {
    Differences.Report report = new Differences.Report(0, 0, 0);
    for (long seed = 0; seed < 300; seed++) {
      CoreProgram program = RandomSmooth.program(seed);
      assertEquals(List.of(), CoreValidator.validate(program), () -> CorePrinter.print(program));
      report = report.plus(Differences.compare(program, new Interpreter(), new Random(seed), 2));
    }
    assertTrue(report.moving() > 5_000, report.toString());
    assertTrue(report.skipped() < report.compared(), report.toString());
  }
}
