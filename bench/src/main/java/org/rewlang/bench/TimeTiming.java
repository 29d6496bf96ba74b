package org.rewlang.bench;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.rewlang.Episode;
import org.rewlang.RewardEngine;

/**
 * Times a step of programs with formulas and machines through the public API: for each line of
 * standard input one short round of each, in nanoseconds of processor time, as {@code name=value}.
 * {@code src/main/python/time_steps.py} runs it beside RTAMT, by turns.
 */
public final class TimeTiming {

  private static final int STEPS = 100_000;
  private static final int ROWS = 1 << 12;
  private static final String INPUTS = "inputs { x: real  a: bool  b: bool }\n";

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private TimeTiming() {}

  public static void main(String[] args) throws IOException {
    Map<String, Episode> subjects = new LinkedHashMap<>();
    programs().forEach((name, text) -> subjects.put(name, episode(args[0], text)));
    double[][] rows = rows();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (in.readLine() != null) {
      StringBuilder line = new StringBuilder();
      subjects.forEach((name, episode) -> line.append(round(name, episode, rows)).append(' '));
      System.out.println(line);
    }
  }

  private static Episode episode(String engine, String text) {
    Episode episode = RewardEngine.create(engine).compile("time.rew", text).newEpisode();
    episode.reset();
    return episode;
  }

  private static double[][] rows() {
    Random random = new Random(7);
    double[][] rows = new double[ROWS][];
    for (int r = 0; r < ROWS; r++) {
      rows[r] = new double[] {random.nextGaussian(), random.nextInt(2), random.nextInt(2)};
    }
    return rows;
  }

  private static String round(String name, Episode episode, double[][] rows) {
    double sum = 0;
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long start = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < STEPS; i++) {
      sum += episode.step(rows[i & (ROWS - 1)]);
    }
    long end = THREADS.getCurrentThreadCpuTime();
    bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
    if (Double.isNaN(sum)) {
      throw new IllegalStateException(name);
    }
    return name + "=" + (end - start) / (double) STEPS + ":" + bytes / (double) STEPS;
  }

  /** A chain of states, one step at a time, and back. */
  private static String machine(String name, int states) {
    return "machine "
        + name
        + " {\n  initial s0\n"
        + IntStream.range(0, states)
            .mapToObj(
                i ->
                    "  s%d -> s%d when a reward 1\n  s%d -> s0 when b and not a and x > 3\n"
                        .formatted(i, (i + 1) % states, i))
            .collect(Collectors.joining())
        + "}\n";
  }

  private static Map<String, String> programs() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("nothing", INPUTS + "reward = x\n");
    for (int n : new int[] {10, 100, 1_000}) {
      String p = "historically[0, " + n + "](x > 0)";
      all.put("robustness-" + n, INPUTS + "reward = clamp(robustness(" + p + "), -9, 9)\n");
      all.put("truth-" + n, INPUTS + "reward = 1 if " + p + " else 0\n");
    }
    for (int n : new int[] {3, 3_000}) {
      all.put("machine-" + n, INPUTS + machine("m", n) + "reward = m.reward\n");
    }
    all.put(
        "ten-formulas-three-machines",
        INPUTS
            + machine("m", 3)
            + machine("n", 30)
            + machine("o", 300)
            + """
            reward = m.reward + n.reward + o.reward
            metric f0 = robustness(always(x > -2))
            metric f1 = robustness(eventually(x > 2))
            metric f2 = robustness(always(x < 0 implies eventually[0, 5](x > 1)))
            metric f3 = robustness(eventually(always(x > 0)))
            metric f4 = robustness(x > -1 until x > 2)
            metric f5 = robustness(historically[0, 100](x > 0))
            metric f6 = ever[0, 20](a and b)
            metric f7 = (x > -2) since[0, 50] (a)
            metric f8 = robustness(always[0, 30](eventually[0, 10](x > 0)))
            metric f9 = smooth_robustness(always(x > 0), beta = 2)
            """);
    return all;
  }
}
