package org.rewlang.interpret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rewlang.core.CoreCases;
import org.rewlang.core.CoreParser;
import org.rewlang.core.CorePrinter;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.CoreValidator;
import org.rewlang.engine.EngineCases;
import org.rewlang.source.Source;

class InterpreterCasesTest {

  static List<CoreCases.Case> cases() {
    return CoreCases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsDirectJava(CoreCases.Case test) {
    EngineCases.Report report = EngineCases.run(new Interpreter(), test);
    assertTrue(report.values() > 0);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isRightAndPrintsAndParses(CoreCases.Case test) {
    CoreProgram program = test.program();
    assertEquals(List.of(), CoreValidator.validate(program));
    Source text = Source.of("again", CorePrinter.print(program));
    assertEquals(program, CoreParser.parse(text).orThrow());
  }
}
