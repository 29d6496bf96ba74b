package org.rewlang;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Counterfactual experiences: what is imagined of a state is what an episode that is there does;
 * and tables learned from them, with shaping and without, are those that theory says.
 */
class CounterfactualsTest {

  /** The chain of theory.md 7.3, with an end that pays nothing beside the one that pays 1. */
  private static final String OFFICE =
      """
      inputs { coffee: bool, office: bool, plant: bool }
      machine delivery {
        initial start
        exclusive coffee, office, plant
        start    -> carrying when coffee
        carrying -> done     when office  reward 1
        any      -> broken   when plant
        final done, broken
      }
      reward { task = delivery.reward }
      terminate when delivery in [done, broken]
      """;

  private static final int START = 0;
  private static final int CARRYING = 1;
  private static final int DONE = 2;
  private static final int BROKEN = 3;
  private static final double DISCOUNT = 0.9;

  /** What the machine is worth from each state on, as theory.md 7.3 has it. */
  private static final double[] WORTH = {0.9, 1, 0, 0};

  private static String shaped(String how) {
    return OFFICE + "shape way = potential(delivery, discount = 0.9" + how + ")\n";
  }

  private static Reward office(String engine, String text) {
    return RewardEngine.create(engine).compile("office.rew", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"interpreter", "truffle", "bytecode", "columns"})
  void theChainIsShapedAsTheorySays(String engine) {
    double[] nothing = {0, 0, 0};
    double[] coffee = {1, 0, 0};
    double[] office = {0, 1, 0};
    check(office(engine, OFFICE), nothing, 0, 0, START, CARRYING);
    check(office(engine, OFFICE), coffee, 0, 0, CARRYING, CARRYING);
    check(office(engine, OFFICE), office, 0, 1, START, DONE);
    Reward plus = office(engine, shaped(""));
    check(plus, nothing, -0.09, -0.1, START, CARRYING);
    check(plus, coffee, 0, -0.1, CARRYING, CARRYING);
    check(plus, office, -0.09, 0, START, DONE);
    Reward minus = office(engine, shaped(", sign = -1"));
    check(minus, nothing, 0.09, 0.1, START, CARRYING);
    check(minus, coffee, 0, 0.1, CARRYING, CARRYING);
    check(minus, office, 0.09, 2, START, DONE);
  }

  private static void check(
      Reward reward, double[] events, double atStart, double carrying, int first, int second) {
    double[] inputs = Arrays.copyOf(events, reward.inputSize());
    Counterfactuals each = reward.counterfactuals();
    Episode episode = reward.newEpisode();
    Snapshot before = episode.snapshot();
    each.imagine(episode, inputs);
    assertEquals(before, episode.snapshot());
    assertEquals(4, each.size());
    assertEquals(START, each.initial());
    assertEquals(START, each.state(episode));
    assertEquals(atStart, each.reward(START), 1e-15);
    assertEquals(carrying, each.reward(CARRYING), 1e-15);
    assertEquals(first, each.next(START));
    assertEquals(second, each.next(CARRYING));
    assertFalse(each.done(START));
    assertEquals(second == DONE, each.done(CARRYING));
    assertEquals(DONE, each.next(DONE));
    assertEquals(BROKEN, each.next(BROKEN));
    assertTrue(each.done(DONE));
    assertFalse(each.isOver(CARRYING));
    assertTrue(each.isOver(BROKEN));
  }

  /** Machines of every kind, and nothing else that is remembered. */
  private static final String MACHINES =
      """
      inputs { x: real  y: real  go: bool  stop: bool }
      param pay = 1 in 0..10
      machine walk {
        initial slow
        counter turns in -1..2
        slow -> fast  when go               reward pay   set turns = turns + 1
        fast -> slow  when stop after 3     reward -1    set turns = turns - 2
        fast: reward 0.25
        slow -> ended when turns >= 2 and x > 1
        final ended
      }
      machine each for e in [x, y] {
        initial low
        low  -> high when e > 1   reward 0.125
        high -> low  after 2      reward x
      }
      reward { walked = walk.reward  both = sum(each.reward) }
      terminate when walk == ended
      """;

  @ParameterizedTest
  @ValueSource(strings = {"interpreter", "truffle", "bytecode", "columns"})
  void whatIsImaginedOfAStateIsWhatAnEpisodeThereDoes(String engine) {
    Reward reward = RewardEngine.create(engine).compile("machines.rew", MACHINES);
    Counterfactuals each = reward.counterfactuals();
    // 3 states, held for 0 to 3 steps, 4 values of the counter; twice 2 states, held for 0 to 2.
    assertEquals(3 * 4 * 4 * (2 * 3) * (2 * 3), each.size());
    Random random = new Random(7);
    Episode one = reward.newEpisode();
    Episode other = reward.newEpisode();
    int apart = 0;
    for (int i = 0; i < 60; i++) {
      if (i % 20 == 0) {
        one.setParam("pay", 1 + i / 20);
        other.setParam("pay", 1 + i / 20);
      }
      if (random.nextInt(5) > 0) {
        one.step(inputs(random));
        other.step(inputs(random));
      }
      double[] inputs = inputs(random);
      int there = each.state(other);
      apart += there == each.state(one) ? 0 : 1;
      Snapshot before = one.snapshot();
      each.imagine(one, inputs);
      assertEquals(before, one.snapshot());
      double own = each.reward(each.state(one));
      int next = each.next(each.state(one));
      // Its reward, where it leads and whether that is the end, from where another episode is.
      double reached = other.step(inputs);
      assertEquals(reached, each.reward(there));
      assertEquals(each.state(other), each.next(there));
      assertEquals(other.terminates(), each.done(there));
      one.set("x", inputs[0]).set("y", inputs[1]).set("go", inputs[2]).set("stop", inputs[3]);
      each.imagine(one);
      assertEquals(own, each.reward(each.state(one)));
      assertEquals(own, one.step());
      assertEquals(next, each.state(one));
      if (one.terminates()) {
        one.reset();
      }
      if (other.terminates()) {
        other.reset();
      }
    }
    assertTrue(apart > 30, "episodes were apart only " + apart + " times");
  }

  private static double[] inputs(Random random) {
    return new double[] {
      random.nextInt(3), random.nextInt(3), random.nextInt(2), random.nextInt(2)
    };
  }

  @Test
  void oneMachineOfSeveralIsNamed() {
    Reward reward = RewardEngine.create("interpreter").compile("machines.rew", MACHINES);
    assertEquals(3 * 4 * 4, reward.counterfactuals("walk").size());
    assertEquals(36, reward.counterfactuals("each").size());
    assertEquals(
        "the program has no machine `run`, only [walk, each]",
        assertThrows(IllegalArgumentException.class, () -> reward.counterfactuals("run"))
            .getMessage());
  }

  @Test
  void whatHasNoTableIsRefused() {
    RewardEngine engine = RewardEngine.create("interpreter");
    String many =
        """
        inputs { go: bool }
        machine m {
          initial a
          counter i in 0..999
          counter j in 0..999
          a -> b when go set i = i + 1
          b -> a when not go reward 1 set j = j + 1
          b -> c when i > 900 and j > 900
          final c
        }
        reward = m.reward
        """;
    Reward large = engine.compile("many.rew", many);
    assertEquals(
        "the machines have more than 1048576 states together",
        assertThrows(IllegalArgumentException.class, large::counterfactuals).getMessage());
    Reward unread = engine.compile("unread.rew", OFFICE.replaceAll("(?m)^(reward|term).*$", ""));
    assertTrue(
        assertThrows(IllegalArgumentException.class, unread::counterfactuals)
            .getMessage()
            .startsWith("the machine `delivery` keeps no state of its own"));
  }

  // A small office: coffee, office and plants in a grid, one step in one of four directions.

  private static final String[] GRID = {"c.p..", ".....", ".p..o", "....."};
  private static final int WIDTH = 5;
  private static final int CELLS = 20;
  private static final int ACTIONS = 4;
  private static final int STATES = 4;

  private static int move(int cell, int action) {
    int x = cell % WIDTH + new int[] {1, -1, 0, 0}[action];
    int y = cell / WIDTH + new int[] {0, 0, 1, -1}[action];
    return x < 0 || y < 0 || x >= WIDTH || y >= CELLS / WIDTH ? cell : y * WIDTH + x;
  }

  private static char at(int cell) {
    return GRID[cell / WIDTH].charAt(cell % WIDTH);
  }

  /** The events of a cell; a program with shaping also reads whether the host ends the episode. */
  private static double[] seen(int cell, Reward reward) {
    char c = at(cell);
    double[] events = {c == 'c' ? 1 : 0, c == 'o' ? 1 : 0, c == 'p' ? 1 : 0};
    return Arrays.copyOf(events, reward.inputSize());
  }

  /** The machine, from its description. */
  private static int lead(int state, int cell) {
    return switch (at(cell)) {
      case 'p' -> BROKEN;
      case 'c' -> CARRYING;
      case 'o' -> state == CARRYING ? DONE : state;
      default -> state;
    };
  }

  /** Rewards and successors of a state in each cell, by the program. */
  private record World(double[][] reward, int[][] next) {
    static World of(Reward program) {
      Counterfactuals each = program.counterfactuals();
      Episode episode = program.newEpisode();
      World world = new World(new double[CELLS][STATES], new int[CELLS][STATES]);
      for (int cell = 0; cell < CELLS; cell++) {
        each.imagine(episode, seen(cell, program));
        for (int u = 0; u < STATES; u++) {
          world.reward[cell][u] = each.reward(u);
          world.next[cell][u] = each.next(u);
          if (!each.isOver(u)) {
            assertEquals(each.isOver(each.next(u)), each.done(u));
          }
        }
      }
      return world;
    }

    /** The same from the description. */
    static World described() {
      World world = new World(new double[CELLS][STATES], new int[CELLS][STATES]);
      for (int cell = 0; cell < CELLS; cell++) {
        for (int u = 0; u < STATES; u++) {
          int to = u >= DONE ? u : lead(u, cell);
          world.reward[cell][u] = u < DONE && to == DONE ? 1 : 0;
          world.next[cell][u] = to;
        }
      }
      return world;
    }

    /** What a step in a direction is worth; with some chance it leads to the right of it. */
    double[][] values(double slip) {
      double[][] q = new double[CELLS * 2][ACTIONS];
      for (int round = 0; round < 500; round++) {
        double[][] better = new double[CELLS * 2][ACTIONS];
        for (int s = 0; s < CELLS * 2; s++) {
          for (int a = 0; a < ACTIONS; a++) {
            better[s][a] =
                (1 - slip) * worth(q, s, move(s / 2, a))
                    + slip * worth(q, s, move(s / 2, (a + 2) % 4));
          }
        }
        q = better;
      }
      return q;
    }

    private double worth(double[][] q, int s, int cell) {
      int to = next[cell][s % 2];
      double later = to >= DONE ? 0 : DISCOUNT * best(q[cell * 2 + to]);
      return reward[cell][s % 2] + later;
    }
  }

  private static double best(double[] values) {
    return Math.max(Math.max(values[0], values[1]), Math.max(values[2], values[3]));
  }

  @Test
  void shapingChangesValuesByThePotentialAndNoPolicy() {
    World plain = World.of(office("interpreter", OFFICE));
    double[][] described = World.described().values(0.2);
    double[][] q = plain.values(0.2);
    for (int s = 0; s < q.length; s++) {
      assertArrayEquals(described[s], q[s], 1e-12);
    }
    for (int sign : new int[] {1, -1}) {
      double[][] shaped = World.of(office("interpreter", shaped(", sign = " + sign))).values(0.2);
      for (int s = 0; s < q.length; s++) {
        for (int a = 0; a < ACTIONS; a++) {
          assertEquals(q[s][a] - sign * WORTH[s % 2], shaped[s][a], 1e-12);
          boolean isBest = q[s][a] > best(q[s]) - 1e-9;
          assertEquals(isBest, shaped[s][a] > best(shaped[s]) - 1e-9);
        }
      }
    }
    // From the corner below the coffee's: 2 steps there, 6 from there on, the last one paid.
    double[][] sure = plain.values(0);
    assertEquals(Math.pow(0.9, 3 + 6 - 1), best(sure[3 * WIDTH * 2]), 1e-12);
  }

  @Test
  void learningFromWhatIsImaginedComesToTheSameTable() {
    double[][] expected = World.described().values(0);
    Reward plain = office("bytecode", OFFICE);
    Learned usual = learn(plain, false, 100_000);
    Learned imagined = learn(plain, true, 100_000);
    Learned shaped = learn(office("bytecode", shaped("")), true, 100_000);
    for (int s = 0; s < expected.length; s++) {
      if (isLeft(s)) {
        assertArrayEquals(expected[s], usual.q[s], 1e-9);
        assertArrayEquals(expected[s], imagined.q[s], 1e-9);
        for (int a = 0; a < ACTIONS; a++) {
          assertEquals(expected[s][a] - WORTH[s % 2], shaped.q[s][a], 1e-9);
        }
      }
    }
    assertTrue(imagined.steps < usual.steps, imagined.steps + " steps instead of " + usual.steps);
  }

  /** Whether an episode can go on from there. */
  private static boolean isLeft(int s) {
    char c = at(s / 2);
    return c == '.' || c == 'c' && s % 2 == CARRYING || c == 'o' && s % 2 == START;
  }

  /**
   * @param steps after which the table changed no more
   */
  private record Learned(double[][] q, int steps) {}

  /** Q-learning by random steps; where nothing is left to chance a step may be learned whole. */
  private static Learned learn(Reward reward, boolean imagine, int steps) {
    Random random = new Random(3);
    Counterfactuals each = reward.counterfactuals();
    Episode episode = reward.newEpisode();
    double[][] q = new double[CELLS * 2][ACTIONS];
    int changed = 0;
    int cell = free(random);
    for (int i = 0; i < steps; i++) {
      int action = random.nextInt(ACTIONS);
      int to = move(cell, action);
      int own = each.state(episode);
      each.imagine(episode, seen(to, reward));
      for (int u = 0; u < each.size(); u++) {
        if (!each.isOver(u) && (imagine || u == own)) {
          double later = each.done(u) ? 0 : DISCOUNT * best(q[to * 2 + each.next(u)]);
          double value = each.reward(u) + later;
          changed = q[cell * 2 + u][action] == value ? changed : i;
          q[cell * 2 + u][action] = value;
        }
      }
      episode.step(seen(to, reward));
      cell = to;
      if (episode.terminates() || random.nextInt(40) == 0) {
        episode.reset();
        cell = free(random);
      }
    }
    return new Learned(q, changed);
  }

  private static int free(Random random) {
    int cell = random.nextInt(CELLS);
    return at(cell) == '.' ? cell : free(random);
  }
}
