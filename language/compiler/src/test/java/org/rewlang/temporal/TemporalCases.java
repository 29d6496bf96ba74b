package org.rewlang.temporal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.rewlang.check.Loader;
import org.rewlang.compile.Compilation;
import org.rewlang.compile.Compiler;
import org.rewlang.core.CoreProgram;
import org.rewlang.engine.Engine;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.engine.Layout;
import org.rewlang.source.Source;

/** Random formulas in programs against {@link Direct}, for any engine. */
public final class TemporalCases {

  private static final int TOGETHER = 10;

  private TemporalCases() {}

  /** Formulas that look back, as bools of each step. */
  public static long past(Engine engine, int programs) {
    long values = 0;
    for (int seed = 0; seed < programs; seed++) {
      Random random = new Random(seed);
      RandomLogic logic = new RandomLogic(random, true, false, 7);
      List<Logic> formulas = new ArrayList<>();
      StringBuilder text = new StringBuilder(inputs());
      for (int i = 0; i < TOGETHER; i++) {
        formulas.add(logic.formula(1 + random.nextInt(3)));
        String as = i % 2 == 0 ? formulas.get(i).text() : VerdictCases.pasted(formulas.get(i), i);
        text.append("metric m" + i + " = " + as + "\n");
      }
      Running running = new Running(engine, text.toString());
      for (int episode = 0; episode < 2; episode++) {
        running.reset();
        double[][] word = logic.word(30);
        for (int t = 0; t < word.length; t++) {
          running.step(word[t]);
          for (int i = 0; i < TOGETHER; i++) {
            String where = "seed " + seed + " step " + t + ": " + formulas.get(i).text();
            assertEquals(
                Direct.holds(formulas.get(i), word, t) ? 1 : 0, running.output("m" + i), where);
            values++;
          }
        }
      }
    }
    return values;
  }

  /** The robustness of the word so far, in each step. */
  public static long robustness(Engine engine, int programs) {
    long values = 0;
    for (int seed = 0; seed < programs; seed++) {
      Random random = new Random(seed);
      boolean past = random.nextBoolean();
      boolean future = !past || random.nextInt(4) > 0;
      RandomLogic logic = new RandomLogic(random, past, future, 1 + random.nextInt(8));
      List<Logic> formulas = new ArrayList<>();
      StringBuilder text = new StringBuilder(inputs());
      for (int i = 0; i < TOGETHER; i++) {
        formulas.add(logic.formula(random.nextInt(4)));
        text.append("metric m" + i + " = robustness(x0 > 0 or " + formulas.get(i).text() + ")\n");
      }
      Running running = new Running(engine, text.toString());
      for (int episode = 0; episode < 2; episode++) {
        running.reset();
        double[][] word = logic.word(20);
        for (int t = 0; t < word.length; t++) {
          running.step(word[t]);
          for (int i = 0; i < TOGETHER; i++) {
            Logic f = new Logic.Or(new Logic.Atom(0, 0), formulas.get(i));
            double[][] so = Arrays.copyOf(word, t + 1);
            String where = "seed " + seed + " step " + t + ": " + f.text();
            double expected = Direct.robustness(f, so, f.looksAhead() ? 0 : t);
            assertEquals(expected, running.output("m" + i), where);
            values++;
          }
        }
      }
    }
    return values;
  }

  /** The same with softmin and softmax, of the formulas that can be kept so. */
  public static long smooth(Engine engine, int programs) {
    long values = 0;
    for (int seed = 0; seed < programs; seed++) {
      Random random = new Random(seed);
      boolean past = random.nextBoolean();
      RandomLogic logic = new RandomLogic(random, past, true, 1 + random.nextInt(8));
      double beta = 0.25 + 4 * random.nextDouble();
      List<Logic> formulas = new ArrayList<>();
      StringBuilder text = new StringBuilder(inputs());
      while (formulas.size() < TOGETHER) {
        Logic f = new Logic.Or(new Logic.Atom(0, 0), logic.formula(random.nextInt(4)));
        boolean keeps =
            Plan.of(new Network(false), f.formula(new ArrayList<>())) instanceof Plan.Made;
        // A `since` is refused, also where its window makes it trivial.
        if (keeps && !f.text().contains("since")) {
          text.append("metric m" + formulas.size() + " = smooth_robustness(");
          text.append(f.text() + ", beta = " + beta + ")\n");
          formulas.add(f);
        }
      }
      Running running = new Running(engine, text.toString());
      for (int episode = 0; episode < 2; episode++) {
        running.reset();
        double[][] word = logic.word(20);
        for (int t = 0; t < word.length; t++) {
          running.step(word[t]);
          for (int i = 0; i < TOGETHER; i++) {
            Logic f = formulas.get(i);
            double[][] so = Arrays.copyOf(word, t + 1);
            String where = "seed " + seed + " step " + t + " beta " + beta + ": " + f.text();
            double expected = Direct.smooth(f, so, f.looksAhead() ? 0 : t, beta);
            assertEquals(expected, running.output("m" + i), 1e-9, where);
            values++;
          }
        }
      }
    }
    return values;
  }

  static String inputs() {
    StringBuilder text = new StringBuilder("inputs {\n");
    for (int i = 0; i < RandomLogic.SIGNALS; i++) {
      text.append("  x" + i + ": real\n");
    }
    return text.append("}\nreward = x0\n").toString();
  }

  /** A program on an engine. */
  static final class Running {
    final CoreProgram core;
    private final Evaluator evaluator;
    private final Layout layout;
    final Frame frame;

    Running(Engine engine, String text) {
      Compilation compiled = Compiler.compile(Source.of("test.rew", text), Loader.NONE);
      CoreProgram program = compiled.core();
      assertNotNull(program, () -> text + compiled.diagnostics());
      core = program;
      evaluator = engine.prepare(core);
      layout = evaluator.layout();
      frame = evaluator.newFrame(layout.defaultParams());
    }

    void reset() {
      layout.reset(frame.state);
    }

    void step(double... inputs) {
      assertTrue(steps(inputs));
    }

    /** Whether the step can be done; if not, nothing changes. Inputs that aren't there are left. */
    boolean steps(double... inputs) {
      int width = Math.min(inputs.length, frame.inputs.length);
      System.arraycopy(inputs, 0, frame.inputs, 0, width);
      Arrays.fill(frame.present, true);
      return evaluator.step(frame) == Evaluator.OK;
    }

    double output(String name) {
      for (int i = 0; i < core.outputs().size(); i++) {
        if (core.outputs().get(i).name().equals(name)) {
          return frame.outputs[layout.output(i)];
        }
      }
      throw new AssertionError("no output " + name);
    }
  }
}
