package org.rewlang.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.rewlang.check.Loader;
import org.rewlang.compile.Compilation;
import org.rewlang.compile.Compiler;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.source.Source;

class LintsTest {

  private static final Pattern EXAMPLE =
      Pattern.compile("## (Wrong|Right)\\n\\n```rew\\n(.*?)\\n```", Pattern.DOTALL);

  @Test
  void pagesSayWhatIsSo() throws IOException {
    for (Code code :
        List.of(
            Code.POSSIBLY_UNDEFINED,
            Code.CONSTANT_CONDITION,
            Code.NEVER_PAID,
            Code.REWARD_FLOODING,
            Code.OVERLAPPING_EDGES,
            Code.UNCOVERED_LETTER,
            Code.UNREACHABLE_STATE,
            Code.DEAD_STATE,
            Code.PAYING_LOOP,
            Code.EARLY_END,
            Code.SHAPING)) {
      Matcher example = EXAMPLE.matcher(page(code));
      int examples = 0;
      while (example.find()) {
        Set<Code> expected = example.group(1).equals("Wrong") ? Set.of(code) : Set.of();
        Set<Code> found =
            diagnostics(example.group(2)).stream()
                .map(Diagnostic::code)
                .collect(Collectors.toSet());
        assertEquals(expected, found, code + " " + example.group(2));
        examples++;
      }
      assertEquals(2, examples, code.id());
    }
  }

  private static String page(Code code) throws IOException {
    try (InputStream in = Code.class.getResourceAsStream(code.id() + ".md")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<Diagnostic> diagnostics(String text) {
    Compilation compiled = Compiler.compile(Source.of("t.rew", text), Loader.NONE);
    assertTrue(compiled.core() != null, () -> text + compiled.diagnostics());
    return compiled.diagnostics();
  }

  private static List<String> messages(String text) {
    return diagnostics(text).stream()
        .map(d -> d.code().id() + " " + d.message())
        .filter(m -> m.startsWith("RW026") && !m.startsWith("RW0260"))
        .toList();
  }

  private static void isFine(String text) {
    assertEquals(List.of(), messages(text), text);
  }

  @Test
  void divisionByWhatCanBeZero() {
    assertEquals(
        List.of("RW0261 `a / b` is undefined where `b` is 0"),
        messages("inputs { a: real in 0..1, b: real in -1..1 }\nreward { x = a / b }"));
    Diagnostic d =
        diagnostics("inputs { a: real in 0..1, b: real in -1..1 }\nreward { x = 2 * (a / b) }")
            .getFirst();
    assertEquals("t.rew:2:18", String.valueOf(d.primary().location()));
    assertEquals(
        "say what stands instead, as in `(a / b ?? 0)`, or declare a range of `b` without 0",
        d.hint());
    assertEquals("then component `x` fails the step", d.related().getFirst().text());
  }

  @Test
  void atRestAllIsZero() {
    assertEquals(
        List.of("RW0261 `v.x / norm(v)` is undefined where `norm(v)` is 0"),
        messages("inputs { v: real[3] }\nreward { x = v.x / norm(v) }"));
    assertEquals(
        List.of("RW0261 `log(a)` is undefined where `a` is 0"),
        messages("inputs { a: real }\nreward { x = log(a) }"));
  }

  @Test
  void whatIsCaughtOrGatedIsFine() {
    isFine("inputs { a: real, b: real }\nreward { x = a / b ?? 0 }");
    isFine("inputs { a: real, b: real }\nreward { x = a / b when b > 0 }");
    isFine("inputs { a: real, b: real }\nreward { x = a / b if b != 0 else 1 }");
    isFine("inputs { a: real, b: real in 1.. }\nreward { x = a / b }");
    isFine("inputs { a: real in 0.., b: real }\nreward { x = log(1 + a) }");
    isFine("inputs { a: real }\nreward { x = log(1 + a) - sqrt(a) }");
    isFine("inputs { a: real, b: real }\nreward { x = a }\nmetric q = a / b");
  }

  @Test
  void gatesAndStateMustBeDefined() {
    assertEquals(
        List.of("RW0261 `a / b` is undefined where `b` is 0"),
        messages("inputs { a: real, b: real }\nreward { x = a when a / b > 3 }"));
    isFine("inputs { a: real, b: real }\nreward { x = a when b > 0 and a / b > 3 }");
    isFine("inputs { a: real, b: real }\nreward { x = a when (a / b > 3 ?? false) }");
    assertEquals(
        List.of("RW0261 `a / b` is undefined where `b` is 0"),
        messages(
            "inputs { a: real, b: real }\nlet r = a / b\n"
                + "reward { x = prev(r, initially = 0) if a > 0 else 0 }"));
  }

  @Test
  void conditionsThatNeverChange() {
    Diagnostic d =
        diagnostics("inputs { u: real in 0..1 }\nreward { x = u when u < 30 }").getFirst();
    assertEquals("RW0262", d.code().id());
    assertEquals("`u < 30` is always true", d.message());
    assertEquals("lies in 0..1", d.related().getFirst().text());
    assertEquals(
        List.of("RW0262 `u > 30` is always false"),
        messages("inputs { u: real in 0..1 }\nreward { y = u\n x = u when u > 30 }"));
    assertEquals(
        List.of("RW0262 `0 <= u <= 1` is always true"),
        messages("inputs { u: real in 0..1 }\nevent e = 0 <= u <= 1\nreward { x = u on e }"));
    isFine("inputs { u: real in 0..1 }\nevent e = 0 <= u < 0.5\nreward { x = u on e }");
    isFine("inputs { u: real }\nparam p = 2 in 1..3\nreward { x = u when u < p }");
  }

  @Test
  void whatAFunctionAsksOfItsArgumentsIsNoMistake() {
    isFine(
        "inputs { u: real in 0..1 }\n"
            + "function f(x: real, margin: real = 0): real = x if margin == 0 else x / margin\n"
            + "reward { x = f(u) + f(u, 2) }");
    isFine("inputs { u: real in 0..1 }\nreward { x = tolerance(u, bounds = 0..1, margin = 1) }");
    isFine("inputs { u: real in 0..1 }\nreward { x = clamp(u, -1, 2) }");
  }

  @Test
  void neverPaid() {
    assertEquals(
        List.of("RW0263 component `lift` is 0 in every step"),
        messages("inputs { h: real in 0..2 }\nreward { lift = max(h - 2, 0) }"));
    isFine("inputs { h: real in 0..2 }\nreward { lift = 0\n other = h }");
  }

  @Test
  void paidAtEveryStep() {
    Diagnostic d = diagnostics("inputs { held: bool }\nreward { grasp = 5 when held }").getFirst();
    assertEquals("RW0264", d.code().id());
    assertEquals("once", d.fixes().getFirst().edits().getFirst().replacement());
    isFine("inputs { held: bool }\nreward { grasp = 5 once held }");
    isFine("inputs { held: bool }\nreward { grasp = -5 when held }");
    isFine("inputs { done: bool }\nreward { bonus = 5 when done }\nsuccess when done");
    isFine("inputs { a: bool, b: bool }\nreward { bonus = 5 when b and a }\nsuccess when a and b");
    isFine("inputs { a: bool, b: bool }\nreward { bonus = 5 when b and a }\nterminate when a");
    isFine("inputs { ok: bool }\nreward { alive = 1 when ok }\nterminate when not ok");
    isFine(
        "inputs { x: real<m> }\nevent placed = x < 5 cm\n"
            + "reward { bonus = 5 when placed }\nsuccess when placed");
    isFine(
        "inputs { h: real in 0..1, a: bool }\n"
            + "reward { override won = 10 when a\n up = h }\nsuccess when a");
  }

  private static final String FLOODS =
      "component `%s` pays at every step in which its condition holds";

  /** A stage's bonus is none where going on pays more. */
  @Test
  void paidForAStageOnWhichSomethingIsBuilt() {
    String inputs = "inputs { held: bool, done: bool, h: real in 0..1 }\n";
    // What grades the stage, what comes after it, and a stage's turn.
    isFine(inputs + "reward { grasp = 1 when held\n lift = h when held }");
    isFine(
        inputs
            + "reward { grasp = 1 when held\n all = 5 when held and done }\n"
            + "success when held and done");
    isFine(
        inputs
            + "reward { grasp = 1 when held\n"
            + " task = stages { reach when not held { near = -h } lift otherwise { up = h } } }");
    // The last stage is no goal unless the program says so.
    assertEquals(
        List.of("RW0264 " + FLOODS.formatted("all")),
        messages(inputs + "reward { grasp = 1 when held\n all = 5 when held and done }"));
    // Two bonuses of one condition don't build on each other.
    assertEquals(
        List.of("RW0264 " + FLOODS.formatted("a"), "RW0264 " + FLOODS.formatted("b")),
        messages(inputs + "reward { a = 1 when held\n b = 2 when held\n c = h }"));
    // Nor does a penalty, or what is paid elsewhere, or in every step.
    for (String other : List.of("-h when held", "h when done", "h", "h when not held")) {
      assertEquals(
          List.of("RW0264 " + FLOODS.formatted("grasp")),
          messages(inputs + "reward { grasp = 1 when held\n other = " + other + " }"));
    }
  }

  @Test
  void paidForMoreThanAnOutcome() {
    isFine("inputs { x: real }\nreward { bonus = 5 when x < 5 }\nsuccess when x <= 5");
    isFine("inputs { x: real }\nreward { bonus = 5 when x < 5 }\nsuccess when x <= 7");
    isFine(
        "inputs { x: real, y: real }\n"
            + "reward { bonus = 5 when x > 5 and y < 1 }\n"
            + "success when x >= 4");
    for (String less : List.of("x < 4", "x > 5", "x <= 5 and y < 1", "y < 5")) {
      assertEquals(
          List.of("RW0264 component `bonus` pays at every step in which its condition holds"),
          messages(
              "inputs { x: real, y: real }\nreward { bonus = 5 when x < 5 }\nsuccess when "
                  + less));
    }
  }
}
