package org.rewlang;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewlang.diagnostic.Code;

/** Many episodes of a vector reward in step. */
class VectorLanesTest {

  private static final double NONE = Double.NaN;

  private static final String PROGRAM =
      """
      inputs { x: real  y: real }
      reward speed { moved = change(x)  bonus = 10 once y > 2 }
      reward safety = -y / x
      terminate far when x > 8
      """;

  private static Reward reward(String engine, String program) {
    return RewardEngine.create(engine).compile("vector", program);
  }

  @ParameterizedTest
  @ValueSource(strings = {"interpreter", "bytecode", "truffle", "columns"})
  void eachLaneHasItsCoordinates(String engine) {
    Reward reward = reward(engine, PROGRAM);
    assertEquals(2, reward.rewardSize());
    assertEquals(
        List.of("speed", "safety"), reward.rewards().stream().map(OutputInfo::name).toList());
    Lanes lanes = reward.newVectorLanes(3);
    double[] totals = new double[3];
    double[] rewards = new double[6];
    lanes.step(new double[] {1, 1, 2, 4, 4, 0}, totals);
    assertArrayEquals(new double[] {NONE, NONE, NONE}, totals);
    lanes.rewards(rewards);
    // 0 and -1/1; 0 + 10 and -4/2; 0 and -0/4
    assertArrayEquals(new double[] {0, -1, 10, -2, 0, -0.0}, rewards);
    lanes.step(new double[] {2, 4, 4, 4, 9, 3}, totals);
    lanes.rewards(rewards);
    // 1 + 10 and -2; 2, paid already, and -1; 5 + 10 and -1/3
    assertArrayEquals(new double[] {11, -2, 2, -1, 15, -3.0 / 9}, rewards);
    boolean[] ended = new boolean[3];
    lanes.ended(ended);
    assertArrayEquals(new boolean[] {false, false, true}, ended);
    lanes.reset(ended);
    lanes.step(new double[] {2, 4, 4, 4, 9, 3}, totals);
    lanes.rewards(rewards);
    assertArrayEquals(new double[] {0, -2, 0, -1, 10, -3.0 / 9}, rewards);
  }

  @ParameterizedTest
  @ValueSource(strings = {"interpreter", "bytecode", "truffle", "columns"})
  void aLaneThatFailsHasNone(String engine) {
    Lanes lanes = reward(engine, PROGRAM).newVectorLanes(2);
    double[] totals = new double[2];
    double[] rewards = new double[4];
    lanes.step(new double[] {1, 0, 1, 0}, totals);
    RewardEvaluationException e =
        assertThrows(
            RewardEvaluationException.class, () -> lanes.step(new double[] {0, 0, 3, 0}, totals));
    assertEquals(Code.FAILED_EVALUATION, e.diagnostics().getFirst().code());
    lanes.rewards(rewards);
    assertArrayEquals(new double[] {NONE, NONE, 2, -0.0}, rewards);
    lanes.step(new double[] {2, 0, 3, 0}, totals);
    lanes.rewards(rewards);
    // Its state is that of the step before the failed one.
    assertArrayEquals(new double[] {1, -0.0, 0, -0.0}, rewards);
  }

  @ParameterizedTest
  @ValueSource(strings = {"interpreter", "bytecode", "truffle", "columns"})
  void aCoordinateOfAgentsIsOneForEach(String engine) {
    Reward reward =
        reward(
            engine,
            """
            inputs per agent[..2] { x: real }
            reward own per agent = 2 * x
            reward team = sum(x over agents)
            """);
    assertEquals(3, reward.rewardSize());
    Lanes lanes = reward.newVectorLanes(2);
    double[] rewards = new double[6];
    lanes.step(new double[] {1, 2, 1, 1, 5, 6, 0, 1}, new double[2]);
    lanes.rewards(rewards);
    assertArrayEquals(new double[] {2, 4, 3, NONE, 12, 6}, rewards);
    Episode episode = reward.newVectorEpisode();
    double unused = episode.step(new double[] {5, 6, 0, 1});
    double[] own = new double[3];
    episode.rewards(own);
    assertArrayEquals(new double[] {NONE, 12, 6}, own);
  }

  @Test
  void whoWantsOneTotalIsRefused() {
    Reward reward = reward("interpreter", PROGRAM);
    RewardEvaluationException e =
        assertThrows(RewardEvaluationException.class, () -> reward.newLanes(2));
    assertEquals(Code.BAD_BINDING, e.diagnostics().getFirst().code());
    assertTrue(reward.newVectorLanes(1).reward().rewards().size() == 2);
  }
}
