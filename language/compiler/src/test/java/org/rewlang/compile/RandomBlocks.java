package org.rewlang.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.rewlang.check.Loader;
import org.rewlang.core.Output;
import org.rewlang.engine.Engine;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.engine.Layout;
import org.rewlang.source.Source;

/**
 * Random trees of reward blocks, run and compared with a second reading of what blocks mean: {@link
 * Tree} knows nothing of terms, cores and masks, only which items take part and what is made of
 * them.
 */
public final class RandomBlocks {

  private static final int STEPS = 24;
  private static final int REALS = 4;
  private static final int BOOLS = 5;

  /** How often something worth seeing was seen. */
  public static final class Report {
    public int steps;
    public int failures;
    public int overridden;
    public int closed;
    public int sums;
    public int products;
  }

  private final Tree tree;
  private final String text;
  private final Evaluator evaluator;
  private final Layout layout;
  private final Frame frame;
  private final Random random;
  private final Report report;

  private RandomBlocks(long seed, Engine engine, Report report) {
    random = new Random(seed);
    tree = Tree.random(random, REALS, BOOLS);
    text = tree.program();
    this.report = report;
    Compilation compiled = Compiler.compile(Source.of("tree.rew", text), Loader.NONE);
    assertNotNull(compiled.core(), () -> text + compiled.diagnostics());
    evaluator = engine.prepare(compiled.core());
    layout = evaluator.layout();
    frame = evaluator.newFrame(layout.defaultParams());
  }

  /** Runs the trees of the seeds from {@code from} on, below {@code to}. */
  public static Report check(Engine engine, long from, long to) {
    Report report = new Report();
    for (long seed = from; seed < to; seed++) {
      new RandomBlocks(seed, engine, report).run();
    }
    return report;
  }

  private void run() {
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(9) == 0) {
        layout.reset(frame.state);
        tree.reset();
      }
      double[] x = new double[REALS];
      for (int i = 0; i < REALS; i++) {
        x[i] = random.nextInt(3) > 0 ? random.nextDouble() : random.nextInt(-8, 9) / 4.0;
      }
      boolean[] b = new boolean[BOOLS];
      for (int i = 0; i < BOOLS; i++) {
        b[i] = random.nextInt(5) < 2;
      }
      boolean end = random.nextInt(5) == 0;
      System.arraycopy(x, 0, frame.inputs, 0, REALS);
      for (int i = 0; i < BOOLS; i++) {
        frame.inputs[REALS + i] = b[i] ? 1 : 0;
      }
      if (frame.inputs.length > REALS + BOOLS) {
        Arrays.fill(frame.inputs, REALS + BOOLS, frame.inputs.length, 0);
        frame.inputs[REALS + BOOLS] = end ? 1 : 0;
      }
      step("step " + step + " x " + Arrays.toString(x) + " b " + Arrays.toString(b), x, b, end);
    }
  }

  private void step(String where, double[] x, boolean[] b, boolean end) {
    Map<String, Double> expected = tree.step(x, b, end);
    int failed = evaluator.step(frame);
    report.steps++;
    if (expected == null) {
      assertTrue(failed != Evaluator.OK, () -> "should fail: " + where + "\n" + text);
      report.failures++;
      return;
    }
    assertEquals(Evaluator.OK, failed, () -> where + "\n" + text + expected);
    tree.commit();
    Map<String, Double> actual = new LinkedHashMap<>();
    List<Output> outputs = layout.program().outputs();
    for (int i = 0; i < outputs.size(); i++) {
      String name = outputs.get(i).name();
      actual.put(name.isEmpty() ? "total" : name, frame.outputs[layout.output(i)]);
    }
    String said = where + "\n" + text + "expected " + expected + "\nactual   " + actual;
    assertEquals(expected.keySet(), actual.keySet(), said);
    expected.forEach(
        (name, value) -> assertEquals(value, actual.get(name), tolerance(value), name + said));
    laws(actual, said);
  }

  private static double tolerance(double value) {
    return Double.isFinite(value) ? 1e-9 * Math.max(1, Math.abs(value)) : 1e-9;
  }

  /** What the log alone shows, to the last bit. */
  private void laws(Map<String, Double> actual, String said) {
    for (Tree.Seen seen : tree.seen()) {
      double whole = actual.get(seen.name());
      List<Double> parts = new ArrayList<>();
      seen.items().forEach(item -> parts.add(actual.get(item)));
      if (seen.winner() != null) {
        report.overridden++;
        // In a sum, -0 becomes 0.
        assertEquals(whole + 0.0, actual.get(seen.winner()) + 0.0, seen.name() + said);
        for (String item : seen.items()) {
          if (!item.equals(seen.winner())) {
            assertEquals(seen.neutral(), actual.get(item), item + said);
          }
        }
      }
      for (String item : seen.closed()) {
        report.closed++;
        assertEquals(seen.neutral(), actual.get(item), item + said);
      }
      if (seen.neutral() == 0) {
        report.sums++;
        assertEquals(parts.stream().reduce(Double::sum).orElse(0.0), whole, seen.name() + said);
      } else if (seen.kind().equals("product")) {
        report.products++;
        assertEquals(parts.stream().reduce((p, q) -> p * q).orElse(1.0), whole, seen.name() + said);
      }
    }
  }
}
