package org.rewlang.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.rewlang.core.CorePrinter;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.CoreValidator;
import org.rewlang.core.RandomCore;
import org.rewlang.engine.Engine;

/** Derivatives of random programs against differences of their results, on any engine. */
public final class GradientCases {

  private GradientCases() {}

  /** Programs that reach every operation; little in them is smooth. */
  public static Differences.Report anything(Engine engine, int programs) {
    Differences.Report report = new Differences.Report(0, 0, 0);
    for (long seed = 0; seed < programs; seed++) {
      CoreProgram program = Tame.of(RandomCore.program(seed));
      report = report.plus(Differences.compare(program, engine, new Random(seed), 4));
    }
    assertTrue(report.skipped() < report.compared() / 4, report.toString());
    return report;
  }

  /** Programs in which nearly everything is smooth: loops in loops. */
  public static Differences.Report loops(Engine engine, int programs) {
    Differences.Report report = new Differences.Report(0, 0, 0);
    for (long seed = 0; seed < programs; seed++) {
      CoreProgram program = RandomSmooth.program(seed);
      assertEquals(List.of(), CoreValidator.validate(program), () -> CorePrinter.print(program));
      report = report.plus(Differences.compare(program, engine, new Random(seed), 2));
    }
    assertTrue(report.skipped() < report.compared() / 4, report.toString());
    return report;
  }
}
