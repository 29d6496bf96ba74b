package org.rewlang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lanes beside as many episodes of the reference interpreter, bit by bit: numbers of lanes around
 * those that are filled together and those of a block, inputs that a program refuses in some lanes
 * alone, resets of some lanes.
 */
class ManyLanesTest {

  /** Enough for the widest block, and one more. */
  private static final int BLOCK = 1_024;

  private static final int STEPS = 12;

  private static final String PLAIN =
      """
      inputs { x: real  half: real in 0..1  n: int  lit: bool }
      reward {
        moved = change(x)  far = 10 once x > 3  level = half when lit  whole = 1 / n when n != 0
        best  = max(half over last 3)
      }
      """;

  private static final String OF_AGENTS =
      """
      inputs { x: real }
      inputs per run { weight: real in 0..10 }
      inputs per agent[..3] { at: real  lit: bool }
      reward { near = weight * sum(at over agents)  lit = count(lit over agents) * x }
      """;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 31, 32, 33, BLOCK - 1, BLOCK, BLOCK + 1})
  void eachDoesWhatAnEpisodeDoes(int count) {
    compare("columns", count, PLAIN);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 6, BLOCK + 1})
  void agentsThatAreAwayAndInputsOfTheRun(int count) {
    compare("columns", count, OF_AGENTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"interpreter", "bytecode", "truffle"})
  void onEnginesOfOneLaneAtATime(String engine) {
    compare(engine, 5, PLAIN);
    compare(engine, 5, OF_AGENTS);
  }

  private static Reward reward(String engine, String program) {
    Reward reward = RewardEngine.create(engine).compile("many", program);
    return program.equals(OF_AGENTS) ? reward.withRun("weight", 2.5) : reward;
  }

  private static void compare(String engine, int count, String program) {
    Reward reward = reward(engine, program);
    Reward reference = reward("interpreter", program);
    Lanes lanes = reward.newLanes(count);
    List<Episode> episodes = new ArrayList<>();
    for (int lane = 0; lane < count; lane++) {
      episodes.add(reference.newEpisode());
    }
    Random random = new Random(count);
    int size = reward.inputSize();
    double[] inputs = new double[count * size];
    double[] totals = new double[count];
    double[] firsts = new double[count];
    double[] own = new double[episodes.getFirst().outputSize()];
    OutputInfo first = reward.outputs().getFirst();
    for (int step = 0; step < STEPS; step++) {
      boolean[] begins = new boolean[count];
      for (int lane = 0; lane < count; lane++) {
        begins[lane] = random.nextInt(5) == 0;
        if (begins[lane]) {
          episodes.get(lane).reset();
        }
        // Of a few blocks no lane is refused, of most some are.
        fill(program, inputs, lane * size, random, step % 3 == 0 ? 0 : 8);
      }
      lanes.reset(begins);
      boolean refused = false;
      double[] expected = new double[count];
      for (int lane = 0; lane < count; lane++) {
        double[] row = Arrays.copyOfRange(inputs, lane * size, (lane + 1) * size);
        try {
          expected[lane] = episodes.get(lane).step(row);
        } catch (RewardEvaluationException e) {
          expected[lane] = Double.NaN;
          refused = true;
        }
      }
      if (refused) {
        assertThrows(RewardEvaluationException.class, () -> lanes.step(inputs, totals));
      } else {
        lanes.step(inputs, totals);
      }
      lanes.values(first, firsts);
      for (int lane = 0; lane < count; lane++) {
        String where = count + " lanes, step " + step + ", lane " + lane;
        assertEquals(expected[lane], totals[lane], where);
        if (!Double.isNaN(expected[lane])) {
          episodes.get(lane).values(own);
          assertEquals(own[first.offset()], firsts[lane], where);
        }
        assertTrue(
            Arrays.equals(episodes.get(lane).snapshot().state(), lanes.snapshot(lane).state()),
            where);
      }
    }
  }

  /**
   * @param bad one lane in so many has a number that may be refused; none if 0
   */
  private static void fill(String program, double[] inputs, int at, Random random, int bad) {
    boolean spoilt = bad > 0 && random.nextInt(bad) == 0;
    if (program.equals(OF_AGENTS)) {
      inputs[at] = random.nextGaussian();
      // What is given for the run counts, not this.
      inputs[at + 1] = random.nextBoolean() ? Double.NaN : 7;
      for (int agent = 0; agent < 3; agent++) {
        boolean there = random.nextInt(3) > 0;
        inputs[at + 2 + agent] = there ? random.nextGaussian() : Double.NaN;
        inputs[at + 5 + agent] = there ? random.nextInt(2) : 7;
        inputs[at + 8 + agent] = there ? 1 : 0;
      }
      if (spoilt) {
        inputs[at + random.nextInt(11)] = Double.NaN;
      }
      return;
    }
    inputs[at] = 2 * random.nextGaussian();
    inputs[at + 1] = random.nextDouble();
    inputs[at + 2] = random.nextInt(5);
    inputs[at + 3] = random.nextInt(2);
    if (spoilt) {
      switch (random.nextInt(7)) {
        case 0 -> inputs[at] = Double.NaN;
        case 1 -> inputs[at] = Double.NEGATIVE_INFINITY;
        // Allowed, though a few of them have no finite sum.
        case 2 -> inputs[at] = Double.MAX_VALUE;
        case 3 -> inputs[at + 1] = Math.nextUp(1.0);
        case 4 -> inputs[at + 1] = -Double.MIN_VALUE;
        case 5 -> inputs[at + 2] = 0.5;
        default -> inputs[at + 3] = 2;
      }
    }
  }
}
