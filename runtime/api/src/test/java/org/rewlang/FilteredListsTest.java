package org.rewlang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Positions, parts and pairs of lists that a filter made, where the filter may be unknown: what
 * they are from the definition, on every engine, and that they cost as much as the list is long.
 */
class FilteredListsTest {

  private static final int N = 5;

  /** What is absent or unknown shows as this. */
  private static final double NONE = -1;

  private static final String PROGRAM =
      """
      inputs { xs: real[5]  ys: real[5] }
      let f = [x for x in xs if sqrt(x) > 0.5]
      let g = [y for y in ys if y > 0.5]
      reward { none = 0 }
      metric many   = length(f) ?? -1
      metric first  = f[0] ?? -1
      metric second = f[1] ?? -1
      metric fifth  = f[4] ?? -1
      metric last   = f[-1] ?? -1
      metric before = f[-2] ?? -1
      metric tail   = sum(f[1:]) ?? -1
      metric head   = sum(f[:2]) ?? -1
      metric ends   = sum(f[-2:]) ?? -1
      metric middle = length(f[1:3]) ?? -1
      metric pairs  = sum(a * b for a, b in zip(f, g)) ?? -1
      metric other  = sum(i * b for i, b in enumerate(g)) ?? -1
      metric sure   = g[2] ?? -1
      """;

  @ParameterizedTest
  @ValueSource(strings = {"interpreter", "truffle", "bytecode", "columns"})
  void areWhatTheDefinitionSays(String engine) {
    Reward reward = RewardEngine.create(engine).compile("lists", PROGRAM);
    Episode episode = reward.newEpisode();
    double[] values = new double[episode.outputSize()];
    Random random = new Random(5);
    double[] some = {-1, 0.125, 0.25, 0.5, 0.75, 1, 2};
    Map<String, Integer> there = new TreeMap<>();
    for (int step = 0; step < 4_000; step++) {
      double[] inputs = new double[2 * N];
      for (int i = 0; i < inputs.length; i++) {
        // Half of the steps have nothing unknown.
        boolean known = i >= N || step % 2 == 0;
        inputs[i] = some[(known ? 1 : 0) + random.nextInt(some.length - (known ? 1 : 0))];
      }
      double unused = episode.step(inputs);
      episode.values(values);
      Map<String, Double> defined = defined(inputs);
      for (OutputInfo output : reward.outputs()) {
        Double expected = defined.get(output.name());
        if (expected != null) {
          assertEquals(expected, values[output.offset()], output.name() + " at " + step);
          there.merge(output.name(), expected == NONE ? 0 : 1, Integer::sum);
        }
      }
    }
    assertEquals(13, there.size());
    there.forEach((name, times) -> assertTrue(times > 20, name));
  }

  private static Map<String, Double> defined(double[] inputs) {
    List<Double> f = new ArrayList<>();
    boolean unknown = false;
    for (int i = 0; i < N && !unknown; i++) {
      unknown = inputs[i] < 0;
      if (!unknown && Math.sqrt(inputs[i]) > 0.5) {
        f.add(inputs[i]);
      }
    }
    List<Double> g = new ArrayList<>();
    for (int i = N; i < 2 * N; i++) {
      if (inputs[i] > 0.5) {
        g.add(inputs[i]);
      }
    }
    Map<String, Double> all = new TreeMap<>();
    int n = f.size();
    // The elements before one that is unknown are known, what hangs on how many there are is not.
    all.put("first", at(f, 0));
    all.put("second", at(f, 1));
    all.put("fifth", at(f, 4));
    all.put("many", unknown ? NONE : n);
    all.put("last", unknown ? NONE : at(f, n - 1));
    all.put("before", unknown ? NONE : at(f, n - 2));
    all.put("tail", unknown ? NONE : sum(f, 1, n));
    all.put("head", unknown ? NONE : sum(f, 0, 2));
    all.put("ends", unknown ? NONE : sum(f, n - 2, n));
    all.put("middle", unknown ? NONE : Math.clamp(n - 1, 0, 2));
    double pairs = 0;
    for (int i = 0; i < Math.min(n, g.size()); i++) {
      pairs += f.get(i) * g.get(i);
    }
    all.put("pairs", unknown || n != g.size() ? NONE : pairs);
    double other = 0;
    for (int i = 0; i < g.size(); i++) {
      other += i * g.get(i);
    }
    all.put("other", other);
    all.put("sure", at(g, 2));
    return all;
  }

  private static double at(List<Double> list, int i) {
    return i < 0 || i >= list.size() ? NONE : list.get(i);
  }

  private static double sum(List<Double> list, int from, int to) {
    double sum = 0;
    for (int i = Math.max(0, from); i < Math.min(to, list.size()); i++) {
      sum += list.get(i);
    }
    return sum;
  }

  /** Counted, not timed: twice the bound is at most about twice the work. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "f[1] ?? 0",
        "f[-1] ?? 0",
        "sum(f[1:])",
        "sum(f[1:3])",
        "sum(a * b for a, b in zip(f, g))",
        "sum(a * b for a, b in zip(f, xs))",
        "sum(i * a for i, a in enumerate(f))",
        "sum(a for a in sort(f))"
      })
  void costAsMuchAsTheListIsLong(String expression) {
    long few = operations(expression, 200);
    long many = operations(expression, 400);
    assertTrue(many < 2.1 * few + 10, few + " and " + many);
    assertTrue(few < 80 * 200, () -> few + " for 200");
  }

  private static long operations(String expression, int bound) {
    String program =
        "inputs { xs: real[..%d]  ys: real[..%d] }\n".formatted(bound, bound)
            + "let f = [x for x in xs if x > 0.5]\n"
            + "let _g = [y for y in ys if y > 0.5]\n"
            + "reward { r = "
            + expression.replace("g)", "_g)")
            + " }\n";
    return RewardEngine.create("interpreter").compile("cost", program).facts().operations();
  }

  @Test
  void aListOfOnePlace() {
    String program =
        """
        inputs { xs: real[1] }
        let f = [x for x in xs if sqrt(x) > 0.5]
        reward { r = f[0] ?? -1 }
        """;
    Episode episode = RewardEngine.create("interpreter").compile("one", program).newEpisode();
    assertEquals(1, episode.step(new double[] {1}));
    assertEquals(-1, episode.step(new double[] {0}));
    assertEquals(-1, episode.step(new double[] {-4}));
  }
}
