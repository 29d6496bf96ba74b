package org.rewlang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * When formulas with windows are decided, from what they say: of short ones, that have an automaton
 * with a state for each step of a window, and of long ones, whose steps are counted.
 */
class LongWindowsTest {

  private static final String PROGRAM =
      """
      inputs { a: bool  b: bool  c: bool }
      formula answered = always(a implies eventually[0, N](b))
      formula held     = always(a implies (c until[0, N] (b)))
      formula soon     = eventually[0, N](b)
      formula way      = c until[0, N] (b)
      formula early    = always[0, N](c)
      formula after    = always(a implies always[0, N](c))
      formula before   = always(ever[0, N](a) implies c)
      formula since    = always(b or not b since[0, N] (a))
      formula stays    = eventually(a and always[0, N](c))
      formula barred   = not a release[0, N] (c)
      """;

  private static final String[] NAMES = {
    "answered", "held", "soon", "way", "early", "after", "before", "since", "stays", "barred"
  };

  /** The first step at which something is the case, or -1. */
  private record Decided(int satisfied, int violated) {}

  @ParameterizedTest
  @CsvSource({
    "interpreter, 4, 600", "truffle, 4, 200", "bytecode, 4, 200", "columns, 4, 60",
    "interpreter, 10400, 6", "truffle, 10400, 4", "bytecode, 10400, 4", "columns, 10400, 2"
  })
  void verdictsComeWhenTheDefinitionsSay(String engine, int n, int episodes) {
    StringBuilder text = new StringBuilder(PROGRAM.replace("N", Integer.toString(n)));
    for (String name : NAMES) {
      text.append("metric ok_%s = satisfied(%s)\n".formatted(name, name));
      text.append("metric no_%s = violated(%s)\n".formatted(name, name));
      text.append("metric on_%s = violated(%s, infinite = true)\n".formatted(name, name));
    }
    Reward reward = RewardEngine.create(engine).compile("windows", text + "reward = 0");
    Map<String, Integer> offsets = new TreeMap<>();
    reward.outputs().forEach(o -> offsets.put(o.name(), o.offset()));
    Random random = new Random(n);
    Episode episode = reward.newEpisode();
    double[] row = new double[episode.outputSize()];
    int onTheWay = 0;
    for (int e = 0; e < episodes; e++) {
      episode.reset();
      int length = 1 + random.nextInt(4 * n);
      boolean[][] seen = word(random, n, length);
      Map<String, Decided> expected = new TreeMap<>();
      for (String name : NAMES) {
        expected.put(name, decided(name, seen, n));
      }
      for (int t = 0; t < length; t++) {
        boolean last = t == length - 1;
        double unused =
            episode.step(new double[] {of(seen[0][t]), of(seen[1][t]), of(seen[2][t]), of(last)});
        episode.values(row);
        for (String name : NAMES) {
          Decided when = expected.get(name);
          boolean no = when.violated >= 0 && when.violated <= t;
          boolean ok = when.satisfied >= 0 && when.satisfied <= t;
          boolean open = !no && !ok;
          int at = t;
          boolean holds = open && last && holds(name, seen, n, length);
          assertEquals(
              ok || holds, row[offsets.get("ok_" + name)] == 1, () -> name + " satisfied at " + at);
          assertEquals(
              no || open && last && !holds,
              row[offsets.get("no_" + name)] == 1,
              () -> name + " violated at " + at);
          assertEquals(no, row[offsets.get("on_" + name)] == 1, () -> name + " for ever at " + at);
        }
      }
      onTheWay +=
          (int) expected.values().stream().filter(d -> d.satisfied + d.violated > -2).count();
    }
    assertTrue(onTheWay > 3 * episodes, onTheWay + " decided on the way");
  }

  private static double of(boolean value) {
    return value ? 1 : 0;
  }

  /** Events as rare as the window is long; c nearly always. */
  private static boolean[][] word(Random random, int n, int length) {
    boolean[][] word = new boolean[3][length];
    for (int t = 0; t < length; t++) {
      word[0][t] = random.nextInt(n) == 0;
      word[1][t] = random.nextInt(n) == 0;
      word[2][t] = random.nextInt(2 * n) > 0;
    }
    return word;
  }

  /** From when on no continuation changes the truth. */
  private static Decided decided(String name, boolean[][] seen, int n) {
    int length = seen[0].length;
    IntPredicate a = i -> seen[0][i];
    IntPredicate b = i -> seen[1][i];
    IntPredicate notC = i -> !seen[2][i];
    int[] nextB = next(seen[1], true);
    int[] nextNotC = next(seen[2], false);
    return switch (name) {
      case "answered" -> no(first(a, length, i -> nextB[i] > i + n ? i + n : length), length);
      case "held" -> no(first(a, length, i -> lost(i, nextB[i], nextNotC[i], n)), length);
      case "soon" ->
          new Decided(within(nextB[0], n, length), nextB[0] > n ? within(n, n, length) : -1);
      case "way" -> {
        int lost = lost(0, nextB[0], nextNotC[0], n);
        yield new Decided(
            lost == Integer.MAX_VALUE ? within(nextB[0], n, length) : -1, within(lost, n, length));
      }
      case "early" ->
          new Decided(nextNotC[0] > n ? within(n, n, length) : -1, within(nextNotC[0], n, length));
      case "after", "before" ->
          no(first(a, length, i -> nextNotC[i] <= i + n ? nextNotC[i] : length), length);
      case "since" -> {
        // Some step at most n before has an a, and no b comes after it up to now.
        int at = 0;
        while (at < length && (b.test(at) || lately(a, b, at, n))) {
          at++;
        }
        yield no(at, length);
      }
      case "stays" -> {
        int at = first(a, length, i -> nextNotC[i] > i + n ? i + n : length);
        yield new Decided(at < length ? at : -1, -1);
      }
      default -> {
        // c up to and with the first step without a, for n steps at most.
        int free = IntStream.range(0, length).filter(i -> !a.test(i)).findFirst().orElse(length);
        int broken =
            IntStream.rangeClosed(0, Math.min(free, length - 1))
                .filter(notC)
                .findFirst()
                .orElse(length);
        boolean fails = broken <= n && broken <= free;
        yield new Decided(
            fails ? -1 : within(Math.min(free, n), n, length),
            fails ? within(broken, n, length) : -1);
      }
    };
  }

  /** When {@code c until[0, n] (b)} is lost that is asked for at a step; never if it is kept. */
  private static int lost(int i, int nextB, int nextNotC, int n) {
    return nextB <= i + n && nextNotC >= nextB ? Integer.MAX_VALUE : Math.min(nextNotC, i + n);
  }

  private static boolean lately(IntPredicate a, IntPredicate b, int now, int n) {
    for (int j = now; j >= Math.max(0, now - n); j--) {
      if (a.test(j)) {
        return true;
      }
      if (b.test(j)) {
        return false;
      }
    }
    return false;
  }

  /** The least of what is said of the steps that are meant. */
  private static int first(
      IntPredicate meant, int length, java.util.function.IntUnaryOperator when) {
    return IntStream.range(0, length).filter(meant).map(when).min().orElse(length);
  }

  private static Decided no(int at, int length) {
    return new Decided(-1, at < length ? at : -1);
  }

  private static int within(int at, int n, int length) {
    return at <= n && at < length ? at : -1;
  }

  /** For each step the next one, it included, with a value; far away if there is none. */
  private static int[] next(boolean[] of, boolean value) {
    int[] next = new int[of.length];
    int at = Integer.MAX_VALUE;
    for (int i = of.length - 1; i >= 0; i--) {
      at = of[i] == value ? i : at;
      next[i] = at;
    }
    return next;
  }

  /** Whether a formula that nothing decided holds of the whole word. */
  private static boolean holds(String name, boolean[][] seen, int n, int length) {
    int[] nextB = next(seen[1], true);
    return switch (name) {
      case "answered", "held" ->
          IntStream.range(0, length).filter(i -> seen[0][i]).allMatch(i -> nextB[i] < length);
      case "soon", "way" -> false;
      case "stays" -> {
        int[] nextNotC = next(seen[2], false);
        yield IntStream.range(0, length)
            .anyMatch(i -> seen[0][i] && nextNotC[i] > Math.min(i + n, length - 1));
      }
      default -> true;
    };
  }
}
