package org.rewlang.temporal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.rewlang.automata.AtomNames;
import org.rewlang.automata.Dialect;
import org.rewlang.automata.Formula;
import org.rewlang.automata.FormulaWriter;
import org.rewlang.engine.Engine;

/**
 * Verdicts of random formulas in programs against {@link Direct}, for any engine. A verdict is
 * final where no continuation has another truth: all short ones are tried, and many long ones.
 */
public final class VerdictCases {

  private static final int TOGETHER = 4;
  private static final int STEPS = 7;
  private static final int SIGNALS = 2;

  private VerdictCases() {}

  /** What is done between the steps of an episode: it must not matter. */
  private enum Between {
    NOTHING,
    /** The state is taken out, another episode goes on with the frame, the state is put back. */
    ANOTHER_EPISODE
  }

  /** The verdict in each step; gives how many were compared. */
  public static long verdicts(Engine engine, int programs) {
    long values = 0;
    for (int seed = 0; seed < programs; seed++) {
      Random random = new Random(seed);
      List<Logic> formulas = formulas(random);
      StringBuilder text = new StringBuilder("inputs { x0: real, x1: real }\nreward = x0\n");
      for (int i = 0; i < TOGETHER; i++) {
        text.append("formula f" + i + " = " + formulas.get(i).text() + "\n");
        text.append("metric yes" + i + " = satisfied(f" + i + ")\n");
        text.append("metric no" + i + " = violated(" + pasted(formulas.get(i), i) + ")\n");
      }
      TemporalCases.Running running = new TemporalCases.Running(engine, text.toString());
      for (Between between : Between.values()) {
        running.reset();
        double[][] word = word(random, formulas, STEPS);
        for (int t = 0; t < STEPS; t++) {
          boolean ends = t == STEPS - 1;
          running.step(word[t][0], word[t][1], ends ? 1 : 0);
          for (int i = 0; i < TOGETHER; i++) {
            Logic f = formulas.get(i);
            double[][] so = Arrays.copyOf(word, t + 1);
            boolean holds = Direct.holds(f, so, 0);
            boolean open = !ends && canChange(f, so, holds, random);
            String where = "seed " + seed + " step " + t + ": " + f.text();
            assertEquals(!open && holds ? 1 : 0, running.output("yes" + i), where);
            assertEquals(!open && !holds ? 1 : 0, running.output("no" + i), where);
            assertEquals(
                (holds ? 0 : 1) + (canChange(f, so, holds, random) ? 2 : 0),
                running.output("f" + i),
                where);
            values++;
          }
          if (between == Between.ANOTHER_EPISODE) {
            double[] state = running.frame.state.clone();
            running.reset();
            running.step(random.nextInt(5), random.nextInt(5), 0);
            System.arraycopy(state, 0, running.frame.state, 0, state.length);
          }
        }
      }
    }
    return values;
  }

  /** The formula as another tool writes it, where it can. */
  static String pasted(Logic f, int which) {
    List<Logic.Atom> atoms = new ArrayList<>();
    Formula formula = f.formula(atoms);
    AtomNames names = AtomNames.of(atoms.stream().map(Logic.Atom::text).toArray(String[]::new));
    Dialect dialect = Dialect.values()[which % Dialect.values().length];
    // What says nothing of later steps may be written without an operator that looks ahead.
    return dialect.write(formula, names) instanceof FormulaWriter.Written(String text)
            && dialect.read(text, new AtomNames()).orNull() instanceof Formula read
            && read.looksBackOnly() == formula.looksBackOnly()
        ? "ltl(\"" + text.replace("\"", "\\\"") + "\", dialect = \"" + dialect + "\")"
        : f.text();
  }

  /** Formulas that look ahead, of one or two operators within each other. */
  private static List<Logic> formulas(Random random) {
    List<Logic> formulas = new ArrayList<>();
    while (formulas.size() < TOGETHER) {
      RandomLogic logic = new RandomLogic(random, random.nextInt(3) == 0, true, 3);
      logic.mixed = true;
      Logic f = logic.formula(1 + random.nextInt(2));
      if (f.looksAhead() && signals(f).stream().allMatch(s -> s < SIGNALS)) {
        formulas.add(f);
      }
    }
    return formulas;
  }

  private static TreeSet<Integer> signals(Logic f) {
    List<Logic.Atom> atoms = new ArrayList<>();
    var unused = f.formula(atoms);
    TreeSet<Integer> signals = new TreeSet<>();
    atoms.forEach(a -> signals.add(a.signal()));
    return signals;
  }

  /** One value of a signal for each way in which the formulas' thresholds lie about it. */
  private static double[] values(List<Logic> formulas, int signal) {
    List<Logic.Atom> atoms = new ArrayList<>();
    formulas.forEach(
        f -> {
          var unused = f.formula(atoms);
        });
    TreeSet<Double> values = new TreeSet<>(List.of(-9.0));
    atoms.stream().filter(a -> a.signal() == signal).forEach(a -> values.add(a.than() + 0.5));
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[][] word(Random random, List<Logic> formulas, int length) {
    double[][] word = new double[length][SIGNALS];
    for (int s = 0; s < SIGNALS; s++) {
      double[] values = values(formulas, s);
      for (double[] step : word) {
        step[s] = values[random.nextInt(values.length)];
      }
    }
    return word;
  }

  private static boolean canChange(Logic f, double[][] word, boolean holds, Random random) {
    List<double[]> letters = new ArrayList<>();
    for (double a : values(List.of(f), 0)) {
      for (double b : values(List.of(f), 1)) {
        letters.add(new double[] {a, b});
      }
    }
    for (int length = 1; length <= 3; length++) {
      double[][] longer = Arrays.copyOf(word, word.length + length);
      if (anyChanges(f, longer, word.length, letters, holds)) {
        return true;
      }
    }
    for (int i = 0; i < 400; i++) {
      double[][] longer = Arrays.copyOf(word, word.length + 4 + random.nextInt(8));
      double[] often = letters.get(random.nextInt(letters.size()));
      for (int t = word.length; t < longer.length; t++) {
        longer[t] = random.nextInt(3) > 0 ? often : letters.get(random.nextInt(letters.size()));
      }
      if (Direct.holds(f, longer, 0) != holds) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyChanges(
      Logic f, double[][] word, int from, List<double[]> letters, boolean holds) {
    if (from == word.length) {
      return Direct.holds(f, word, 0) != holds;
    }
    for (double[] letter : letters) {
      word[from] = letter;
      if (anyChanges(f, word, from + 1, letters, holds)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Atoms that are unknown in some steps: the step fails where their truth would matter to a
   * continuation, and only there. Gives how many steps were compared.
   */
  public static long unknown(Engine engine, int programs) {
    long values = 0;
    long failed = 0;
    for (int seed = 0; seed < programs; seed++) {
      Random random = new Random(seed);
      Logic f = formulas(random).getFirst();
      String text =
          """
          inputs { a: real, b: real, known: bool }
          reward = a
          let x0 = a + 0 / (1 if known else 0)
          let x1 = b
          metric yes = satisfied(%s)
          """
              .formatted(f.text());
      TemporalCases.Running running = new TemporalCases.Running(engine, text);
      running.reset();
      double[][] word = word(random, List.of(f), STEPS);
      double[] wild = values(List.of(f), 0);
      for (int t = 0; t < STEPS; t++) {
        double[][] so = Arrays.copyOf(word, t + 1);
        boolean known = random.nextInt(3) > 0;
        boolean matters = !known && matters(f, so, wild, random);
        String where = "seed " + seed + " step " + t + ": " + f.text();
        assertEquals(!matters, running.steps(so[t][0], so[t][1], known ? 1 : 0, 0), where);
        if (matters) {
          // Nothing was committed: the step can be done again.
          assertTrue(running.steps(so[t][0], so[t][1], 1, 0), where);
          failed++;
        }
        boolean holds = Direct.holds(f, so, 0);
        boolean open = canChange(f, so, holds, random);
        assertEquals(!open && holds ? 1 : 0, running.output("yes"), where);
        values++;
      }
    }
    assertFalse(failed == 0);
    return values;
  }

  /** Whether the last value of the first signal changes the truth of some continuation. */
  private static boolean matters(Logic f, double[][] word, double[] wild, Random random) {
    int t = word.length - 1;
    double[][] other = word.clone();
    for (double value : wild) {
      other[t] = new double[] {value, word[t][1]};
      for (int i = 0; i < 500; i++) {
        double[][] more = word(random, List.of(f), i == 0 ? 0 : 1 + random.nextInt(7));
        double[][] one = Arrays.copyOf(word, word.length + more.length);
        double[][] two = Arrays.copyOf(other, word.length + more.length);
        System.arraycopy(more, 0, one, word.length, more.length);
        System.arraycopy(more, 0, two, word.length, more.length);
        if (Direct.holds(f, one, 0) != Direct.holds(f, two, 0)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Progress and potentials, by trying all continuations of each length. Formulas that need more
   * than a few steps are left out.
   */
  public static long progress(Engine engine, int programs) {
    long values = 0;
    for (int seed = 0; seed < programs; seed++) {
      Random random = new Random(seed);
      Logic f = formulas(random).getFirst();
      String text =
          """
          inputs { x0: real, x1: real }
          reward { none = 0 }
          formula f = %s
          metric way = progress(f)
          shape near = potential(f, discount = 0.5)
          shape far = potential(f, discount = 0.25, sign = -1)
          """
              .formatted(f.text());
      TemporalCases.Running running = new TemporalCases.Running(engine, text);
      running.reset();
      double[][] word = word(random, List.of(f), STEPS);
      int before = distance(f, new double[0][], random);
      for (int t = 0; t < STEPS; t++) {
        boolean ends = t == STEPS - 1;
        running.step(word[t][0], word[t][1], ends ? 1 : 0);
        int now = distance(f, Arrays.copyOf(word, t + 1), random);
        if (now <= LONGEST && before <= LONGEST) {
          String where = "seed " + seed + " step " + t + ": " + f.text();
          double after = ends ? 0 : 0.5 * worth(now, 0.5);
          assertEquals(after - worth(before, 0.5), running.output("near"), where);
          double negative = ends ? 0 : -0.25 * worth(now, 0.25);
          assertEquals(negative + worth(before, 0.25), running.output("far"), where);
          double way = running.output("way");
          assertEquals(now == 0, way == 1, where);
          assertTrue(now < 0 ? way == 0 : way >= 0 && way <= 1, where);
          assertTrue(now <= 0 || before <= 0 || way < 1, where);
          values++;
        }
        before = now;
      }
    }
    return values;
  }

  private static final int LONGEST = 3;

  private static double worth(int distance, double discount) {
    return distance < 0 ? 0 : Math.pow(discount, distance);
  }

  /**
   * How many steps at least satisfy; -1 if none do, more than {@link #LONGEST} if it isn't known.
   */
  private static int distance(Logic f, double[][] word, Random random) {
    List<double[]> letters = new ArrayList<>();
    for (double a : values(List.of(f), 0)) {
      for (double b : values(List.of(f), 1)) {
        letters.add(new double[] {a, b});
      }
    }
    if (word.length > 0 ? Direct.holds(f, word, 0) : ofNothing(f)) {
      return 0;
    }
    for (int length = 1; length <= LONGEST; length++) {
      double[][] longer = Arrays.copyOf(word, word.length + length);
      if (anyChanges(f, longer, word.length, letters, false)) {
        return length;
      }
    }
    return word.length > 0 && !canChange(f, word, false, random) ? -1 : LONGEST + 1;
  }

  /** Whether the word without letters satisfies: atoms and strong operators are false there. */
  private static boolean ofNothing(Logic f) {
    return switch (f) {
      case Logic.Not n -> !ofNothing(n.of());
      case Logic.And a -> ofNothing(a.left()) && ofNothing(a.right());
      case Logic.Or o -> ofNothing(o.left()) || ofNothing(o.right());
      case Logic.Implies m -> !ofNothing(m.left()) || ofNothing(m.right());
      case Logic.Shift s -> s.weak();
      case Logic.Always _, Logic.Historically _, Logic.WeakUntil _, Logic.Release _, Logic.Last _ ->
          true;
      case Logic.Atom _,
          Logic.Eventually _,
          Logic.Ever _,
          Logic.Until _,
          Logic.Since _,
          Logic.Then _ ->
          false;
    };
  }
}
