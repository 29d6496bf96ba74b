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
import org.rewlang.diagnostic.Diagnostic;

/** Inputs of the run that a host gives once. */
class RunInputsTest {

  /** Before the schedule 0, at half of it -5, at its end -10. */
  private static final String PROGRAM =
      """
      record Plan { goal: real[2]<cm>  hard: bool }
      inputs { x: real }
      inputs per run { done: real<%> in 0..100  plan: Plan }
      let weight = interpolate(done, [0, 1], [0, -10])
      reward {
        effort = weight * x
        goal   = 100 * plan.goal.y as m
        hard   = 1000 when plan.hard
        moved  = 10000 * change(x * done)
      }
      """;

  private record Step(double x) {}

  private record Plan(double[] goal, boolean hard) {}

  private record All(double x, double done, Plan plan) {}

  private static Reward reward(String engine) {
    return RewardEngine.create(engine).compile("run", PROGRAM);
  }

  private static Reward given(String engine) {
    return reward(engine).withRun("done", 50).withRun("plan", 0, 200, 1);
  }

  /** -5 * 2 + 200 + 1000. */
  private static final double EXPECTED = 1190;

  @ParameterizedTest
  @ValueSource(strings = {"interpreter", "bytecode", "truffle", "columns"})
  void inEveryWayIn(String engine) {
    Reward reward = given(engine);
    // What lies at their places doesn't count, whatever it is.
    assertEquals(
        List.of("x", "done", "plan.goal", "plan.hard"),
        reward.inputs().stream().map(InputInfo::name).toList());
    assertEquals(EXPECTED, reward.newEpisode().step(new double[] {2, Double.NaN, 7, 7, 7}));
    assertEquals(
        EXPECTED, reward.newEpisode().step(reward.bind(Schema.of(Step.class)), new Step(2)));
    assertEquals(EXPECTED, reward.newEpisode().set("x", 2).step());
    Lanes lanes = reward.newLanes(2);
    double[] totals = new double[2];
    lanes.step(new double[] {2, -1, 0, 0, 0, 3, -1, 0, 0, 0}, totals);
    assertArrayEquals(new double[] {EXPECTED, EXPECTED - 5}, totals);
  }

  @ParameterizedTest
  @ValueSource(strings = {"interpreter", "bytecode", "truffle", "columns"})
  void aResetObservationHasThem(String engine) {
    Reward reward = given(engine);
    Episode episode = reward.newEpisode();
    episode.reset(reward.bindReset(Schema.of(Step.class)), new Step(1));
    // x * done goes from 0.5 to 1.
    assertEquals(EXPECTED + 5000, episode.step(reward.bind(Schema.of(Step.class)), new Step(2)));
    episode.reset(new double[] {1, 0, 0, 0, 0}, new boolean[] {true, false, false, false});
    assertEquals(EXPECTED + 5000, episode.step(new double[] {2, 0, 0, 0, 0}));
  }

  @Test
  void aBindingMadeBeforeStillFits() {
    Reward reward = reward("interpreter");
    Binding<All> binding = reward.bind(Schema.of(All.class));
    All values = new All(2, 100, new Plan(new double[] {0, 100}, false));
    assertEquals(-20 + 100, reward.newEpisode().step(binding, values));
    Reward given = reward.withRun("plan", 0, 200, 1);
    assertEquals(-20 + 1200, given.newEpisode().step(binding, values));
    assertEquals(EXPECTED, given.withRun("done", 50).newEpisode().step(binding, values));
  }

  @Test
  void withoutThemAHostMustSupplyThem() {
    RewardCompileException e =
        assertThrows(
            RewardCompileException.class,
            () -> reward("interpreter").withRun("done", 1).bind(Schema.of(Step.class)));
    assertEquals(
        List.of("record `Step` has no component for `plan`"),
        e.diagnostics().stream().map(Diagnostic::message).toList());
  }

  private static Diagnostic refused(String name, double... values) {
    return assertThrows(
            RewardEvaluationException.class, () -> reward("interpreter").withRun(name, values))
        .diagnostics()
        .getFirst();
  }

  @Test
  void whatIsRefused() {
    Diagnostic step = refused("x", 1);
    assertEquals(Code.BAD_BINDING, step.code());
    assertTrue(step.message().contains("no input of the run"), step.message());
    assertEquals(List.of("done", "plan"), step.expected());
    assertEquals(Code.BAD_BINDING, refused("doen", 1).code());
    assertEquals(Code.OUT_OF_RANGE, refused("done", 101).code());
    assertEquals(Code.NOT_FINITE, refused("done", Double.NaN).code());
    assertEquals(Code.WRONG_LENGTH, refused("done", 1, 2).code());
    assertEquals(Code.WRONG_LENGTH, refused("plan", 1, 2).code());
    assertEquals(Code.WRONG_TYPE, refused("plan", 1, 2, 3).code());
  }

  @Test
  void progressIsTheRuns() {
    Reward reward =
        RewardEngine.create("interpreter")
            .compile("p", "inputs { x: real } reward = x * interpolate(progress, [0, 1], [1, 3])");
    assertEquals(4, reward.withRun("progress", 0.5).newEpisode().set("x", 2).step());
  }
}
