package org.rewlang.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.rewlang.model.Definition;
import org.rewlang.model.Model;
import org.rewlang.model.Operation;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.parse.Parser;
import org.rewlang.source.Source;

/** What terms a program becomes. */
class CheckerTest {

  private static Model model(String text) {
    Checked checked = Checks.check(text);
    assertEquals(List.of(), checked.diagnostics().stream().filter(d -> d.isError()).toList());
    assertNotNull(checked.model());
    return checked.model();
  }

  private static Term let(String text, String name) {
    return model(text).definitions().stream()
        .filter(d -> d.name().equals(name))
        .findFirst()
        .map(Definition::value)
        .orElseThrow();
  }

  @Test
  void componentsAddUpLeftToRight() {
    Model model = model("reward { a = 1, b = 2, c = 3 }");
    Term.Apply outer =
        assertInstanceOf(Term.Apply.class, model.results().getFirst().definition().value());
    assertEquals(Operation.ADD, outer.op());
    assertEquals(
        "c", assertInstanceOf(Term.Ref.class, outer.operands().get(1)).definition().name());
    Term.Apply inner = assertInstanceOf(Term.Apply.class, outer.operands().get(0));
    assertEquals(
        "a", assertInstanceOf(Term.Ref.class, inner.operands().get(0)).definition().name());
    assertEquals(List.of("", "a", "b", "c"), model.results().stream().map(r -> r.name()).toList());
  }

  @Test
  void smallPowersAreProducts() {
    Term.Apply square =
        assertInstanceOf(
            Term.Apply.class, let("inputs { x: real }\nlet y = x ** 2\nreward = y", "y"));
    assertEquals(Operation.MULTIPLY, square.op());
    Term.Apply cube =
        assertInstanceOf(
            Term.Apply.class, let("inputs { x: real }\nlet y = x ** 3\nreward = y", "y"));
    assertEquals(Operation.MULTIPLY, cube.op());
    assertEquals(Operation.MULTIPLY, ((Term.Apply) cube.operands().getFirst()).op());
    Term.Apply fourth =
        assertInstanceOf(
            Term.Apply.class, let("inputs { x: real }\nlet y = x ** 4\nreward = y", "y"));
    assertEquals(Operation.POWER, fourth.op());
  }

  @Test
  void intsAreFolded() {
    assertEquals(7.0, ((Term.Const) let("let n = 1 + 2 * 3\nreward = n", "n")).value());
    assertEquals(Type.INT, let("let n = 2 ** 10\nreward = n", "n").type());
    assertEquals(Type.REAL, let("let n = 4 / 2\nreward = n", "n").type());
  }

  @Test
  void whatMayBeReadOffAReset() {
    String inputs = "inputs { x: real, b: bool }\n";
    Term.Prev stateless =
        assertInstanceOf(Term.Prev.class, let(inputs + "let y = prev(2 * x)\nreward = y", "y"));
    assertTrue(stateless.primable());
    assertNull(stateless.initially());
    Term.Prev stateful =
        assertInstanceOf(
            Term.Prev.class,
            let(inputs + "let y = prev(max(x over past), initially = 1)\nreward = y", "y"));
    assertFalse(stateful.primable());
    Term.Prev host =
        assertInstanceOf(
            Term.Prev.class,
            let(
                inputs + "let y = prev(terminated, initially = false)\nreward = 1 if y else 0",
                "y"));
    assertFalse(host.primable());
  }

  @Test
  void aValueReadsItsOwnPast() {
    Model model =
        model("inputs { b: bool }\nlet n = 0 if b else prev(n, initially = 0) + 0.5\nreward = n");
    assertEquals(Type.REAL, model.definitions().getFirst().type());
  }

  @Test
  void aScalarFunctionOfAVectorHasAStateForEachElement() {
    Term airs =
        let(
            "step lasts 10 ms\ninputs { c: bool[4] }\n"
                + "function air(c: bool): real<s> = 0 s if c else prev(result, initially = 0 s) + dt\n"
                + "let airs = air(c)\nreward = sum(airs) as s",
            "airs");
    assertEquals(4, assertInstanceOf(Term.Build.class, airs).binders().getFirst().count());
  }

  @Test
  void guardsMustBeDefined() {
    Model model = model("inputs { x: real }\nreward { a = 1 when x > 0, b = 2 once x > 1, c = 3 }");
    assertEquals(
        List.of("the condition of `a`", "the condition of `b`"),
        model.strict().stream().map(s -> s.what()).toList());
  }

  @Test
  void hiddenInputsAreDeclaredByReading() {
    Model model = model("reward { a = 1 at end, b = progress }");
    assertEquals(
        List.of("terminated", "truncated", "progress"),
        model.inputs().stream().map(i -> i.name()).toList());
    assertTrue(model.inputs().stream().allMatch(i -> i.implicit()));
  }

  /** Each function calls the one before twice: written out, 2^30 calls. */
  @Test
  void manyCallsOfCallsAreRefused() {
    StringBuilder text =
        new StringBuilder("inputs { x: real }\nfunction f0(x: real): real = x + 1\n");
    for (int i = 1; i <= 30; i++) {
      text.append("function f%d(x: real): real = f%d(x) + f%d(x)\n".formatted(i, i - 1, i - 1));
    }
    text.append("reward = f30(x)\n");
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertEquals(List.of("RW0902"), Checks.codes(text.toString())));
  }

  @Test
  void whatDoesNotParseHasNoModelAndNoFurtherErrors() {
    Source source = Source.of("test.rew", "inputs { x: real }\nlet y = x +\nreward = y\n");
    Checked checked = Checker.check(Parser.parse(source).program(), Loader.NONE);
    assertNull(checked.model());
    assertEquals("", Checks.errors(checked));
  }

  @Test
  void theIndexKnowsWhatStandsWhere() {
    Source source =
        Source.of(
            "test.rew", "inputs { x: real<cm> }  ## how far\nlet y = 2 * x\nreward = y as m\n");
    Index index = Checks.check(source, java.util.Map.of()).index();
    int use = source.text().indexOf("* x") + 2;
    Index.Site site = index.at(source, use).orElseThrow();
    assertEquals("x", site.name());
    assertEquals("real<m>", site.type());
    assertEquals(2, index.uses(site.definition()).size());
    assertNotNull(site.term());
  }
}
