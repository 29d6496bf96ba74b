package org.rewlang.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewlang.engine.Differential;
import org.rewlang.engine.Engine;
import org.rewlang.engine.Evaluator;
import org.rewlang.interpret.Interpreter;
import org.rewlang.source.Source;

class RandomCoreTest {

  private static final int PROGRAMS = 1_000;

  @Test
  void programsAreRightAndPrintAndParse() {
    for (long seed = 0; seed < PROGRAMS; seed++) {
      CoreProgram program = RandomCore.program(seed);
      String text = CorePrinter.print(program);
      assertEquals(List.of(), CoreValidator.validate(program), text);
      CoreProgram again =
          CoreParser.parse(Source.of("random", text), List.of(RandomCore.SOURCE)).orThrow();
      if (!program.equals(again)) {
        assertEquals(text, CorePrinter.print(again));
        assertEquals(program, again);
      }
    }
  }

  @Test
  void programsReachEverything() {
    Map<String, Integer> found = new TreeMap<>();
    for (long seed = 0; seed < PROGRAMS; seed++) {
      RandomCore.count(RandomCore.program(seed), found);
    }
    for (String what : RandomCore.everything()) {
      assertTrue(found.getOrDefault(what, 0) >= 5, what + ": " + found.get(what));
    }
  }

  /** The oracle against itself: deterministic, and its programs do fail and do reach NaN. */
  @Test
  void programsRun() {
    Differential.Report report = Differential.compare(new Interpreter(), new Interpreter(), 0, 150);
    assertTrue(report.failures() > 300, report.toString());
    assertTrue(report.failures() < report.steps() / 2, report.toString());
    assertTrue(report.undefined() > 1_000, report.toString());
    assertTrue(report.undefined() < report.values() / 4, report.toString());
  }

  /** An engine that takes one operation for another does not pass. */
  @ParameterizedTest
  @ValueSource(
      strings = {"add>sub", "min>max", "lt>le", "ilt>ieq", "imul>iadd", "sin>cos", "or>xor"})
  void aWrongEngineIsFound(String change) {
    String[] ops = change.split(">");
    Engine wrong =
        new Engine() {
          @Override
          public String name() {
            return "wrong";
          }

          @Override
          public String reason() {
            return change;
          }

          @Override
          public Evaluator prepare(CoreProgram program) {
            String text =
                CorePrinter.print(program).replace("= " + ops[0] + "(", "= " + ops[1] + "(");
            return new Interpreter().prepare(CoreParser.parse(Source.of("wrong", text)).orThrow());
          }
        };
    assertThrows(
        AssertionError.class, () -> Differential.compare(new Interpreter(), wrong, 0, 150));
  }
}
