package org.rewlang.bytecode;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rewlang.core.CoreCases;
import org.rewlang.engine.Differential;
import org.rewlang.engine.EngineCases;
import org.rewlang.interpret.Interpreter;

/** What every engine must pass, on the runtime that compiles what is hot. */
class CasesTest {

  /** Random programs; {@code -Drew.random=100000} for a long run. */
  private static final long PROGRAMS = Long.getLong("rew.random", 2_500);

  static Iterable<CoreCases.Case> cases() {
    return CoreCases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsDirectJava(CoreCases.Case test) {
    EngineCases.run(new BytecodeEngine(), test);
  }

  @Test
  void equalsTheInterpreterOnRandomPrograms() {
    Differential.Report report =
        Differential.compare(new BytecodeEngine(), new Interpreter(), 0, PROGRAMS);
    assertTrue(report.values() > 400 * PROGRAMS, report.toString());
  }
}
