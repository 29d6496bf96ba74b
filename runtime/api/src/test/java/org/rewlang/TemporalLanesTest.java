package org.rewlang;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Machines, operators that look back and robustness in lanes that are reset, kept and set back at
 * random: each lane is what one fresh episode with the same steps is, and what the definitions say.
 */
class TemporalLanesTest {

  private static final int LANES = 6;
  private static final int STEPS = 120;
  private static final int INPUTS = 4;

  private static final String PROGRAM =
      """
      inputs { x: real  y: real  go: bool  stop: bool }
      machine walk {
        initial slow
        counter turns in 0..3
        slow -> fast  on go                 reward 1   set turns = turns + 1
        fast -> slow  when stop after 2     reward -1
        fast: reward 0.25
        slow -> ended when turns >= 3 and x > 1
        final ended
      }
      machine each for e in [x, y] {
        initial low
        low  -> high when e > 1   reward 1
        high -> low  after 3
      }
      reward { walked = walk.reward  both = sum(each.reward) }
      metric state   = walk
      metric turns   = walk.turns
      metric highs   = count(each == high)
      metric before  = previous(go)
      metric lately  = ever[1, 3](x > 0)
      metric long    = historically[0, 5](x > -1)
      metric held    = (y > -2) since[1, 4] (go)
      metric all     = robustness(historically[1, 4](x > 0))
      metric least   = robustness(always(x > 0))
      metric nested  = robustness(always[0, 3](eventually[0, 2](x > 0)))
      metric answer  = robustness(always(x < 0 implies eventually[0, 2](y > 1)))
      metric settled = robustness(eventually(always(y > 0)))
      metric goal    = robustness(x > 0 until[0, 6] (y > 2))
      metric soft    = smooth_robustness(always(x > 0), beta = 2)
      """;

  /** What a lane has seen since its episode began. */
  private record Kept(Snapshot snapshot, List<double[]> seen) {}

  @ParameterizedTest
  @ValueSource(strings = {"interpreter", "truffle", "bytecode"})
  void eachLaneIsAFreshEpisode(String engine) {
    Reward reward = RewardEngine.create(engine).compile("lanes", PROGRAM);
    Reward oracle = RewardEngine.create("interpreter").compile("lanes", PROGRAM);
    Random random = new Random(11);
    Lanes lanes = reward.newLanes(LANES);
    List<List<double[]>> seen = new ArrayList<>();
    for (int lane = 0; lane < LANES; lane++) {
      seen.add(new ArrayList<>());
    }
    List<Kept> kept = new ArrayList<>();
    int size = oracle.newEpisode().outputSize();
    double[] rows = new double[LANES * size];
    int restored = 0;
    int resets = 0;
    for (int step = 0; step < STEPS; step++) {
      boolean[] mask = new boolean[LANES];
      for (int lane = 0; lane < LANES; lane++) {
        mask[lane] = random.nextInt(20) == 0;
        if (mask[lane]) {
          seen.set(lane, new ArrayList<>());
          resets++;
        }
      }
      lanes.reset(mask);
      if (random.nextInt(3) == 0) {
        int lane = random.nextInt(LANES);
        kept.add(new Kept(lanes.snapshot(lane), List.copyOf(seen.get(lane))));
      }
      if (!kept.isEmpty() && random.nextInt(3) == 0) {
        // Of another lane, or of the same one long ago.
        Kept one = kept.get(random.nextInt(kept.size()));
        int lane = random.nextInt(LANES);
        lanes.restore(lane, one.snapshot);
        seen.set(lane, new ArrayList<>(one.seen));
        restored++;
      }
      double[] inputs = new double[LANES * INPUTS];
      for (int lane = 0; lane < LANES; lane++) {
        double[] own = {number(random), number(random), random.nextInt(2), random.nextInt(2)};
        System.arraycopy(own, 0, inputs, lane * INPUTS, INPUTS);
        seen.get(lane).add(own);
      }
      lanes.step(inputs, new double[LANES]);
      lanes.values(rows);
      for (int lane = 0; lane < LANES; lane++) {
        Episode fresh = oracle.newEpisode();
        for (double[] one : seen.get(lane)) {
          double unused = fresh.step(one);
        }
        double[] expected = new double[size];
        fresh.values(expected);
        double[] row = Arrays.copyOfRange(rows, lane * size, (lane + 1) * size);
        String where = "lane " + lane + " at " + step;
        assertArrayEquals(expected, row, where);
        defined(reward, row, seen.get(lane), where);
      }
    }
    assertTrue(resets > 20 && restored > 20, resets + " resets, " + restored + " set back");
  }

  /** What a step leaves behind, however many there were: nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"interpreter", "truffle", "bytecode"})
  void memoryIsFlat(String engine) {
    Reward reward = RewardEngine.create(engine).compile("lanes", PROGRAM);
    Random random = new Random(5);
    // Another episode first: what a virtual machine keeps of warm code isn't what a step keeps.
    walk(reward.newEpisode(), random, 100_000);
    Episode episode = reward.newEpisode();
    walk(episode, random, 1_000);
    int state = episode.snapshot().state().length;
    long early = used();
    // The least of several: other threads' garbage comes and goes, what an episode keeps stays.
    long late = Long.MAX_VALUE;
    walk(episode, random, 200_000);
    for (int i = 0; i < 5; i++) {
      walk(episode, random, 20_000);
      late = Math.min(late, used());
    }
    assertEquals(state, episode.snapshot().state().length);
    // A number kept in each step would be at least 1.7 MB.
    assertTrue(late - early < 1_000_000, early + " bytes, later " + late);
  }

  private static void walk(Episode episode, Random random, int steps) {
    for (int i = 0; i < steps; i++) {
      double unused =
          episode.step(
              new double[] {number(random), number(random), random.nextInt(2), random.nextInt(2)});
    }
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static double number(Random random) {
    return Math.rint(random.nextGaussian() * 4) / 2;
  }

  /** The definitions, written as loops over all that was seen. */
  private static void defined(Reward reward, double[] row, List<double[]> seen, String where) {
    int now = seen.size() - 1;
    double[] x = seen.stream().mapToDouble(s -> s[0]).toArray();
    double[] y = seen.stream().mapToDouble(s -> s[1]).toArray();
    IntPredicate go = i -> seen.get(i)[2] != 0;
    Check check = new Check(reward, row, where);
    machine(check, seen);
    check.is("before", now > 0 && go.test(now - 1));
    check.is("lately", some(now - 3, now - 1, now, i -> x[i] > 0));
    check.is("long", !some(now - 5, now, now, i -> x[i] <= -1));
    check.is(
        "held",
        some(now - 4, now - 1, now, i -> go.test(i) && !some(i + 1, now, now, j -> y[j] <= -2)));
    check.is("all", least(x, now - 4, now - 1));
    check.is("least", least(x, 0, now));
    double nested = Double.POSITIVE_INFINITY;
    for (int i = 0; i <= Math.min(3, now); i++) {
      nested = Math.min(nested, greatest(x, i, i + 2));
    }
    check.is("nested", nested);
    double answer = Double.POSITIVE_INFINITY;
    double settled = Double.NEGATIVE_INFINITY;
    double until = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (int i = 0; i <= now; i++) {
      answer = Math.min(answer, Math.max(x[i], greatest(y, i, i + 2) - 1));
      settled = Math.max(settled, least(y, i, now));
      if (i <= 6) {
        until = Math.max(until, Math.min(y[i] - 2, least(x, 0, i - 1)));
      }
      sum += Math.exp(-2 * x[i]);
    }
    check.is("answer", answer);
    check.is("settled", settled);
    check.is("goal", until);
    assertEquals(-Math.log(sum) / 2, check.of("soft"), 1e-12, where);
  }

  /** The machine as people read it. */
  private static void machine(Check check, List<double[]> seen) {
    int state = 0;
    int turns = 0;
    int since = 0;
    double paid = 0;
    int[] high = {0, 0};
    int[] held = {0, 0};
    double both = 0;
    for (int t = 0; t < seen.size(); t++) {
      double[] s = seen.get(t);
      boolean goes = s[2] != 0 && (t == 0 || seen.get(t - 1)[2] == 0);
      paid = 0;
      since++;
      int next = state;
      if (state == 0 && goes) {
        next = 1;
        paid = 1;
        turns = Math.min(3, turns + 1);
      } else if (state == 0 && turns >= 3 && s[0] > 1) {
        next = 2;
      } else if (state == 1 && s[3] != 0 && since >= 2) {
        next = 0;
        paid = -1;
      }
      if (next != state) {
        since = 0;
      }
      state = next;
      paid += state == 1 ? 0.25 : 0;
      both = 0;
      for (int e = 0; e < 2; e++) {
        held[e]++;
        if (high[e] == 0 && s[e] > 1) {
          high[e] = 1;
          held[e] = 0;
          both++;
        } else if (high[e] == 1 && held[e] >= 3) {
          high[e] = 0;
          held[e] = 0;
        }
      }
    }
    check.is("state", state);
    check.is("turns", turns);
    check.is("walked", paid);
    check.is("highs", high[0] + high[1]);
    check.is("both", both);
  }

  private record Check(Reward reward, double[] row, String where) {

    double of(String name) {
      for (OutputInfo output : reward.outputs()) {
        if (output.name().equals(name)) {
          return row[output.offset()];
        }
      }
      throw new AssertionError("no output " + name);
    }

    void is(String name, double expected) {
      assertEquals(expected + 0.0, of(name) + 0.0, name + " of " + where);
    }

    void is(String name, boolean expected) {
      is(name, expected ? 1 : 0);
    }
  }

  private static boolean some(int from, int to, int now, IntPredicate holds) {
    for (int i = Math.max(0, from); i <= Math.min(to, now); i++) {
      if (holds.test(i)) {
        return true;
      }
    }
    return false;
  }

  private static double least(double[] of, int from, int to) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = Math.max(0, from); i <= Math.min(to, of.length - 1); i++) {
      least = Math.min(least, of[i]);
    }
    return least;
  }

  private static double greatest(double[] of, int from, int to) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = Math.max(0, from); i <= Math.min(to, of.length - 1); i++) {
      greatest = Math.max(greatest, of[i]);
    }
    return greatest;
  }
}
