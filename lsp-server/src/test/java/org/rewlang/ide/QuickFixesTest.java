package org.rewlang.ide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewlang.diagnostic.Fix;
import org.rewlang.diagnostic.Severity;
import org.rewlang.source.Span;

/** Before and after; what the fixes are is the compiler's business. */
class QuickFixesTest {

  private static List<QuickFix> all(Snapshot snapshot) {
    return QuickFixes.in(snapshot, new Span(0, snapshot.source().text().length()));
  }

  private static String apply(Snapshot snapshot, Fix fix) {
    StringBuilder text = new StringBuilder(snapshot.source().text());
    fix.edits().stream()
        .sorted(Comparator.comparingInt((Fix.Edit e) -> e.location().span().start()).reversed())
        .forEach(
            e ->
                text.replace(
                    e.location().span().start(), e.location().span().end(), e.replacement()));
    return text.toString();
  }

  /** The only fix turns one text into the other, which has no errors. */
  private static QuickFix check(String before, String after) {
    Snapshot snapshot = Editor.snapshot(before);
    List<QuickFix> fixes = all(snapshot);
    assertEquals(1, fixes.size(), fixes::toString);
    assertEquals(after, apply(snapshot, fixes.getFirst().fix()));
    assertEquals(
        List.of(),
        Diagnostics.of(Editor.snapshot(after)).stream()
            .filter(p -> p.severity() == Severity.ERROR)
            .toList());
    return fixes.getFirst();
  }

  @Test
  void aNumberThatEndsWithAPoint() {
    assertTrue(check("reward = 1.\n", "reward = 1.0\n").isSafe());
  }

  @Test
  void aMisspeltName() {
    QuickFix fix =
        check(
            "inputs { velocity: real }\nreward = velocty\n",
            "inputs { velocity: real }\nreward = velocity\n");
    assertFalse(fix.isSafe());
    assertEquals("replace by `velocity`", fix.fix().title());
    assertEquals("RW0201", fix.problem().code().id());
  }

  @Test
  void aPythonConstant() {
    check(
        "inputs { x: bool }\nreward { bonus = 1 when x == True }\n",
        "inputs { x: bool }\nreward { bonus = 1 when x == true }\n");
  }

  @Test
  void anEmojiBeforeIt() {
    check(
        "inputs { x: bool }\nreward { bonus = 1 when x }\ntest \"🤖\" { step { x = True } expect total == 1 }\n",
        "inputs { x: bool }\nreward { bonus = 1 when x }\ntest \"🤖\" { step { x = true } expect total == 1 }\n");
  }

  @Test
  void onlyProblemsThatTheRangeTouches() {
    String text = "let a = 1.\nlet b = 2.\nreward = a + b\n";
    Snapshot snapshot = Editor.snapshot(text);
    assertEquals(2, all(snapshot).size());
    int second = text.indexOf("2.");
    List<QuickFix> there = QuickFixes.in(snapshot, Span.at(second + 1));
    assertEquals(1, there.size());
    assertEquals(second, there.getFirst().problem().span().start());
    assertEquals(List.of(), QuickFixes.in(snapshot, Span.at(text.indexOf("let b"))));
  }

  @Test
  void theCaretAtTheEndOfAProblemIsOnIt() {
    String text = "reward = 1.\n";
    assertEquals(1, QuickFixes.in(Editor.snapshot(text), Span.at(text.indexOf('\n'))).size());
  }

  @Test
  void aCleanProgramHasNone() {
    assertEquals(List.of(), all(Editor.snapshot("reward = 1\n")));
  }
}
