package org.rewlang.temporal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.rewlang.interpret.Interpreter;

/** Robustness against RTAMT's: recorded cases always, 2,000 new ones where it is installed. */
class RtamtTest {

  @Test
  void recorded() throws IOException {
    RtamtCases.Compared compared = RtamtCases.compare(new Interpreter(), RtamtCases.recorded());
    assertEquals(400, compared.formulas());
    assertTrue(compared.online() >= 1_000 && compared.refused() <= 111, compared.toString());
  }

  @Test
  void fresh() throws IOException, InterruptedException {
    String python = System.getProperty("rew.python", "python3");
    assumeTrue(
        run(python, "-c", "import rtamt") != null,
        "not run: new cases of rtamt (it isn't installed here)");
    List<String> lines = run(python, "src/test/python/rtamt_cases.py", "2000", "20260101");
    RtamtCases.Compared compared =
        RtamtCases.compare(new Interpreter(), RtamtCases.cases(lines == null ? List.of() : lines));
    assertEquals(2_000, compared.formulas());
    assertTrue(compared.offline() >= 12_000, compared.toString());
  }

  @Test
  void aWrongValueIsNoticed() {
    String line = "eventually[0,1] a >= 1 ; 1 2 3 ; 0 0 0 ; 0 0 0 ; 1 2 2";
    RtamtCases.compare(new Interpreter(), RtamtCases.cases(List.of(line)));
    for (String wrong :
        List.of(line.replace("; 1 2 2", "; 1 2 1"), line.replace("; 1 2 2", "; 0 2 2"))) {
      assertThrows(
          AssertionError.class,
          () -> RtamtCases.compare(new Interpreter(), RtamtCases.cases(List.of(wrong))));
    }
  }

  private static List<String> run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor(5, TimeUnit.MINUTES) && process.exitValue() == 0
        ? out.lines().toList()
        : null;
  }
}
