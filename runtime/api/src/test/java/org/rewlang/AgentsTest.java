package org.rewlang;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewlang.core.Output;

/** What agents are, by programs without them: copies, written out, and put in another order. */
class AgentsTest {

  private static final int AGENTS = 3;
  private static final int STEPS = 60;

  /** Everything that has a past, and some that hasn't. */
  private static final List<String> EACH =
      List.of(
          "prev(x, initially = 0.5)",
          "prev(x, initially = c)",
          "prev(prev(x, initially = 1), initially = 2)",
          "change(x)",
          "initial(x)",
          "c * x - 1",
          "max(x over past)",
          "min(x over past where hit) ?? -1",
          "min(x over past since hit)",
          "mean(x over past)",
          "mean(x over past where x > 0) ?? -1",
          "std(x over past)",
          "argmax(x over past)",
          "sum(x over last 3)",
          "mean(x over last 3 where hit) ?? -1",
          "min(x over last 4 where c > 0) ?? -1",
          "count(hit over last 2)",
          "argmin(x over last 3)",
          "sum(x over last 4 since hit)",
          "1 if ever(hit) else 0",
          "steps_since(hit) ?? -1",
          "occurrences(floor(x), capacity = 24)",
          "ema(x, keep = 0.5)",
          "total_steps(hit)",
          "sum(prev(v, initially = [1, 2]))",
          "norm(v) when hit",
          "1 on hit",
          "1 once hit",
          "own",
          "smoothed(x)",
          "1 if previous(hit) else 0",
          "1 if ever[1, 3](hit) else 0",
          "1 if historically[0, 2](x > 0) else 0",
          "1 if (x > 0) since[0, 4] (hit) else 0",
          "clamp(robustness(historically[1, 4](x > 0)), -9, 9)",
          "clamp(robustness(always[0, 3](eventually[0, 2](x > 0))), -9, 9)",
          "clamp(robustness(always(x < 1 implies eventually[0, 2](hit or x > 1))), -9, 9)",
          "clamp(robustness(eventually(always(x > c))), -9, 9)",
          "clamp(smooth_robustness(always(x > 1), beta = 2), -9, 9)",
          "walk.reward",
          "walk.turns",
          "1 if walk == fast else 0");

  private static final String SHARED =
      """
      let own = 0 if hit else prev(own, initially = c) + x
      function smoothed(t: real): real = 0.25 * t + prev(result, initially = 3)
      machine walk {
        initial slow
        counter turns in 0..3
        slow -> fast  on hit              reward 1   set turns = turns + 1
        fast -> slow  when x < 0 after 2  reward -1
        fast: reward 0.25
        slow -> ended when turns >= 3 and x > 1
        final ended
      }
      """;

  private static String components() {
    return IntStream.range(0, EACH.size())
        .mapToObj(i -> "  k" + i + " = " + EACH.get(i) + "\n")
        .collect(Collectors.joining());
  }

  private static Reward compile(String engine, String program) {
    return RewardEngine.create(engine).compile("agents.rew", program);
  }

  /** Numbers with ties, and some that repeat. */
  private static double number(Random random) {
    return Math.rint(random.nextGaussian() * 4) / 2;
  }

  @ParameterizedTest
  @ValueSource(strings = {"interpreter", "bytecode", "truffle", "columns"})
  void eachAgentIsAProgramThatBeginsWhenItComes(String engine) {
    Reward all =
        compile(
            engine,
            "inputs { c: real }\n"
                + "inputs per agent[..3] { x: real  hit: bool  v: real[2] }\n"
                + SHARED
                + "reward per agent {\n"
                + components()
                + "}\n");
    Reward one =
        compile(
            engine,
            "inputs { c: real  x: real  hit: bool  v: real[2] }\n"
                + SHARED
                + "reward {\n"
                + components()
                + "}\n");
    Random random = new Random(7);
    Episode together = all.newEpisode();
    Lanes lanes = all.newLanes(2);
    List<Episode> apart = IntStream.range(0, AGENTS).mapToObj(_ -> one.newEpisode()).toList();
    double[] inputs = new double[all.inputSize()];
    double[] row = new double[together.outputSize()];
    double[] ofLanes = new double[2 * row.length];
    double[] alone = new double[apart.getFirst().outputSize()];
    for (int step = 0; step < STEPS; step++) {
      boolean begins = step % 20 == 0;
      if (begins) {
        together.reset();
        lanes.reset();
      }
      inputs[0] = number(random);
      for (int agent = 0; agent < AGENTS; agent++) {
        boolean there = random.nextInt(4) > 0;
        inputs[1 + agent] = there ? number(random) : Double.NaN;
        inputs[1 + AGENTS + agent] = there ? random.nextInt(2) : 7;
        inputs[1 + 2 * AGENTS + 2 * agent] = there ? number(random) : Double.NaN;
        inputs[2 + 2 * AGENTS + 2 * agent] = there ? number(random) : Double.NaN;
        boolean was = inputs[1 + 4 * AGENTS + agent] == 1;
        inputs[1 + 4 * AGENTS + agent] = there ? 1 : 0;
        if (begins || !was) {
          apart.get(agent).reset();
        }
      }
      assertTrue(Double.isNaN(together.step(inputs)), "no one total");
      together.values(row);
      lanes.step(twice(inputs), new double[2]);
      lanes.values(ofLanes);
      assertArrayEquals(twice(row), ofLanes);
      if (step % 7 == 3) {
        // A snapshot taken here and gone back to is as if nothing had been.
        Snapshot here = together.snapshot();
        double unused = together.step(inputs);
        together.restore(here);
      }
      for (int agent = 0; agent < AGENTS; agent++) {
        boolean there = inputs[1 + 4 * AGENTS + agent] == 1;
        if (there) {
          double unused =
              apart
                  .get(agent)
                  .step(
                      new double[] {
                        inputs[0],
                        inputs[1 + agent],
                        inputs[1 + AGENTS + agent],
                        inputs[1 + 2 * AGENTS + 2 * agent],
                        inputs[2 + 2 * AGENTS + 2 * agent]
                      });
          apart.get(agent).values(alone);
        }
        for (int i = 0; i < EACH.size(); i++) {
          double expected = there ? alone[one.components().get(i).offset()] : Double.NaN;
          double actual = row[all.components().get(i).offset() + agent];
          assertEquals(expected, actual, 0.0, EACH.get(i) + " of " + agent + " at " + step);
        }
      }
    }
  }

  private static double[] twice(double[] values) {
    double[] two = Arrays.copyOf(values, 2 * values.length);
    System.arraycopy(values, 0, two, values.length, values.length);
    return two;
  }

  @ParameterizedTest
  @ValueSource(strings = {"interpreter", "bytecode", "truffle", "columns"})
  void anAggregationIsOneOverThoseWhoAreThere(String engine) {
    List<String> functions =
        List.of("sum", "mean", "min", "max", "std", "var", "argmin", "argmax", "length");
    StringBuilder agents =
        new StringBuilder("inputs per agent[..3] { x: real  hit: bool }\nreward = 0\n");
    StringBuilder arrays =
        new StringBuilder("inputs { x: real[3]  hit: bool[3]  there: bool[3] }\nreward = 0\n");
    for (String f : functions) {
      agents.append("metric %s_all = %s(x over agents) ?? -9\n".formatted(f, f));
      arrays.append("metric %s_all = %s(y for y, t in zip(x, there) if t) ?? -9\n".formatted(f, f));
      agents.append("metric %s_hit = %s(x over agents where hit) ?? -9\n".formatted(f, f));
      arrays.append(
          "metric %s_hit = %s(y for y, h, t in zip(x, hit, there) if h and t) ?? -9\n"
              .formatted(f, f));
      agents.append("metric %s_a = %s(a.x * 2 for a in agents if a.hit) ?? -9\n".formatted(f, f));
      arrays.append(
          "metric %s_a = %s(y * 2 for y, h, t in zip(x, hit, there) if h and t) ?? -9\n"
              .formatted(f, f));
    }
    agents.append("metric any_hit = any(hit over agents)\nmetric n = count(hit over agents)\n");
    arrays.append(
        "metric any_hit = any(h and t for h, t in zip(hit, there))\n"
            + "metric n = count(h and t for h, t in zip(hit, there))\n");
    agents.append("metric who = length(agents)\n");
    arrays.append("metric who = count(t for t in there)\n");
    Episode ours = compile(engine, agents.toString()).newEpisode();
    Episode theirs = compile(engine, arrays.toString()).newEpisode();
    Random random = new Random(11);
    double[] inputs = new double[9];
    for (int step = 0; step < STEPS; step++) {
      for (int agent = 0; agent < AGENTS; agent++) {
        inputs[agent] = number(random);
        inputs[AGENTS + agent] = random.nextInt(2);
        inputs[2 * AGENTS + agent] = random.nextInt(4) > 0 ? 1 : 0;
      }
      double unused = ours.step(inputs) + theirs.step(inputs);
      double[] a = new double[ours.outputSize()];
      double[] b = new double[theirs.outputSize()];
      ours.values(a);
      theirs.values(b);
      assertArrayEquals(b, a, "step " + step);
    }
  }

  /** Sums of halves are exact in any order. */
  @Test
  void theOrderOfAgentsIsNoMatter() {
    Reward reward =
        compile(
            "interpreter",
            """
            inputs per agent[..3] { x: real  team: int }
            let lead = count(x > me.x over agents)
            reward per agent {
              own = change(x)
              mates = sum(x over agents where team == me.team)
              others = max(a.x for a in agents if a != me) ?? 0
              rank = lead
              before = prev(lead, initially = -1)
            }
            """);
    int[] to = {2, 0, 1};
    Random random = new Random(3);
    Episode plain = reward.newEpisode();
    Episode moved = reward.newEpisode();
    double[] inputs = new double[9];
    double[] other = new double[9];
    double[] a = new double[plain.outputSize()];
    double[] b = new double[plain.outputSize()];
    for (int step = 0; step < STEPS; step++) {
      for (int agent = 0; agent < AGENTS; agent++) {
        inputs[agent] = number(random);
        inputs[AGENTS + agent] = random.nextInt(2);
        inputs[2 * AGENTS + agent] = random.nextInt(4) > 0 ? 1 : 0;
      }
      for (int i = 0; i < inputs.length; i++) {
        other[i / AGENTS * AGENTS + to[i % AGENTS]] = inputs[i];
      }
      double unused = plain.step(inputs) + moved.step(other);
      plain.values(a);
      moved.values(b);
      for (int i = 0; i < a.length; i++) {
        assertEquals(a[i], b[i / AGENTS * AGENTS + to[i % AGENTS]], "step " + step);
      }
    }
  }

  private record Step(double[] x, boolean[] agents) {}

  private record Everyone(double[] x) {}

  @Test
  void aRecordMaySayWhoIsThere() {
    Reward reward =
        compile(
            "interpreter",
            "inputs per agent[..2] { x: real in 1..9 } reward own per agent = x\n"
                + "reward team = sum(own over agents)");
    assertEquals(List.of("x", "agents"), reward.inputs().stream().map(InputInfo::name).toList());
    assertTrue(reward.inputs().getLast().isPresence());
    Episode episode = reward.newReplay();
    OutputInfo own = reward.outputs(Output.Role.REWARD).getFirst();
    OutputInfo team = reward.outputs(Output.Role.REWARD).getLast();
    assertTrue(own.perAgent());
    double unused =
        episode.step(
            reward.bind(Schema.of(Step.class)),
            new Step(new double[] {3, -1}, new boolean[] {true, false}));
    double[] values = new double[2];
    episode.values(own, values);
    assertArrayEquals(new double[] {3, Double.NaN}, values);
    assertEquals(3, episode.value(team));
    unused =
        episode.step(reward.bind(Schema.of(Everyone.class)), new Everyone(new double[] {3, 4}));
    assertEquals(7, episode.value(team));
    RewardEvaluationException refused =
        assertThrows(
            RewardEvaluationException.class,
            () ->
                episode.step(
                    reward.bind(Schema.of(Everyone.class)), new Everyone(new double[] {3, 0})));
    assertTrue(refused.getMessage().contains("x[1]"), refused.getMessage());
  }
}
