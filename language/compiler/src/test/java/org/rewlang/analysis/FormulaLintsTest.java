package org.rewlang.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rewlang.check.Library;
import org.rewlang.check.Loader;
import org.rewlang.compile.Compilation;
import org.rewlang.compile.Compiler;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.source.Source;

/** What formulas are warned of. */
class FormulaLintsTest {

  private static List<String> found(String formula) {
    return found(formula, "");
  }

  private static List<String> found(String formula, String more) {
    String text =
        "inputs { a: bool b: bool x: real in 0..10 }\n"
            + more
            + "formula f = "
            + formula
            + "\nreward { r = 1 on satisfied(f) }\n";
    Compilation compiled = Compiler.compile(Source.of("t.rew", text), Loader.NONE);
    assertNotNull(compiled.core(), () -> text + compiled.diagnostics());
    return told(compiled);
  }

  private static List<String> told(Compilation compiled) {
    return compiled.diagnostics().stream()
        .filter(
            d -> d.code().id().compareTo("RW0277") >= 0 && d.code().id().compareTo("RW0282") <= 0)
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
    assertEquals(OPEN, found("always(a implies eventually(b))"));
    // It says so itself.
    assertEquals(List.of(), found("eventually(last and a)"));
  }

  @Test
  void wordsWithoutAnEnd() {
    List<String> satisfied = List.of("`satisfied` is never true of this formula");
    List<String> violated = List.of("`violated` is never true of this formula");
    assertEquals(satisfied, endless("satisfied(always(eventually(a)), infinite = true)"));
    assertEquals(violated, endless("violated(always(eventually(a)), infinite = true)"));
    assertEquals(satisfied, endless("satisfied(f, infinite = true)"));
    assertEquals(satisfied, endless("satisfied(always(a), infinite = true)"));
    assertEquals(List.of(), endless("violated(always(a), infinite = true)"));
    assertEquals(violated, endless("violated(eventually(a), infinite = true)"));
    assertEquals(List.of(), endless("satisfied(eventually(a), infinite = true)"));
    // A function is told of once, whoever calls it.
    String soon =
        "function soon(p: formula): bool = satisfied(always(eventually(p)), infinite = true)\n";
    assertEquals(satisfied, endless("soon(a) or soon(b)", soon));
  }

  private static List<String> endless(String read) {
    return endless(read, "");
  }

  private static List<String> endless(String read, String more) {
    String text =
        """
        inputs { a: bool b: bool }
        formula f = always(eventually(a))
        reward { r = 1 on %s }
        """
                .formatted(read)
            + more;
    return told(Compiler.compile(Source.of("t.rew", text), Loader.NONE));
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
        told(compiled));
  }

  private static final List<String> UNTRIGGERED = List.of("what `f` waits for never happens");
  private static final List<String> ENDS =
      List.of("`f` can fail for no other reason than that an episode ends");
  private static final List<String> OPEN =
      List.of("nothing that happens decides `f` before an episode terminates");

  private static List<String> idle(String... atoms) {
    return Stream.of(atoms).map(a -> "`" + a + "` makes no difference in `f`").toList();
  }

  @Test
  void whatNeverBegins() {
    assertEquals(UNTRIGGERED, found("always(x > 12 implies eventually[0, 3](b))"));
    assertEquals(UNTRIGGERED, found("always((x > 6 and x < 4) implies b)"));
    // Also where another part keeps the formula from being satisfied by all episodes.
    assertEquals(UNTRIGGERED, found("eventually(a) and always(x > 12 implies b)"));
    assertEquals(UNTRIGGERED, found("always(x < 0 implies next(b)) and always(a implies b)"));
    // What was seen before, and what is to come, can be impossible, too.
    assertEquals(UNTRIGGERED, found("always((b and ever(x > 12)) implies a)"));
    assertEquals(UNTRIGGERED, found("always((a and next[2](not a and a)) implies b)"));
    assertEquals(List.of(), found("always((x > 6 and previous(x < 4)) implies b)"));
    assertEquals(List.of(), found("always(x > 9 implies eventually[0, 3](b))"));
    // Nothing is implied here: it is never satisfied.
    assertEquals(NONE, found("eventually(x > 12 and b)"));
  }

  @Test
  void whatAMachineCallsExclusiveDoesNotHappenTogether() {
    String machine =
        """
        machine m {
          initial u
          u -> v when a
          exclusive a, b, x > 7
          final v
        }
        """;
    assertEquals(UNTRIGGERED, found("always((a and b) implies x > 3)", machine));
    assertEquals(UNTRIGGERED, found("always((b and x > 8) implies next(a))", machine));
    assertEquals(NONE, found("eventually(a and x > 7.5)", machine));
    assertEquals(EVERY, found("always(not a or not b)", machine));
    assertEquals(List.of(), found("always((b and x > 6) implies a)", machine));
    assertEquals(List.of(), found("always((a and b) implies x > 3)"));
    assertEquals(List.of(), found("eventually(a and x > 7.5)"));
  }

  @Test
  void whatMakesNoDifference() {
    assertEquals(idle("b"), found("eventually(a then b) or eventually(a)"));
    assertEquals(idle("b"), found("always(a) or (always(a) and eventually(b))"));
    assertEquals(idle("b"), found("eventually[0, 3](a) or eventually[0, 1](b and a)"));
    assertEquals(idle("b"), found("eventually(x > 6) or eventually(x > 6 and b)"));
    // Either x > 6 holds some time, or neither does, nor the part.
    assertEquals(
        idle("b", "x > 3"), found("eventually(x > 6) or eventually(x > 6 and (b or x > 3))"));
    // Said twice, or more than was needed, but none of it without a difference.
    assertEquals(List.of(), found("always(a) and always(a)"));
    assertEquals(List.of(), found("a and eventually(a)"));
    assertEquals(List.of(), found("eventually(x > 6 and x > 4)"));
    assertEquals(List.of(), found("(b if a else not b) until x > 5"));
  }

  @Test
  void whatFailsAtTheEndOnly() {
    assertEquals(ENDS, found("always(a implies next(b))"));
    assertEquals(ENDS, found("always(a implies next[3](b))"));
    assertEquals(ENDS, found("not eventually(a and weak_next(b))"));
    assertEquals(ENDS, found("eventually(b) and always(a implies next(b weak_until a))"));
    assertEquals(List.of(), found("always(a implies weak_next(b))"));
    assertEquals(List.of(), found("always(a implies weak_next[3](b))"));
    // Something has to come, so the end is no surprise.
    assertEquals(List.of(), found("always(a implies next(b until not a))"));
    assertEquals(List.of(), found("eventually(a and next(b))"));
    assertEquals(List.of(), found("a implies next(b)"));
  }

  @Test
  void whatNothingDecides() {
    assertEquals(OPEN, found("always(a implies eventually(b))"));
    assertEquals(
        OPEN, found("always(a implies eventually(b)) and always(b implies eventually(a))"));
    assertEquals(List.of(), found("always(a implies eventually(b)) and always(a or b)"));
    // Who asks how near it is doesn't wait for a verdict.
    String text =
        """
        inputs { a: bool b: bool }
        formula f = always(a implies eventually(b))
        metric near = progress(f)
        reward = 1
        """;
    assertEquals(List.of(), told(Compiler.compile(Source.of("t.rew", text), Loader.NONE)));
    assertEquals(List.of(), found("always(a implies eventually[0, 9](b))"));
    assertEquals(List.of(), found("always(a)"));
    assertEquals(List.of(), found("eventually(a)"));
  }

  /** Each pattern of the library, in each scope, says something with all its parts. */
  @Test
  void patternsAreGood() {
    int patterns = 0;
    for (String line :
        Library.standard().sources().stream()
            .filter(f -> f.name().endsWith("pattern.rew"))
            .flatMap(f -> f.text().lines())
            .toList()) {
      Matcher function = Pattern.compile("function (\\w+)\\((.*?)\\): formula.*").matcher(line);
      if (!function.matches()) {
        continue;
      }
      patterns++;
      String name = function.group(1);
      long arity = function.group(2).split(",").length;
      String call =
          name
              + Stream.of("a", "b", "c", "d", "e", "g")
                  .limit(arity)
                  .collect(Collectors.joining(", ", "(", ")"));
      String text =
          "inputs { a: bool b: bool c: bool d: bool e: bool g: bool }\nformula f = "
              + call
              + "\nreward { r = 1 on satisfied(f) }\n";
      Compilation compiled = Compiler.compile(Source.of("t.rew", text), Loader.NONE);
      assertNotNull(compiled.core(), () -> text + compiled.diagnostics());
      // Nothing before the end says that no answer will come, unless a scope ends first.
      boolean open = name.contains("response") && !name.matches(".*(before|between|until)");
      assertEquals(open ? OPEN : List.of(), told(compiled), name);
    }
    assertTrue(patterns > 30, patterns + " patterns");
  }
}
