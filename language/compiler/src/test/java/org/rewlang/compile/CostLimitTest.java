package org.rewlang.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rewlang.check.Loader;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.source.Source;

/** A program over a limit is told what in it costs most. */
class CostLimitTest {

  @Test
  void aMillionElementsOnceAreNotTooMany() {
    assertNotNull(
        compile("inputs { v: real[1000000] }\nreward = sum(v) + max(v)\n").core(), "refused");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fold(acc + sum([x * k for k in range(99)]) for x in v, acc = 0) | operations in a step
          sum([x * y for x in v for y in v[:500]])                        | operations in a step
          sum(max(v over last 9))                                         | bytes of state
          """)
  void theLargestPartIsNamed(String costly, String what) {
    Compilation compilation =
        compile(
            """
            inputs { v: real[1000000] }
            let small = sum(v) + sum(prev(v, initially = 0))
            let large = %s
            reward = small + large
            """
                .formatted(costly));
    List<Diagnostic> errors =
        compilation.diagnostics().stream().filter(Diagnostic::isError).toList();
    assertEquals(1, errors.size(), errors::toString);
    Diagnostic error = errors.getFirst();
    assertEquals(Code.TOO_COSTLY, error.code());
    assertTrue(error.message().contains(what), error.message());
    String place = error.primary().location().text();
    assertTrue(costly.contains(place) && place.length() > 8, place);
  }

  private static Compilation compile(String text) {
    return Compiler.compile(Source.of("costly.rew", text), Loader.NONE);
  }
}
