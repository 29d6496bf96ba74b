package org.rewlang.ide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The caret is {@code |}, the target stands in « ». */
class DefinitionTest {

  private static Optional<Definition> definition(Editor editor, String marked) {
    Editor.Caret caret = Editor.Caret.in(marked);
    return Definition.at(editor.open("main.rew", caret.text()), caret.offset());
  }

  private static void check(String marked, String expected) {
    check(new Editor(), marked, "main.rew", expected);
  }

  private static void check(Editor editor, String marked, String file, String expected) {
    var target = definition(editor, marked).orElseThrow().target();
    assertEquals(file, target.source().name());
    assertEquals(expected, Editor.markedLine(target.source(), target.span()));
  }

  @Test
  void anInput() {
    check("inputs { x: real }\nreward = x|\n", "inputs { «x»: real }");
  }

  @Test
  void aParameterOfTheProgram() {
    check("param scale = 2\nreward = sc|ale\n", "param «scale» = 2");
  }

  @Test
  void aLetThatComesLater() {
    check("reward = |later\nlet later = 1\n", "let «later» = 1");
  }

  @Test
  void itsOwnDeclaration() {
    check("let her|e = 1\nreward = here\n", "let «here» = 1");
  }

  @Test
  void aParameterOfAFunction() {
    check(
        "function f(x: real): real = x| + 1\nreward = f(1)\n",
        "function f(«x»: real): real = x + 1");
  }

  @Test
  void aParameterHidesAnInput() {
    check(
        "inputs { x: real }\nfunction f(x: real): real = x| + 1\nreward = f(x)\n",
        "function f(«x»: real): real = x + 1");
  }

  @Test
  void aFunction() {
    check("function f(x: real): real = x\nreward = f|(1)\n", "function «f»(x: real): real = x");
  }

  @Test
  void aLoopVariable() {
    check(
        "inputs { xs: real[3] }\nreward = sum(v|*v for v in xs)\n",
        "reward = sum(v*v for «v» in xs)");
  }

  @Test
  void aComponent() {
    check(
        "reward {\n  walk = 1\n}\ntest \"t\" { step { } expect reward.wa|lk == 1 }\n",
        "  «walk» = 1");
  }

  @Test
  void anOutcome() {
    check(
        "inputs { x: bool }\nreward = 1\nterminate fell when x\nmetric m = terminate.fe|ll\n",
        "terminate «fell» when x");
  }

  @Test
  void anEnumAndItsMember() {
    String text =
        "enum Phase { reach, lift }\ninputs { phase: %s }\nreward { bonus = 1 when phase == %s }\n";
    check(text.formatted("Phas|e", "lift"), "enum «Phase» { reach, lift }");
    check(text.formatted("Phase", "li|ft"), "enum Phase { reach, «lift» }");
  }

  @Test
  void aView() {
    check(
        "inputs { obs: real[6] { up: 0 } }\nreward = obs.u|p\n",
        "inputs { obs: real[6] { «up»: 0 } }");
  }

  @Test
  void aFunctionOfTheLibraryIsInItsText() {
    var target =
        definition(new Editor(), "inputs { x: real }\nreward = cla|mp(x, 0, 1)\n")
            .orElseThrow()
            .target();
    assertTrue(target.source().name().endsWith("shape.rew"), target.source().name());
    assertTrue(
        Editor.markedLine(target.source(), target.span()).startsWith("function «clamp»<u>("));
  }

  @Test
  void aNameOfAFileThatIsUsed() {
    Editor editor = new Editor().with("walk.rew", "function stride(x: real): real = x\n");
    check(
        editor,
        "use \"walk.rew\" as walk\nreward = walk.str|ide(1)\n",
        "walk.rew",
        "function «stride»(x: real): real = x");
  }

  @Test
  void thePathOfAUseLeadsToTheFile() {
    Editor editor = new Editor().with("walk.rew", "function stride(x: real): real = x\n");
    check(
        editor,
        "use \"wa|lk.rew\" as walk\nreward = walk.stride(1)\n",
        "walk.rew",
        "«»function stride(x: real): real = x");
  }

  @Test
  void thePathOfAMissingFileLeadsNowhere() {
    assertEquals(
        Optional.empty(), definition(new Editor(), "use \"no|ne.rew\" as n\nreward = 1\n"));
  }

  @Test
  void whatIsBuiltInHasNoPlace() {
    assertEquals(Optional.empty(), definition(new Editor(), "step lasts 1 s\nreward = d|t as s\n"));
    assertEquals(Optional.empty(), definition(new Editor(), "reward = si|n(1)\n"));
  }

  @Test
  void whatIsNoNameHasNone() {
    assertEquals(Optional.empty(), definition(new Editor(), "reward = 1 |+ 1\n"));
  }

  @Test
  void theSpanAskedAboutIsTheWholeName() {
    String text = "param scale = 2\nreward = scale\n";
    Snapshot snapshot = Editor.snapshot(text);
    Definition d = Definition.at(snapshot, text.lastIndexOf("scale") + 2).orElseThrow();
    assertEquals("reward = «scale»", Editor.markedLine(snapshot.source(), d.span()));
  }
}
