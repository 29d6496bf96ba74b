package org.rewlang.ide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Severity;

/** Problems are drawn under their places: severity and code, not prose. */
class DiagnosticsTest {

  private static void check(String text, String drawing) {
    assertEquals(drawing.stripTrailing(), Drawing.of(Editor.snapshot(text)));
  }

  private static Snapshot with(Diagnostic... diagnostics) {
    return new Editor((source, loader) -> Editor.compilation(source, diagnostics))
        .open("main.rew", "reward = 1\n");
  }

  @Test
  void aCleanProgramHasNone() {
    check(
        "inputs { x: real }\nreward = x\n",
        """
        inputs { x: real }
        reward = x
        """);
  }

  @Test
  void aNameThatStandsForNothing() {
    check(
        """
        inputs { velocity: real }
        reward = velocty
        """,
        """
        inputs { velocity: real }
        reward = velocty
                 ~~~~~~~ error RW0201
        """);
  }

  @Test
  void syntaxAndMeaningInOneProgram() {
    check(
        """
        inputs { x: real }
        let a = 1.
        reward = a + nothing
        """,
        """
        inputs { x: real }
        let a = 1.
                ~~ error RW0105
        reward = a + nothing
                     ~~~~~~~ error RW0201
        """);
  }

  @Test
  void aWarning() {
    check(
        """
        inputs { x: real }
        let unused = 1
        reward = x
        """,
        """
        inputs { x: real }
        let unused = 1
            ~~~~~~ warning RW0204
        reward = x
        """);
  }

  @Test
  void anEmojiBeforeIt() {
    check(
        """
        inputs { x: bool }
        reward { bonus = 1 when x }
        test "🤖🤖" { step { x = true } expect total == tota }
        """,
        """
        inputs { x: bool }
        reward { bonus = 1 when x }
        test "🤖🤖" { step { x = true } expect total == tota }
                                                      ~~~~ error RW0201
        """);
  }

  @Test
  void theMessageHasALineForTheLabelAndOneForTheHint() {
    String text = "inputs { velocity: real }\nreward = velocty\n";
    Problem problem = Diagnostics.of(Editor.snapshot(text)).getFirst();
    assertEquals(
        """
        nothing is called `velocty`
        no value has this name
        hint: did you mean `velocity`?""",
        problem.message());
    assertEquals("`velocity` is declared here", problem.related().getFirst().text());
  }

  @Test
  void whatHasNoPlaceStandsAtTheStart() {
    Problem problem =
        Diagnostics.of(with(Diagnostic.of(Code.INTERNAL_ERROR, "failed").build())).getFirst();
    assertEquals(0, problem.span().start());
    assertEquals("failed", problem.message());
  }

  @Test
  void aMissingFileIsAnErrorAtItsPath() {
    List<Problem> problems =
        Diagnostics.of(Editor.snapshot("use \"none.rew\" as none\nreward = 1\n"));
    assertEquals(1, problems.size());
    assertEquals(Severity.ERROR, problems.getFirst().severity());
    assertEquals(4, problems.getFirst().span().start());
  }

  @Test
  void theErrorsOfAUsedFileStandOnceAtTheUse() {
    Snapshot snapshot =
        new Editor()
            .with("walk.rew", "function a(x: real): real = y\nfunction b(): real = z\n")
            .open("main.rew", "use \"walk.rew\" as walk\nreward = walk.a(1) + walk.b()\n");
    List<Problem> errors =
        Diagnostics.of(snapshot).stream().filter(p -> p.severity() == Severity.ERROR).toList();
    assertEquals(1, errors.size());
    Problem problem = errors.getFirst();
    assertEquals(
        "use «\"walk.rew\"» as walk", Editor.markedLine(snapshot.source(), problem.span()));
    assertEquals(
        "this file has 2 errors: nothing is called `y`",
        problem.message().lines().findFirst().orElse(""));
    assertEquals(2, problem.related().size());
    assertEquals("walk.rew", problem.related().getFirst().location().source().name());
  }

  @Test
  void whatIsWrongFurtherAwayStandsAtTheStart() {
    Snapshot snapshot =
        new Editor()
            .with("far.rew", "function a(x: real): real = y\n")
            .with("near.rew", "use \"far.rew\" as far\nfunction b(): real = far.a(1)\n")
            .open("main.rew", "use \"near.rew\" as near\nreward = near.b()\n");
    assertFalse(Diagnostics.of(snapshot).isEmpty());
    assertEquals(0, Diagnostics.of(snapshot).getLast().span().start());
  }

  @Test
  void warningsOfAUsedFileAreItsOwnBusiness() {
    Snapshot snapshot =
        new Editor()
            .with("walk.rew", "function a(x: real): real {\n  let u = 1\n  result = x\n}\n")
            .open("main.rew", "use \"walk.rew\" as walk\nreward = walk.a(1)\n");
    assertEquals(List.of(), Diagnostics.of(snapshot));
  }

  @Test
  void anEmptyDocument() {
    assertEquals(
        List.of(), Diagnostics.of(Editor.snapshot("")).stream().map(Problem::code).toList());
  }
}
