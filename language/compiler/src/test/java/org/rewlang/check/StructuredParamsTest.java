package org.rewlang.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rewlang.source.Source;

/** Defaults of parameters that are more than an array, and what variants set them to. */
class StructuredParamsTest {

  private static final String TYPES =
      """
      enum Kind { prey, hunter }
      record Goal { at: real[2]<cm> in -500..500  kind: Kind  weight: real? }
      """;

  private static Checked check(String text, Map<String, String> files) {
    return Checks.check(Source.of("test.rew", text), files);
  }

  private static List<String> defaults(Checked checked) {
    assertEquals("", Checks.errors(checked));
    assertNotNull(checked.model());
    return checked.model().params().stream().map(p -> p.name() + " " + p.initial()).toList();
  }

  private static List<String> defaults(String param, String use) {
    return defaults(check(TYPES + "param p" + param + "\nreward = " + use, Map.of()));
  }

  @Test
  void whatDefaultsAre() {
    // 7 cm, in the unit that is declared, is exactly 7.
    assertEquals(
        List.of("p.position [7.0, 0.0, 0.0]", "p.rotation [2.0, 0.0, 0.0, 0.0]"),
        defaults(
            ": pose[wxyz]<cm> = pose(position = [7, 0, 0] cm, rotation = [2, 0, 0, 0])",
            "p.position.x as m"));
    assertEquals(
        List.of("p.position [0.07, 0.0, 0.0]", "p.rotation [0.0, 0.0, 0.0, 1.0]"),
        defaults(
            " = pose(position = [7, 0, 0] cm, rotation = xyzw([0, 0, 0, 1]))",
            "p.position.x as m"));
    assertEquals(List.of("p [1.0, 0.0, 0.0, 0.0]"), defaults(" = wxyz(xyzw([0, 0, 0, 1]))", "p.w"));
    assertEquals(
        List.of("p.at [100.0, 2.0]", "p.kind [1.0]", "p.weight.present [0.0]", "p.weight [0.0]"),
        defaults(": Goal = Goal(at = [1 m, 2 cm], kind = hunter)", "p.at.x as m"));
    assertEquals(
        List.of(
            "p.at [1.0, 2.0, 3.0, 4.0]",
            "p.kind [0.0, 1.0]",
            "p.weight.present [0.0, 1.0]",
            "p.weight [0.0, 5.0]"),
        defaults(
            ": Goal[2] = [Goal(at = [1, 2], kind = prey),"
                + " Goal(at = [3, 4], kind = hunter, weight = 5)]",
            "p[1].weight ?? 0"));
    assertEquals(
        List.of("p.length [2.0]", "p [1.0, 2.0, 0.0]"), defaults(": real[..3] = [1, 2]", "sum(p)"));
    assertEquals(
        List.of("p.length [0.0]", "p [2.0, 2.0]"), defaults(": real[..2] = [] in 2..3", "sum(p)"));
    assertEquals(List.of("p.present [1.0]", "p [3.0]"), defaults(": real? = 3", "p ?? 1"));
    double half = StrictMath.sin(Math.PI / 4);
    assertEquals(
        List.of("p [" + StrictMath.cos(Math.PI / 4) + ", 0.0, 0.0, " + half + "]"),
        defaults(" = rotation_about([0, 0, 2], 90 deg)", "p.w"));
  }

  private static final Map<String, String> USED =
      Map.of(
          "walk.rew",
          TYPES
              + """
              param home: pose[wxyz]<cm> = pose(position = [7, 0, 0], rotation = [1, 0, 0, 0])
              param goal: Goal = Goal(at = [1, 2], kind = prey)
              param turn = wxyz([1, 0, 0, 0])
              reward = goal.at.x as m + home.position.x as m + turn.w
              """);

  @Test
  void variantsSetThem() {
    Checked checked =
        check(
            """
            use "walk.rew" with {
              home = pose(position = [2, 0, 0] m, rotation = [0, 0, 0, 1])
              goal = Goal(at = [3, 4], kind = hunter, weight = 1)
              turn = wxyz([0, 1, 0, 0])
            } as far
            use "walk.rew" as near
            reward = far.total + near.total
            """,
            USED);
    assertEquals(
        List.of(
            "far.home.position [200.0, 0.0, 0.0]",
            "far.home.rotation [0.0, 0.0, 0.0, 1.0]",
            "far.goal.at [3.0, 4.0]",
            "far.goal.kind [1.0]",
            "far.goal.weight.present [1.0]",
            "far.goal.weight [1.0]",
            "far.turn [0.0, 1.0, 0.0, 0.0]",
            "near.home.position [7.0, 0.0, 0.0]",
            "near.home.rotation [1.0, 0.0, 0.0, 0.0]",
            "near.goal.at [1.0, 2.0]",
            "near.goal.kind [0.0]",
            "near.goal.weight.present [0.0]",
            "near.goal.weight [0.0]",
            "near.turn [1.0, 0.0, 0.0, 0.0]"),
        defaults(checked));
  }

  @Test
  void givenOfAUsedFile() {
    Checked checked =
        check(
            """
            use "walk.rew" as walk
            inputs { x: real }
            reward = walk.total + x
            test "t" {
              given walk.goal = Goal(at = [300, 0], kind = hunter), walk.turn = wxyz([0, 1, 0, 0])
              given walk.goal = walk.Goal(at = [3, 0] m, kind = walk.Kind.prey)
              step { x = 0 }
            }
            """,
            USED);
    assertEquals("", Checks.errors(checked));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        ": Goal = Goal(at = [0, 501], kind = prey) | RW0217 | the default lies outside the range",
        ": Goal = Goal(at = [0, 6] m, kind = prey) | RW0217 | the default lies outside the range",
        ": Goal = Goal(kind = prey) | RW0218 | a `Goal` needs `at`",
        ": Goal = 3 | RW0210 | `p` needs `Goal`, not `int`",
        ": Goal = Goal(at = [x, 0], kind = prey) | RW0215 | a parameter's default is a constant",
        ": Goal = Goal(at = [0, 0], kind = prey) in 0..1 | RW0217 | only numbers have a range",
        ": quat[wxyz] = xyzw([0, 0, 0, 1]) | RW0210 | `p` needs `quat[wxyz]`, not `quat[xyzw]`",
        ": quat[wxyz] = [0, 0, 1] | RW0211 | `p`",
        " = wxyz([x, 0, 0, 0]) | RW0215 | a parameter's default is a constant",
        ": real[..2] = [1, 2, 3] | RW0211 | a list of at most 2 can't hold 3 elements",
        ": pose[wxyz]<m> = pose(position = [1, 0, 0] s, rotation = [1, 0, 0, 0]) | RW0212 |"
            + " this value"
      })
  void whatIsWrong(String param, String code, String message) {
    Checked checked =
        check(TYPES + "inputs { x: real }\nparam p" + param + "\nreward = x\nlet _y = p", Map.of());
    var errors = checked.diagnostics().stream().filter(d -> d.isError()).toList();
    assertEquals(1, errors.size(), errors::toString);
    assertEquals(code, errors.getFirst().code().id(), errors::toString);
    assertTrue(errors.getFirst().message().startsWith(message), errors::toString);
  }

  @Test
  void aFieldCalledAsAUsedFilesParameter() {
    Checked checked =
        check(
            """
            use "walk.rew" as goal
            record Goal { turn: real }
            param goal: Goal = Goal(turn = 1)
            reward = goal.turn
            """,
            USED);
    var errors = checked.diagnostics().stream().filter(d -> d.isError()).toList();
    assertEquals(1, errors.size(), errors::toString);
    assertEquals("two parameters are called `goal.turn` from outside", errors.getFirst().message());
  }
}
