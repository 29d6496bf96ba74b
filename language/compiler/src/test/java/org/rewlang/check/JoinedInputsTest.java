package org.rewlang.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.InputVar;
import org.rewlang.model.Interval;
import org.rewlang.model.Scope;
import org.rewlang.source.Source;

/** Inputs that a program and the files that it uses both declare. */
class JoinedInputsTest {

  private static final String USER =
      """
      use "a.rew"
      enum Kind { prey, hunter }
      %s
      reward = a.y
      """;
  private static final String USED =
      """
      enum Kind { prey, hunter }
      %s
      let y = 1
      """;

  /** The used file declares {@code first}. */
  private static Checked check(String first, String second) {
    return Checks.check(
        Source.of("test.rew", USER.formatted(second)), Map.of("a.rew", USED.formatted(first)));
  }

  private static List<InputVar> inputs(String first, String second) {
    Checked checked = check(first, second);
    assertEquals("", Checks.errors(checked));
    assertNotNull(checked.model());
    return checked.model().inputs();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x: real in 0..10 | x: real in 5..20 | 5 | 10",
        "x: real in 5..20 | x: real in 0..10 | 5 | 10",
        "x: real in 0..10 | x: real in 2..3 | 2 | 3",
        "x: real in 0..1 | x: real in 1..2 | 1 | 1",
        "x: real in 0..1 | x: real | 0 | 1",
        "x: real | x: real in 0..1 | 0 | 1",
        "x: real in 0.. | x: real in ..1 | 0 | 1",
        "x: real<cm> in 100..300 | x: real<cm> in 1 m..2 m | 100 | 200",
        "x: int in 0..5 | x: int in 3..9 | 3 | 5",
        "x: real[2] in 0..5 | x: real[2] in 3..9 | 3 | 5",
        "x: quat[wxyz] in -1..1 | x: quat[wxyz] in 0..2 | 0 | 1",
      })
  void bothRangesHold(String first, String second, double low, double high) {
    List<InputVar> inputs = inputs("inputs { " + first + " }", "inputs { " + second + " }");
    assertEquals(1, inputs.size());
    assertEquals(new Interval(low, high), inputs.getFirst().range());
  }

  @Test
  void ofAllFilesThatDeclareIt() {
    Checked checked =
        Checks.check(
            Source.of(
                "test.rew", "use \"a.rew\" use \"b.rew\" inputs { x: real in ..7 } reward = x"),
            Map.of(
                "a.rew", "inputs { x: real in 0..9 } let y = x",
                "b.rew", "inputs { x: real in 2.. } let y = x"));
    assertEquals("", Checks.errors(checked));
    assertNotNull(checked.model());
    assertEquals(new Interval(2, 7), checked.model().inputs().getFirst().range());
  }

  @Test
  void partsOfStructuredInputs() {
    List<InputVar> inputs =
        inputs("inputs { xs: real[..4]<cm> in 0..9 }", "inputs { xs: real[..4]<cm> in 5.. }");
    assertEquals(
        List.of("xs.length [0.0, 4.0]", "xs [5.0, 9.0]"),
        inputs.stream()
            .map(i -> i.name() + " [" + i.range().low() + ", " + i.range().high() + "]")
            .toList());
  }

  @Test
  void ofAgents() {
    List<InputVar> inputs =
        inputs(
            "inputs per agent[..3] { xs: real[..4] in 0..9 }",
            "inputs per agent[..3] { xs: real[..4] in 5.. }");
    assertEquals(
        List.of("xs.length", "xs", "agents"), inputs.stream().map(InputVar::name).toList());
    assertEquals(new Interval(5, 9), inputs.get(1).range());
    assertEquals(List.of(3, 4), inputs.get(1).type().shape());
  }

  @Test
  void theRarerScopeHolds() {
    assertEquals(
        Scope.RUN, inputs("inputs per run { x: real }", "inputs { x: real }").getFirst().scope());
    assertEquals(
        Scope.EPISODE,
        inputs("inputs { x: real }", "inputs per episode { x: real }").getFirst().scope());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "inputs { x: real in 0..1 } | inputs { x: real in 2..3 } | RW0217 |"
            + " no value of `x` is in both of its ranges",
        "inputs { xs: real[..2] in 0..1 } | inputs { xs: real[..2] in 2..3 } | RW0217 |"
            + " no value of `xs` is in both of its ranges",
        "inputs { x: real<m> } | inputs { x: real<cm> } | RW0202 | `x` is in two units",
        "inputs { p: pose[wxyz]<m> } | inputs { p: pose[wxyz]<cm> } | RW0202 |"
            + " `p.position` is in two units",
        "inputs { x: real from \"y\" } | inputs { x: real } | RW0202 |"
            + " `x` has two names for the host",
        "inputs { x: real from \"y\" } | inputs { x: real from \"z\" } | RW0202 |"
            + " `x` has two names for the host",
        "inputs { x: real } | inputs { x: int } | RW0202 | two inputs are called `x` by the host",
        "inputs { x: real[3] } | inputs { x: real[..3] } | RW0202 |"
            + " two inputs are called `x` by the host",
        "inputs { q: quat[wxyz] } | inputs { q: quat[xyzw] } | RW0202 |"
            + " two inputs are called `q` by the host",
        "inputs per agent[..2] { x: real } | inputs { x: real } | RW0202 |"
            + " two inputs are called `x` by the host",
        "record R { a: real }  inputs { r: R } | record R { a: real from \"b\" }  inputs { r: R }"
            + " | RW0202 | `r.a` has two names for the host"
      })
  void contradictions(String first, String second, String code, String message) {
    List<Diagnostic> errors =
        check(first, second).diagnostics().stream().filter(Diagnostic::isError).toList();
    assertEquals(1, errors.size(), errors::toString);
    Diagnostic error = errors.getFirst();
    assertEquals(code, error.code().id());
    assertEquals(message, error.message());
    assertEquals("test.rew", error.primary().location().source().name());
    assertEquals("a.rew", error.related().getFirst().location().source().name());
  }

  @Test
  void twoNamesOfOneColumn() {
    List<InputVar> inputs =
        inputs("inputs { x: real in 0..5 from \"obs\" }", "inputs { z: real in 3.. from \"obs\" }");
    assertEquals(1, inputs.size());
    assertEquals("obs", inputs.getFirst().host());
    assertEquals(new Interval(3, 5), inputs.getFirst().range());
  }
}
