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
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Verdicts in many lanes, whose episodes begin and end at different steps: what each lane is told
 * is what the definitions say of its own steps, and all its outputs are those of a single episode.
 */
class VerdictLanesTest {

  /** Of all lanes together. */
  private static final int STEPS = 700;

  private static final List<String> INPUTS = List.of("a", "b", "c", "terminated");

  private static final String PROGRAM =
      """
      inputs { a: bool  b: bool  c: bool }
      formula answered = always(a implies eventually[0, 3](b))
      formula order    = eventually(a then b)
      formula kept     = not c weak_until b
      formula recent   = always(c implies ever[0, 2](a))
      formula both     = order and recent
      metric answered_no = violated(answered)
      metric answered_ok = satisfied(answered)
      metric order_no    = violated(order)
      metric order_ok    = satisfied(order)
      metric kept_no     = violated(kept)
      metric kept_ok     = satisfied(kept)
      metric recent_no   = violated(recent)
      metric both_ok     = satisfied(both)
      metric both_no     = violated(both)
      metric again_no    = violated(always(a implies eventually[0, 3](b)), infinite = true)
      metric way         = progress(order)
      reward { paid = 1 once satisfied(order)  lost = -1 once violated(recent) }
      """;

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
  void eachLaneHasTheVerdictsOfItsOwnEpisode(String engine, int count) {
    Reward reward = RewardEngine.create(engine).compile("verdicts", PROGRAM);
    Reward single = RewardEngine.create("interpreter").compile("verdicts", PROGRAM);
    assertEquals(INPUTS, reward.inputs().stream().map(InputInfo::name).toList());
    Random random = new Random(count);
    Lanes lanes = reward.newLanes(count);
    List<List<boolean[]>> seen = new ArrayList<>();
    List<Episode> episodes = new ArrayList<>();
    for (int lane = 0; lane < count; lane++) {
      seen.add(new ArrayList<>());
      episodes.add(single.newEpisode());
    }
    int size = episodes.getFirst().outputSize();
    double[] rows = new double[count * size];
    double[] own = new double[size];
    Map<String, Integer> told = new TreeMap<>();
    for (int step = 0; step < Math.max(60, STEPS / count); step++) {
      boolean[] begins = new boolean[count];
      double[] inputs = new double[count * INPUTS.size()];
      for (int lane = 0; lane < count; lane++) {
        List<boolean[]> before = seen.get(lane);
        boolean over = !before.isEmpty() && before.getLast()[3];
        begins[lane] = over || random.nextInt(15) == 0;
        if (begins[lane]) {
          seen.set(lane, new ArrayList<>());
          episodes.get(lane).reset();
        }
        boolean[] letter = {
          random.nextInt(3) == 0,
          random.nextInt(4) == 0,
          random.nextInt(6) == 0,
          random.nextInt(12) == 0
        };
        seen.get(lane).add(letter);
        for (int i = 0; i < letter.length; i++) {
          inputs[lane * letter.length + i] = letter[i] ? 1 : 0;
        }
      }
      lanes.reset(begins);
      lanes.step(inputs, new double[count]);
      lanes.values(rows);
      for (int lane = 0; lane < count; lane++) {
        String where = count + " lanes, step " + step + ", lane " + lane;
        double[] row = Arrays.copyOfRange(rows, lane * size, (lane + 1) * size);
        int at = lane * INPUTS.size();
        double unused = episodes.get(lane).step(Arrays.copyOfRange(inputs, at, at + INPUTS.size()));
        episodes.get(lane).values(own);
        assertArrayEquals(own, row, where);
        for (Map.Entry<String, Boolean> verdict : defined(seen.get(lane)).entrySet()) {
          String name = verdict.getKey();
          assertEquals(verdict.getValue(), of(reward, row, name) == 1, name + " of " + where);
          told.merge(name, verdict.getValue() ? 1 : 0, Integer::sum);
        }
      }
    }
    // Every verdict was given.
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

  /** What is decided after these steps, from what the formulas say. */
  private static Map<String, Boolean> defined(List<boolean[]> seen) {
    int n = seen.size();
    boolean ends = seen.getLast()[3];
    IntPredicate a = i -> seen.get(i)[0];
    IntPredicate b = i -> seen.get(i)[1];
    IntPredicate c = i -> seen.get(i)[2];
    // Nobody answered an a within three steps; or nobody has so far, and three aren't over.
    boolean late = some(0, n, i -> a.test(i) && i + 3 < n && !some(i, i + 4, b));
    boolean waits = some(0, n, i -> a.test(i) && !some(i, Math.min(n, i + 4), b));
    boolean order = some(0, n, i -> a.test(i) && some(i + 1, n, b));
    // A c in a step up to which no b was, that step included.
    boolean broken = some(0, n, i -> c.test(i) && !some(0, i + 1, b));
    boolean kept = !broken && some(0, n, b);
    boolean old = some(0, n, i -> c.test(i) && !some(Math.max(0, i - 2), i + 1, a));
    Map<String, Boolean> verdicts = new TreeMap<>();
    verdicts.put("answered_no", late || ends && waits);
    verdicts.put("answered_ok", ends && !waits);
    verdicts.put("order_no", ends && !order);
    verdicts.put("order_ok", order);
    verdicts.put("kept_no", broken);
    verdicts.put("kept_ok", kept || ends && !broken);
    verdicts.put("recent_no", old);
    verdicts.put("both_ok", ends && order && !old);
    verdicts.put("both_no", old || ends && !order);
    verdicts.put("again_no", late);
    return verdicts;
  }

  private static boolean some(int from, int to, IntPredicate holds) {
    return IntStream.range(from, to).anyMatch(holds);
  }
}
