package org.rewlang.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.source.Source;

class CoreTextTest {

  private static CoreProgram load(String name) throws IOException {
    return CoreParser.parse(Source.of(name + ".core", text(name))).orThrow();
  }

  private static String text(String name) throws IOException {
    try (InputStream in = CoreTextTest.class.getResourceAsStream("cases/" + name + ".core")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"quadruped", "matching", "cloud"})
  void parsesAsPrintedAndBack(String name) throws IOException {
    CoreProgram program = load(name);
    assertEquals(List.of(), CoreValidator.validate(program));
    String text = CorePrinter.print(program);
    CoreProgram again = CoreParser.parse(Source.of("again", text)).orThrow();
    assertEquals(program, again);
    assertEquals(text, CorePrinter.print(again));
  }

  /** The counts of the design study, whose quadruped shares what is written twice. */
  @Test
  void countsQuadruped() throws IOException {
    String text =
        text("quadruped")
            .replace(
                "yield ne(command[i], select(seen, command'[i], command[i]))",
                "c = command[i] yield ne(c, select(seen, command'[i], c))")
            .replace("yield mul(rate[i], rate[i])", "r = rate[i] yield mul(r, r)")
            .replace("yield mul(torque[i], torque[i])", "t = torque[i] yield mul(t, t)");
    CoreProgram program = CoreParser.parse(Source.of("shared", text)).orThrow();
    assertEquals(new CoreFacts(62, 167, 0, 72), CoreFacts.of(program));
    assertEquals(new CoreFacts(65, 184, 0, 72), CoreFacts.of(load("quadruped")));
  }

  /** The design study counted the arithmetic of flat indices, which an engine does outside. */
  @Test
  void countsCloud() throws IOException {
    String text =
        text("cloud")
            .replace("[1000,3]", "[3000]")
            .replace("[4,3]", "[12]")
            .replace("sum h<4 {", "sum h<4 { h3 = imul(h, 3)")
            .replace("min p<1000 {", "min p<1000 { p3 = imul(p, 3)")
            .replace("pts[p,c]", "pts[iadd(p3, c)]")
            .replace("hands[h,c]", "hands[iadd(h3, c)]");
    CoreProgram program = CoreParser.parse(Source.of("flat", text)).orThrow();
    assertEquals(new CoreFacts(14, 96_019, 0, 0), CoreFacts.of(program));
    assertEquals(new CoreFacts(10, 68_015, 0, 0), CoreFacts.of(load("cloud")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          core a clock step x = y          | 1:23 | `y` is not defined before this
          core a clock step x = exp(true)  | 1:23 | exp needs f64, not bool
          core a clock step x = exxp(1)    | 1:23 | no operation has the name `exxp`; `exp` does
          core a clock step x = 1 x = 2    | 1:25 | `x` is defined already
          core a clock step %1 = 1 %1 = 2  | 1:31 | `%1` is defined already
          core a clock step in v f64[0]    | 1:28 | this must be at least 1
          core a clock step x: bool = 1    | 1:19 | this is f64
          core a clock step out total t 1  | 1:31 | `=` is expected here, not `1`
          core a clock step reset { out total t = 1 } | 1:27 | a reset has no outputs
          core a clock step "no end        | 1:19 | this quotation has no end
          core a clock step x = fold i<2 (a = 0) { yield true } | 1:23 | fold begins with f64, carries f64 and yields bool
          core a clock step x = sum i<2 { y = i } | 1:39 | `where`, `yield` or the name of a value is expected here, not `}`
          core a clock step x, y = 1       | 1:26 | 1 results for 2 names
          core a clock step $              | 1:19 | nothing in core text begins with `$`
          core a clock step next s = 1     | 1:24 | no slot has the name `s`
          core a                           | 1:7  | `clock` is expected here, not the end
          """)
  void namesThePlaceOfAMistake(String text, String place, String message) {
    CoreParser.Result result = CoreParser.parse(Source.of("t", text));
    Diagnostic found = result.diagnostics().getFirst();
    assertEquals("RW0190", found.code().id());
    assertEquals(message, found.message());
    assertEquals("t:" + place, found.primary().location().toString());
  }

  @Test
  void survivesDeepNesting() {
    String text = "core a clock step x = " + "neg(".repeat(100_000);
    CoreParser.Result result = CoreParser.parse(Source.of("t", text));
    assertEquals("this is nested too deeply", result.diagnostics().getFirst().message());
  }

  @Test
  void keepsNamesOriginsAndSources() {
    Source reward = Source.of("my reward.rew", "reward { a = x / y }");
    String text =
        """
        core "two words" clock step
        source "my reward.rew"
        in "a \\n\\"b" f64
        hist h f64[2] last 3
        table t i32[2] = [1, -2]
        output log second f64
        output log first f64
        %7: f64 = in("a \\n\\"b")
        %2: f64 = div(%7, %7) @0:13-18
        %3: f64 = -0
        %9: f64[2] = build %8<2 {
          yield %7
        } @0:0-6
        out log first = %2 @0:9-10
        out log second = %3
        push h = %9
        """;
    CoreProgram program = CoreParser.parse(Source.of("t", text), List.of(reward)).orThrow();
    assertEquals("a \n\"b", program.inputs().getFirst().name());
    assertEquals(List.of(), CoreValidator.validate(program));
    assertEquals("x / y", program.step().block().statements().get(1).origin().in(program).text());
    assertEquals(text, CorePrinter.print(program));
  }
}
