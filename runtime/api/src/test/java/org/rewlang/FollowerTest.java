package org.rewlang;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Machines that follow formulas and regular expressions, in lanes whose episodes begin at different
 * steps: their states and what they pay are what the definitions say of each lane's own steps.
 */
class FollowerTest {

  private static final String PROGRAM =
      """
      inputs { a: bool  b: bool  c: bool }
      machine task from a then b {
        any -> satisfied reward 1
        open: reward -0.125
      }
      machine safe from always(not c) {
        any -> violated reward -2
        holding: reward 0.5
        violated: reward -0.25
      }
      machine word from regex("!a* a (b | c)+") {
        open -> holding reward 4
        any  -> holding reward 0.25
        any  -> violated reward -1
      }
      machine twice for e in [a, b] from eventually(e and next(e)) {
        any -> satisfied reward 3 if c else 5
      }
      reward {
        task = task.reward
        safe = safe.reward
        word = word.reward
        both = sum(twice.reward)
      }
      metric task_is = task == satisfied
      metric safe_is = safe == violated
      metric word_is = word == holding
      metric word_no = word == violated
      metric twice_n = count(twice == satisfied)
      """;

  private static final String OPEN = "open";
  private static final String HOLDING = "holding";
  private static final String SATISFIED = "satisfied";
  private static final String VIOLATED = "violated";

  private static final int INPUTS = 3;
  private static final int STEPS = 700;

  @ParameterizedTest
  @CsvSource({
    "interpreter, 3",
    "truffle, 7",
    "bytecode, 1",
    "bytecode, 33",
    "columns, 1",
    "columns, 5",
    "columns, 70"
  })
  void theyFollowWhatTheDefinitionsSay(String engine, int count) {
    Reward reward = RewardEngine.create(engine).compile("followers", PROGRAM);
    Random random = new Random(count);
    Lanes lanes = reward.newLanes(count);
    List<List<boolean[]>> seen = new ArrayList<>();
    for (int lane = 0; lane < count; lane++) {
      seen.add(new ArrayList<>());
    }
    int size = reward.newEpisode().outputSize();
    double[] rows = new double[count * size];
    Map<String, Integer> told = new TreeMap<>();
    for (int step = 0; step < Math.max(60, STEPS / count); step++) {
      boolean[] begins = new boolean[count];
      double[] inputs = new double[count * INPUTS];
      for (int lane = 0; lane < count; lane++) {
        begins[lane] = random.nextInt(12) == 0;
        if (begins[lane]) {
          seen.set(lane, new ArrayList<>());
        }
        boolean[] letter = {random.nextInt(3) == 0, random.nextInt(3) != 0, random.nextInt(6) == 0};
        seen.get(lane).add(letter);
        for (int i = 0; i < INPUTS; i++) {
          inputs[lane * INPUTS + i] = letter[i] ? 1 : 0;
        }
      }
      lanes.reset(begins);
      lanes.step(inputs, new double[count]);
      lanes.values(rows);
      for (int lane = 0; lane < count; lane++) {
        double[] row = Arrays.copyOfRange(rows, lane * size, (lane + 1) * size);
        for (Map.Entry<String, Double> value : defined(seen.get(lane)).entrySet()) {
          String where = value.getKey() + " of lane " + lane + " at " + step;
          assertEquals(value.getValue(), of(reward, row, value.getKey()), where);
          told.merge(value.getKey(), value.getValue() == 0 ? 0 : 1, Integer::sum);
        }
      }
    }
    told.forEach((name, times) -> assertTrue(times > 0, name));
  }

  private static double of(Reward reward, double[] row, String name) {
    for (OutputInfo output : reward.outputs()) {
      if (output.name().equals(name)) {
        return row[output.offset()];
      }
    }
    throw new AssertionError("no output " + name);
  }

  private static Map<String, Double> defined(List<boolean[]> seen) {
    List<boolean[]> before = seen.subList(0, seen.size() - 1);
    boolean c = seen.getLast()[2];
    Map<String, Double> all = new TreeMap<>();
    String task = task(seen);
    all.put("task", task(before).equals(SATISFIED) ? 0 : task.equals(OPEN) ? -0.125 : 1);
    String safe = safe(seen);
    boolean over = safe(before).equals(VIOLATED);
    all.put("safe", over ? 0 : safe.equals(HOLDING) ? 0.5 : -2.25);
    String word = word(seen);
    String wordBefore = word(before);
    double pays =
        switch (word) {
          case HOLDING -> wordBefore.equals(OPEN) ? 4 : 0.25;
          case VIOLATED -> -1;
          default -> 0;
        };
    all.put("word", wordBefore.equals(VIOLATED) ? 0 : pays);
    double both = 0;
    int met = 0;
    for (int e = 0; e < 2; e++) {
      met += twice(seen, e) ? 1 : 0;
      both += twice(seen, e) && !twice(before, e) ? c ? 3 : 5 : 0;
    }
    all.put("both", both);
    all.put("twice_n", (double) met);
    all.put("task_is", task.equals(SATISFIED) ? 1.0 : 0);
    all.put("safe_is", safe.equals(VIOLATED) ? 1.0 : 0);
    all.put("word_is", word.equals(HOLDING) ? 1.0 : 0);
    all.put("word_no", word.equals(VIOLATED) ? 1.0 : 0);
    return all;
  }

  /** An a, and a b in a later step. */
  private static String task(List<boolean[]> seen) {
    for (int i = 0; i < seen.size(); i++) {
      for (int j = i + 1; j < seen.size(); j++) {
        if (seen.get(i)[0] && seen.get(j)[1]) {
          return SATISFIED;
        }
      }
    }
    return OPEN;
  }

  private static String safe(List<boolean[]> seen) {
    return seen.stream().anyMatch(s -> s[2]) ? VIOLATED : HOLDING;
  }

  /** No a, then one, then at least one step and in each of them b or c. */
  private static String word(List<boolean[]> seen) {
    int first = 0;
    while (first < seen.size() && !seen.get(first)[0]) {
      first++;
    }
    for (int i = first + 1; i < seen.size(); i++) {
      if (!seen.get(i)[1] && !seen.get(i)[2]) {
        return VIOLATED;
      }
    }
    return first + 1 < seen.size() ? HOLDING : OPEN;
  }

  private static boolean twice(List<boolean[]> seen, int e) {
    for (int i = 0; i + 1 < seen.size(); i++) {
      if (seen.get(i)[e] && seen.get(i + 1)[e]) {
        return true;
      }
    }
    return false;
  }

  private static final String DELIVERY =
      """
      inputs { coffee: bool, office: bool, plant: bool }
      machine delivery from (not plant) until (coffee and not plant and next((not plant) until (office and not plant))) {
        any -> satisfied reward 1
      }
      shape near = potential(delivery, discount = 0.9)
      reward { task = delivery.reward }
      """;

  /** The chain of theory.md 7.3: worth 0.9 at the start, 1 with the coffee, 0 where it is over. */
  @ParameterizedTest
  @ValueSource(strings = {"interpreter", "truffle", "bytecode", "columns"})
  void theyHaveAValueAndCounterfactuals(String engine) {
    Reward reward = RewardEngine.create(engine).compile("delivery", DELIVERY);
    Counterfactuals each = reward.counterfactuals();
    assertEquals(4, each.size());
    Episode episode = reward.newEpisode();
    int start = each.initial();
    int carrying = after(each, episode, start, 1, 0, 0);
    int done = after(each, episode, carrying, 0, 1, 0);
    int broken = after(each, episode, carrying, 0, 0, 1);
    assertEquals(4, List.of(start, carrying, done, broken).stream().distinct().count());
    assertEquals(broken, after(each, episode, start, 0, 1, 1));
    assertEquals(start, after(each, episode, start, 0, 1, 0));
    double[] nothing = {0, 0, 0, 0};
    each.imagine(episode, nothing);
    assertArrayEquals(
        new double[] {-0.09, -0.1, 0, 0},
        new double[] {
          each.reward(start), each.reward(carrying), each.reward(done), each.reward(broken)
        },
        1e-15);
    each.imagine(episode, new double[] {0, 1, 0, 0});
    assertEquals(0, each.reward(carrying), 1e-15);
    assertTrue(each.isOver(done) && each.isOver(broken) && !each.isOver(carrying));
  }

  private static int after(Counterfactuals each, Episode episode, int state, double... events) {
    each.imagine(episode, Arrays.copyOf(events, 4));
    return each.next(state);
  }
}
