package org.rewlang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewlang.diagnostic.Code;

/** Parameters that are records, lists, optional values, quaternions and poses. */
class StructuredParamsTest {

  private static final String PROGRAM =
      """
      enum Kind { prey, hunter }
      record Goal { at: real[2]<cm> in -500..500  kind: Kind  weight: real? }
      inputs { v: real[3]<m> }
      param home: pose[wxyz]<cm> = pose(position = [7, 0, 0], rotation = [1, 0, 0, 0])
      param turn = wxyz([1, 0, 0, 1])
      param goal: Goal = Goal(at = [10, 20], kind = hunter)
      param ways: real[..3]<m> = [1, 2]
      reward {
        home = (home * v).x as m
        turn = 10 * (turn * v).y as m
        goal = 100 * (goal.at.y as m + (goal.weight ?? 2) + (1 if goal.kind == hunter else 0))
        ways = 1000 * (sum(ways) as m + length(ways))
      }
      """;

  private static Reward reward(String engine) {
    return RewardEngine.create(engine).compile("params", PROGRAM);
  }

  private static double total(Reward reward) {
    return reward.newEpisode().step(new double[] {1, 2, 3});
  }

  @ParameterizedTest
  @ValueSource(strings = {"interpreter", "bytecode", "truffle", "columns"})
  void asAWholeAndByTheirArrays(String engine) {
    Reward reward = reward(engine);
    // A quarter turn about z: x becomes y. 1 + 0.07, 10 * 1, 100 * (0.2 + 2 + 1), 1000 * (3 + 2)
    assertEquals(1.07 + 10 + 320 + 5000, total(reward), 1e-9);
    // Half a turn: -1 + 1
    assertEquals(0 + 10 + 320 + 5000, total(reward.with("home", 100, 0, 0, 0, 0, 0, 1)), 1e-9);
    assertEquals(2 + 10 + 320 + 5000, total(reward.with("home.position", 100, 0, 0)), 1e-9);
    // -10 * 2: half a turn takes y to -y.
    assertEquals(1.07 - 20 + 320 + 5000, total(reward.with("turn", 0, 0, 0, 2)), 1e-9);
    assertEquals(
        1.07 + 10 + 100 * (3 + 0.5) + 5000, total(reward.with("goal", 0, 300, 0, 1, 0.5)), 1e-9);
    assertEquals(1.07 + 10 + 320 + 1000 * (5 + 1), total(reward.with("ways", 1, 5, 9, 9)), 1e-9);
    assertEquals(
        List.of(
            "home.position",
            "home.rotation",
            "turn",
            "goal.at",
            "goal.kind",
            "goal.weight.present",
            "goal.weight",
            "ways.length",
            "ways"),
        reward.params().stream().map(ParamInfo::name).toList());
  }

  @Test
  void anEpisodeMaySetItsOwn() {
    Reward reward = reward("interpreter");
    Episode episode = reward.newEpisode();
    episode.setParam("turn", 0, 0, 0, 2);
    assertEquals(-20, valueOf(episode, "turn"), 1e-9);
    assertEquals(10, valueOf(reward.newEpisode(), "turn"), 1e-9);
  }

  private static double valueOf(Episode episode, String component) {
    double unused = episode.step(new double[] {1, 2, 3});
    return episode.component(component);
  }

  private static String refused(String name, double... values) {
    RewardEvaluationException e =
        assertThrows(
            RewardEvaluationException.class, () -> reward("interpreter").with(name, values));
    assertEquals(Code.BAD_PARAMETER, e.diagnostics().getFirst().code());
    return e.diagnostics().getFirst().message();
  }

  @Test
  void whatIsRefused() {
    assertEquals("parameter `home` takes 7 values, not 3", refused("home", 1, 2, 3));
    assertEquals("parameter `turn` takes 4 values, not 3", refused("turn", 1, 2, 3));
    assertEquals(
        "parameter `goal.at` is 501, outside -500..500 <cm>", refused("goal", 0, 501, 0, 0, 0));
    assertEquals("parameter `goal.kind` has no member of index 2", refused("goal", 0, 0, 2, 0, 0));
    assertEquals("parameter `ways.length` is 4, outside 0..3", refused("ways", 4, 1, 1, 1));
    assertEquals("the program has no parameter `gaol`", refused("gaol", 1));
  }
}
