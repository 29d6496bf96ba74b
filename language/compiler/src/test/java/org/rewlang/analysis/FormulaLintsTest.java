package org.rewlang.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewlang.check.Loader;
import org.rewlang.compile.Compilation;
import org.rewlang.compile.Compiler;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.source.Source;

/** What formulas are warned of. */
class FormulaLintsTest {

  private static List<String> found(String formula) {
    return found(formula, "satisfied(f)");
  }

  private static List<String> found(String formula, String read) {
    String text =
        "inputs { a: bool b: bool x: real in 0..10 }\nformula f = "
            + formula
            + "\nreward { r = 1 on "
            + read
            + " }\n";
    Compilation compiled = Compiler.compile(Source.of("t.rew", text), Loader.NONE);
    assertNotNull(compiled.core(), () -> text + compiled.diagnostics());
    return compiled.diagnostics().stream()
        .filter(d -> List.of("RW0277", "RW0278").contains(d.code().id()))
        .map(Diagnostic::message)
        .toList();
  }

  private static final List<String> NONE = List.of("no episode satisfies `f`");
  private static final List<String> EVERY = List.of("every episode satisfies `f`");
  private static final List<String> LAST =
      List.of("`f` says no more than what holds in the last step");

  @Test
  void whatNoEpisodeSatisfies() {
    assertEquals(NONE, found("always(a) and eventually(not a)"));
    assertEquals(NONE, found("always(next(a))"));
    // One number, compared twice, and its range.
    assertEquals(NONE, found("eventually(x > 6 and x < 4)"));
    assertEquals(NONE, found("eventually(x > 12)"));
    assertEquals(List.of(), found("eventually(x > 4 and x < 6)"));
    assertEquals(List.of(), found("always(a) and eventually(b)"));
  }

  @Test
  void whatEveryEpisodeSatisfies() {
    assertEquals(EVERY, found("eventually(a) or always(not a)"));
    assertEquals(EVERY, found("eventually(last)"));
    assertEquals(EVERY, found("always(x > 6 implies x > 4)"));
    assertEquals(EVERY, found("always(x <= 10)"));
    assertEquals(List.of(), found("always(x > 4 implies x > 6)"));
  }

  @Test
  void whatSpeaksOfTheLastStepOnly() {
    assertEquals(LAST, found("always(eventually(a))"));
    assertEquals(LAST, found("eventually(always(a))"));
    assertEquals(LAST, found("always(eventually(a)) and eventually(always(b))"));
    assertEquals(List.of(), found("always(eventually[0, 3](a))"));
    assertEquals(List.of(), found("always(a implies eventually(b))"));
    // It says so itself.
    assertEquals(List.of(), found("eventually(last and a)"));
  }

  @Test
  void wordsWithoutAnEndAreNotJudgedSo() {
    assertEquals(List.of(), found("always(eventually(a))", "satisfied(f, infinite = true)"));
  }

  @Test
  void eachAgentsAtomsAreFree() {
    String text =
        """
        inputs per agent[..2] { own: real in 0..1 }
        formula f = always(eventually(own > 0.5))
        formula g = eventually(own > 0.2) or always(not (own > 0.2))
        formula h = always(own > 0.5)
        reward per agent { r = 1 on satisfied(f) or satisfied(g) or satisfied(h) }
        """;
    Compilation compiled = Compiler.compile(Source.of("t.rew", text), Loader.NONE);
    assertNotNull(compiled.core(), () -> text + compiled.diagnostics());
    assertEquals(
        List.of("`f` says no more than what holds in the last step", "every episode satisfies `g`"),
        compiled.diagnostics().stream()
            .filter(d -> List.of("RW0277", "RW0278").contains(d.code().id()))
            .map(Diagnostic::message)
            .toList());
  }
}
