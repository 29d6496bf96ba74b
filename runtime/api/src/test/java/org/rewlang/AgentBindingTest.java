package org.rewlang;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewlang.core.Output;
import org.rewlang.diagnostic.Code;

/** What each agent has of records, lists, optional values and quaternions, in record classes. */
class AgentBindingTest {

  private static final String PROGRAM =
      """
      record Sight { at: real[2]<cm>  sure: real? }
      inputs per agent[..3] { x: real  seen: Sight[..2]  q: quat[wxyz]  goal: Sight? }
      reward per agent {
        n    = 10 * length(seen)
        far  = max(s.at.x for s in seen) as m ?? -1
        w    = q.w
        goal = goal.sure ?? 7
        was  = 1000 * length(prev(seen, initially = []))
        x    = 100 * x
      }
      """;

  private record Sight(double[] at, Double sure) {}

  private record Step(
      double[] x,
      List<List<Sight>> seen,
      double[][] q,
      List<Optional<Sight>> goal,
      boolean[] agents) {}

  private record Everyone(double[] x, Sight[][] seen, List<List<Double>> q) {}

  private static Reward reward(String engine) {
    return RewardEngine.create(engine).compile("sight", PROGRAM);
  }

  private static double[] totals(Reward reward, Episode episode) {
    OutputInfo total =
        reward.outputs().stream()
            .filter(o -> o.role() == Output.Role.TOTAL)
            .findFirst()
            .orElseThrow();
    double[] values = new double[3];
    episode.values(total, values);
    return values;
  }

  private static Sight sight(double x, Double sure) {
    return new Sight(new double[] {x, 0}, sure);
  }

  @ParameterizedTest
  @ValueSource(strings = {"interpreter", "bytecode", "truffle", "columns"})
  void whoIsThereHasAllAndWhoIsNotNothing(String engine) {
    Reward reward = reward(engine);
    Binding<Step> binding = reward.bind(Schema.of(Step.class));
    Episode episode = reward.newReplay();
    double unused =
        episode.step(
            binding,
            new Step(
                new double[] {1, Double.NaN, 3},
                Arrays.asList(List.of(sight(100, null), sight(250, 1.0)), null, List.of()),
                new double[][] {{1, 0, 0, 0}, {9, 9, 9, 9}, {2, 0, 0, 0}},
                List.of(Optional.of(sight(0, 5.0)), Optional.empty(), Optional.empty()),
                new boolean[] {true, false, true}));
    // 20 + 2.5 + 1 + 5 + 0 + 100 and 0 - 1 + 2 + 7 + 0 + 300
    assertArrayEquals(new double[] {128.5, Double.NaN, 308}, totals(reward, episode));
    unused =
        episode.step(
            binding,
            new Step(
                new double[] {0, 0, 0},
                List.of(List.of(), List.of(sight(1, null))),
                new double[][] {{1, 0, 0, 0}, {1, 0, 0, 0}, {1, 0, 0, 0}},
                List.of(Optional.empty(), Optional.of(sight(0, null))),
                new boolean[] {true, true, false}));
    // 0 - 1 + 1 + 7 + 2000 + 0 and 10 + 0.01 + 1 + 7 + 0 + 0
    assertArrayEquals(new double[] {2007, 18.01, Double.NaN}, totals(reward, episode), 1e-12);
  }

  @Test
  void withoutAgentsAllAreThere() {
    Reward reward = reward("interpreter");
    Binding<Everyone> binding = reward.bind(Schema.of(Everyone.class));
    Episode episode = reward.newReplay();
    List<Double> turned = List.of(1.0, 0.0, 0.0, 0.0);
    double unused =
        episode.step(
            binding,
            new Everyone(
                new double[3],
                new Sight[][] {{sight(0, 0.0)}, {}, {}},
                List.of(turned, turned, turned)));
    assertArrayEquals(new double[] {18, 7, 7}, totals(reward, episode));
  }

  private static Code refused(Everyone values) {
    Reward reward = reward("interpreter");
    RewardEvaluationException e =
        assertThrows(
            RewardEvaluationException.class,
            () -> reward.newReplay().step(reward.bind(Schema.of(Everyone.class)), values));
    return e.diagnostics().getFirst().code();
  }

  @Test
  void whatIsRefused() {
    List<Double> turned = List.of(1.0, 0.0, 0.0, 0.0);
    List<List<Double>> all = List.of(turned, turned, turned);
    Sight[][] none = new Sight[3][0];
    assertEquals(
        Code.MISSING_VALUE,
        refused(new Everyone(new double[3], new Sight[][] {{}, null, {}}, all)));
    assertEquals(
        Code.MISSING_VALUE, refused(new Everyone(new double[3], none, List.of(turned, turned))));
    assertEquals(Code.WRONG_LENGTH, refused(new Everyone(new double[3], new Sight[4][0], all)));
    assertEquals(
        Code.WRONG_LENGTH,
        refused(new Everyone(new double[3], none, List.of(turned, turned, List.of(1.0)))));
    assertEquals(
        Code.NOT_FINITE,
        refused(
            new Everyone(new double[3], new Sight[][] {{sight(Double.NaN, null)}, {}, {}}, all)));
  }

  private record Flat(double[] x, List<Sight> seen, double[][] q) {}

  @Test
  void aListOfOneIsNoListByAgent() {
    RewardCompileException e =
        assertThrows(
            RewardCompileException.class, () -> reward("interpreter").bind(Schema.of(Flat.class)));
    assertTrue(
        e.diagnostics().getFirst().message().startsWith("`seen` is Sight[..2] per agent"),
        () -> e.diagnostics().toString());
  }
}
