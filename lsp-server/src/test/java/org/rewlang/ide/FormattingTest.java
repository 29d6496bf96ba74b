package org.rewlang.ide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormattingTest {

  private static String apply(String text, List<Edit> edits) {
    StringBuilder result = new StringBuilder(text);
    edits.stream()
        .sorted(Comparator.comparingInt((Edit e) -> e.span().start()).reversed())
        .forEach(e -> result.replace(e.span().start(), e.span().end(), e.replacement()));
    return result.toString();
  }

  private static List<Edit> check(String text, String expected) {
    List<Edit> edits = Formatting.of(Editor.snapshot(text));
    assertEquals(expected, apply(text, edits));
    return edits;
  }

  @Test
  void aLineThatChangesIsOneEdit() {
    List<Edit> edits =
        check("inputs { x: real }\nreward   =   x\n", "inputs { x: real }\nreward = x\n");
    assertEquals(1, edits.size());
    assertEquals("reward = x\n", edits.getFirst().replacement());
  }

  @Test
  void linesThatStayAreNotTouched() {
    List<Edit> edits =
        check(
            "let   a = 1\nlet b = 2\nlet c   = 3\nreward = a + b + c\n",
            "let a = 1\nlet b = 2\nlet c = 3\nreward = a + b + c\n");
    assertEquals(
        List.of("let a = 1\n", "let c = 3\n"), edits.stream().map(Edit::replacement).toList());
  }

  @Test
  void linesThatGoAreCutOut() {
    check("reward = 1\n\n\n\n\nsuccess when true\n", "reward = 1\n\nsuccess when true\n");
  }

  @Test
  void aFormattedProgramStaysAsItIs() {
    assertEquals(List.of(), check("reward = 1\n", "reward = 1\n"));
  }

  @Test
  void theLastLineGetsItsBreak() {
    check("reward = 1", "reward = 1\n");
  }

  @Test
  void aProgramThatCannotBeReadStaysAsItIs() {
    assertEquals(List.of(), check("reward   = (1\n", "reward   = (1\n"));
  }

  @Test
  void wrongTypesAreNoObstacle() {
    check("reward   = 1 m\n", "reward = 1 m\n");
  }

  @Test
  void anEmojiStaysWhole() {
    check(
        "inputs { x: bool }\nreward = 1\ntest  \"🤖\" { step { x = true } expect total   == 1 }\n",
        "inputs { x: bool }\nreward = 1\ntest \"🤖\" { step { x = true } expect total == 1 }\n");
  }

  @Test
  void windowsLineBreaks() {
    String text = "reward   = 1\r\n";
    String once = apply(text, Formatting.of(Editor.snapshot(text)));
    assertEquals(List.of(), Formatting.of(Editor.snapshot(once)));
  }
}
