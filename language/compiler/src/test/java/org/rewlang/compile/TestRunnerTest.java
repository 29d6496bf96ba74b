package org.rewlang.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewlang.check.Loader;
import org.rewlang.source.Source;

class TestRunnerTest {

  private static List<Outcome> run(String text) {
    Compilation compiled = Compiler.compile(Source.of("t.rew", text), Loader.NONE);
    assertNotNull(compiled.core(), () -> text + compiled.diagnostics());
    return TestRunner.run(compiled);
  }

  private static String message(Outcome outcome) {
    return outcome.problem() == null ? "passed" : outcome.problem().message();
  }

  @Test
  void actionsInOrder() {
    List<Outcome> outcomes =
        run(
            """
            inputs { x: real in -10..10, b: real }
            param k = 2 in 1..5
            let kept = prev(x, initially = 7)
            reward { r = k * x / b, past = kept }
            test "steps, same, end, given" {
              step { x = 3, b = 1 }
              expect reward.r == 6, reward.past == 7, total == 13
              step { same, x = 4 }
              expect reward.r == 8, reward.past == 3
              end
              given k = 5
              step { x = 4, b = 1 }
              expect reward.r == 20, reward.past == 7
            }
            test "reset and failure" {
              reset { x = 5, b = 1 }
              step { x = 1, b = 1 }
              expect reward.past == 5
              step { x = 1, b = 0 }
              expect error RW0420
              step { x = 2, b = 1 }
              expect reward.past == 1
            }
            """);
    assertEquals(
        List.of("passed", "passed"), outcomes.stream().map(TestRunnerTest::message).toList());
  }

  /** Given once, it stays, until a step or another `given` sets it. */
  @Test
  void inputsOfTheRunAreGivenOnce() {
    List<Outcome> outcomes =
        run(
            """
            inputs { x: real }
            inputs per run { w: real in 0..10 }
            reward { t = w * x }
            test "stays" {
              given w = 3
              step { x = 1 }
              expect reward.t == 3
              step { x = 2, w = 5 }
              expect reward.t == 10
              step { same }
              expect reward.t == 10
              given w = 4
              step { same }
              expect reward.t == 8
              end
              step { x = 1 }
              expect reward.t == 4
            }
            test "ends with its test" { step { x = 1, w = 2 } expect reward.t == 2 }
            test "range" { given w = 11 step { x = 1 } }
            """);
    assertEquals(List.of(true, true, false), outcomes.stream().map(Outcome::passed).toList());
  }

  @Test
  void whatFailsIsShown() {
    List<Outcome> outcomes =
        run(
            """
            inputs { x: real in -10..10, b: real }
            reward { r = x / b }
            test "a wrong number" { step { x = 3, b = 1 } expect reward.r == 2 * x }
            test "a failed step" { step { x = 3, b = 0 } expect reward.r == 3 }
            test "no failure" { step { x = 3, b = 1 } expect error RW0420 }
            """);
    assertTrue(outcomes.stream().noneMatch(Outcome::passed));
    List<String> parts =
        outcomes.getFirst().problem().related().stream()
            .map(l -> l.location().text() + " is " + l.text())
            .toList();
    assertEquals(List.of("r is 3", "2 * x is 6"), parts);
    assertEquals("RW0430", outcomes.getFirst().problem().code().id());
    assertTrue(message(outcomes.get(1)).contains("undefined"), message(outcomes.get(1)));
  }

  @Test
  void propertiesAreProvedOrTriedOrRefuted() {
    List<Outcome> outcomes =
        run(
            """
            inputs { u: real in 0..1, x: real in -10..10 }
            let kept = prev(x, initially = 0)
            reward { r = u, q = 0 * x }
            property "proved" { reward.r <= 1 }
            property "tried" { x * x - 2 * x * kept + kept * kept >= -1e-9 }
            property "refuted" { kept + x < 12 }
            property "of all" for all c in 1..3 { c * u <= c }
            """);
    assertEquals("proved", outcomes.get(0).how());
    assertTrue(outcomes.get(1).passed() && outcomes.get(1).steps() >= 1000, outcomes.get(1).how());
    Outcome refuted = outcomes.get(2);
    assertEquals("RW0431", refuted.problem().code().id());
    // Two steps are needed, no more; what does not matter is 0.
    String found = refuted.problem().found();
    assertTrue(found.matches("step \\{ u = 0, x = [^}]* } step \\{ u = 0, x = [^}]* }"), found);
    assertTrue(outcomes.get(3).passed(), outcomes.get(3).how());
    assertNull(outcomes.get(3).problem());
  }

  /** What refutes a property of agents is told as a test would give it. */
  @Test
  void aCounterexampleOfAgentsIsATest() {
    String program =
        """
        record Sight { at: real[2]<cm>  sure: real in 0..1 }
        inputs { sun: real in 0..1 }
        inputs per agent[..2] { x: real in 3..5  seen: Sight[..2]  q: quat[wxyz]  goal: Sight? }
        reward per agent { n = length(seen)  w = q.w  g = goal.at.y as m ?? -1  x = x + sun }
        """;
    for (String claim :
        List.of(
            "sum(length(seen) over agents) <= 3",
            "all((goal.sure ?? 0) < 0.9 over agents)",
            "length(agents) < 2 or sum(s.sure for a in agents for s in a.seen) < 1")) {
      Outcome refuted = run(program + "property \"p\" { " + claim + " }").getFirst();
      assertEquals("RW0431", refuted.problem().code().id());
      String steps = refuted.problem().found();
      Outcome test = run(program + "test \"t\" { " + steps + " expect " + claim + " }").getFirst();
      assertEquals("RW0430", test.problem().code().id(), steps);
    }
  }

  /** Outside an agent, a name in {@code expect} is an array of all, of any type. */
  @Test
  void whatIsExpectedOfAllAgents() {
    List<Outcome> outcomes =
        run(
            """
            record Sight { at: real[2]<cm>  sure: real in 0..1  note: real? }
            inputs per agent[..3] { seen: Sight[..2]  q: quat[wxyz]  obs: real[4] { up: 0, arm: 1:3 } }
            let surest = seen[argmax(s.sure for s in seen)]
            let place  = pose(position = [obs.up, 0, 0] m, rotation = q)
            reward per agent { n = length(seen)  up = obs.up  x = place.position.x as m }
            test "t" {
              step {
                agent {
                  seen = [Sight(at = [100, 0], sure = 0.5, note = 2), Sight(at = [1, 0], sure = 0.25)]
                  q = [1, 0, 0, 0]  obs = [1, 2, 3, 4]
                }
                agent { }
                agent { seen = []  q = [0, 0, 1, 0]  obs = [5, 6, 7, 8] }
              }
              expect length(seen[0]) == 2, seen[0][0].at.x == 1 m, seen[0][0].note == 2
              expect not present(seen[0][1].note), length(seen[2]) == 0, not present(seen[1])
              expect q[2].y == 1, not present(q[1]), obs.up[2] == 5, obs.arm[0, 1] == 3
              expect surest[0].sure == 0.5, not present(surest[2]), place[2].position.x == 5 m
              expect place[2].rotation.y == 1
            }
            """);
    assertEquals("passed", message(outcomes.getFirst()));
  }

  @Test
  void deepProgramsCompile() {
    StringBuilder text = new StringBuilder("inputs { x: real in 0..1 }\n");
    text.append("function f0(x: real): real = x + 1\n");
    for (int i = 1; i < 20; i++) {
      text.append("function f").append(i).append("(x: real): real = ");
      text.append("(".repeat(200)).append("f").append(i - 1).append("(x)");
      text.append(" + 1)".repeat(200)).append('\n');
    }
    text.append("reward { r = f19(x) }\n");
    text.append("test \"deep\" { step { x = 0.5 } expect reward.r == 3801.5 }\n");
    assertEquals("passed", message(run(text.toString()).getFirst()));
  }

  /** The number behind a truth value is told, also where it was one of many. */
  @Test
  void whatIsUndefinedInsideAnyAndAll() {
    List<String> conditions =
        List.of(
            "any(p / q > 1 for p, q in zip(x, y))",
            "all(x / y > 0)",
            "any(all(b / a > 2 for b in y) for a in x)",
            "(x / y > 0)[1]",
            "any(x / y > 0 over last 2)[1]",
            "any([a > b / b for a, b in zip(x, y)])");
    List<String> expected =
        List.of(
            "`p / q` was 0 / 0",
            "`x / y` was 0 / 0",
            "`b / a` was 0 / 0",
            "`x / y` was 0 / 0",
            "`x / y` was 0 / 0",
            "`b / b` was 0 / 0");
    for (int i = 0; i < conditions.size(); i++) {
      String message =
          message(
              run("""
              inputs { x: real[3]  y: real[3] }
              reward = 0
              terminate bad when CONDITION
              test "t" { step { x = [1, 0, 1], y = [1, 0, 1] } }
              """
                      .replace("CONDITION", conditions.get(i)))
                  .getFirst());
      assertTrue(message.endsWith(expected.get(i)), message);
    }
  }
}
