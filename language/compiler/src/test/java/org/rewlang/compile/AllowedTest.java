package org.rewlang.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewlang.source.Source;

/** Warnings that comments allow. */
class AllowedTest {

  private static List<String> found(String text, String used) {
    Source other = Source.of("used.rew", used);
    Compilation compiled = Compiler.compile(Source.of("t.rew", text), (from, path) -> other);
    return compiled.diagnostics().stream()
        .map(d -> d.code().id() + " " + d.primary().location().start().line())
        .toList();
  }

  private static List<String> found(String text) {
    return found(text, "");
  }

  private static final String HEAD = "inputs { held: bool, x: real }\nreward {\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# allow RW0264",
        "# allow RW0264: it is held to the end",
        "#allow RW0264:",
        "## allow RW0264: also where editors show it",
        "# allow  RW0264 : with blanks"
      })
  void onTheLineOrAbove(String comment) {
    assertEquals(List.of(), found(HEAD + "  grasp = 5 when held  " + comment + "\n}"));
    assertEquals(List.of(), found(HEAD + "  " + comment + "\n  grasp = 5 when held\n}"));
    assertEquals(
        List.of(), found(HEAD + "  " + comment + "\n  # and more\n  grasp = 5 when held\n}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# allow",
        "# allow all",
        "# allow RW264",
        "# please allow RW0264",
        "# allow RW0264 now"
      })
  void whatIsNoAllowance(String comment) {
    assertEquals(List.of("RW0264 3"), found(HEAD + "  grasp = 5 when held  " + comment + "\n}"));
  }

  @Test
  void thatCodeOnThatLineOnly() {
    assertEquals(
        List.of("RW0264 3", "RW0266 4"),
        found(HEAD + "  grasp = 5 when held\n  up = x  # allow RW0264\n}"));
    assertEquals(
        List.of("RW0264 3", "RW0266 3"), found(HEAD + "  grasp = 5 when held  # allow RW0262\n}"));
    assertEquals(
        List.of("RW0266 3"), found(HEAD + "  grasp = 5 when held  # allow RW0264, RW0262\n}"));
  }

  @Test
  void severalOfALine() {
    assertEquals(
        List.of("RW0204 1", "RW0260 1"),
        found("inputs { x: real } let a = x == 1 # here\nreward = x"));
    assertEquals(
        List.of(),
        found("inputs { x: real } let a = x == 1 # allow RW0204, RW0260: both\nreward = x"));
  }

  @Test
  void errorsCanNotBeAllowed() {
    // Where there are errors nothing is known of other warnings.
    assertEquals(
        List.of("RW0201 1"), found("inputs { x: real } reward = y  # allow RW0201, RW0264"));
    assertEquals(List.of("RW0266 1"), found("inputs { x: real } reward = x  # allow RW0201"));
    assertEquals(List.of("RW0266 1"), found("inputs { x: real } reward = x  # allow RW9999"));
    assertEquals(List.of("RW0266 1"), found("inputs { x: real } reward = x  # allow RW0266"));
  }

  @Test
  void textIsNoComment() {
    assertEquals(
        List.of("RW0204 2"),
        found(
            "inputs { x: real from \"# allow RW0204\" }\nlet a = x\nreward = x\n"
                + "test \"# allow RW0264\" { step { x = 1 } }"));
  }

  @Test
  void inAFileThatIsUsed() {
    String user = "use \"used.rew\" as u\nreward = u.y";
    assertEquals(
        List.of("RW0260 2"), found(user, "inputs { x: real }\nlet y = 1 if x == 1 else 0"));
    assertEquals(
        List.of(),
        found(
            user, "inputs { x: real }\nlet y = 1 if x == 1 else 0  # allow RW0260: it is a flag"));
    // What it allows of itself may be seen only where it is compiled.
    assertEquals(List.of(), found(user, "inputs { x: real }\nlet y = x  # allow RW0264"));
  }
}
