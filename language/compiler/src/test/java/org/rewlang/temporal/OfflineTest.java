package org.rewlang.temporal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rewlang.automata.Formula;
import org.rewlang.automata.Formula.Connective;
import org.rewlang.automata.Formula.Operator;
import org.rewlang.automata.Formula.Window;

/** Robustness at every position of a word: published values, and the definitions. */
class OfflineTest {

  private static final double INF = Double.POSITIVE_INFINITY;

  private static double[] robustness(Formula formula, double[]... signals) {
    Network network = new Network(true);
    int root = network.add(formula);
    return Offline.robustness(network, root, Algebra.EXACT, signals, signals[0].length);
  }

  private static Formula unary(Operator op, int from, int to, Formula of) {
    return new Formula.Unary(op, new Window(from, to), of);
  }

  private static Formula until(int from, int to) {
    return new Formula.Binary(
        Connective.UNTIL, new Window(from, to), Formula.atom(0), Formula.atom(1));
  }

  /** rtamt's own tests, test_stl_discrete_time_offline_specification.py at 5e30b7b. */
  @Test
  void published() {
    double[] req = {100, -1, -2, 5, -1};
    double[] gnt = {20, -2, 10, 4, -1};
    Formula r = Formula.atom(0);
    Formula g = Formula.atom(1);
    assertArrayEquals(new double[] {20, -2, -2, 4, -1}, robustness(Formula.and(r, g), req, gnt));
    assertArrayEquals(new double[] {100, -1, 10, 5, -1}, robustness(Formula.or(r, g), req, gnt));
    assertArrayEquals(new double[] {20, 1, 10, 4, 1}, robustness(Formula.implies(r, g), req, gnt));
    assertArrayEquals(new double[] {-2, -2, -2, -1, -1}, robustness(Formula.always(r), req));
    assertArrayEquals(
        new double[] {-1, -2, -2, -1, -1}, robustness(unary(Operator.ALWAYS, 0, 1, r), req));
    assertArrayEquals(
        new double[] {100, -1, 5, 5, -1}, robustness(unary(Operator.EVENTUALLY, 0, 1, r), req));
    double[] both = {20, -1, 10, 4, -1};
    assertArrayEquals(both, robustness(Formula.until(r, g), req, gnt));
    assertArrayEquals(both, robustness(until(0, 1), req, gnt));
    assertArrayEquals(
        new double[] {100, 100, -1, 5, 5}, robustness(unary(Operator.ONCE, 0, 1, r), req));
    assertArrayEquals(
        new double[] {100, -1, -2, -2, -1}, robustness(unary(Operator.HISTORICALLY, 0, 1, r), req));
    assertArrayEquals(
        new double[] {INF, 100, -1, -2, 5},
        robustness(new Formula.Unary(Operator.WEAK_YESTERDAY, r), req));
    assertArrayEquals(new double[] {-1, -2, 5, -1, INF}, robustness(Formula.weakNext(r), req));
  }

  @Test
  void clippedWindows() {
    double[] x = {1, 3, -2, 4, 0, 5, 2};
    double[] y = {0, 1, -1, 2, 3, -4, 1};
    Formula p = Formula.atom(0);
    assertArrayEquals(
        new double[] {-2, -2, -2, 0, 0, 2, 2}, robustness(unary(Operator.ALWAYS, 0, 2, p), x));
    assertArrayEquals(
        new double[] {4, 4, 5, 5, 5, 2, -INF}, robustness(unary(Operator.EVENTUALLY, 1, 3, p), x));
    assertArrayEquals(new double[] {1, 1, -1, 3, 3, 1, 1}, robustness(until(0, 3), x, y));
    assertArrayEquals(
        new double[] {1, 0, 2, 2, 2, 2, 2},
        robustness(unary(Operator.EVENTUALLY, 0, 3, unary(Operator.ALWAYS, 0, 1, p)), x));
  }

  @Test
  void definitions() {
    for (int seed = 0; seed < 4000; seed++) {
      Random random = new Random(seed);
      RandomLogic logic = new RandomLogic(random, true, true, 1 + random.nextInt(9));
      logic.mixed = true;
      Logic formula = logic.formula(1 + random.nextInt(4));
      double[][] word = logic.word(1 + random.nextInt(15));
      double[] values = offline(formula, word, Algebra.EXACT);
      for (int i = 0; i < word.length; i++) {
        assertEquals(
            Direct.robustness(formula, word, i), values[i], "seed " + seed + ": " + formula.text());
      }
    }
  }

  @Test
  void softly() {
    // Published: softmin of 1, 3, -2 with beta 1 and 10.
    Network network = new Network(false);
    int root = network.add(Formula.always(Formula.atom(0)));
    double[][] signal = {{1, 3, -2}};
    double[] one = Offline.robustness(network, root, new Algebra.Soft(1), signal, 3);
    assertEquals(-2.0549852354, one[0], 1e-10);
    double[] ten = Offline.robustness(network, root, new Algebra.Soft(10), signal, 3);
    assertEquals(-2.0000000000, ten[0], 1e-10);
    for (int seed = 0; seed < 4000; seed++) {
      Random random = new Random(seed);
      RandomLogic logic = new RandomLogic(random, true, true, 1 + random.nextInt(9));
      logic.mixed = true;
      Logic formula = logic.formula(1 + random.nextInt(4));
      double[][] word = logic.word(1 + random.nextInt(15));
      double beta = 0.25 + 4 * random.nextDouble();
      double[] values = offline(formula, word, new Algebra.Soft(beta));
      for (int i = 0; i < word.length; i++) {
        double expected = Direct.smooth(formula, word, i, beta);
        assertEquals(expected, values[i], 1e-9, "seed " + seed + ": " + formula.text());
      }
    }
  }

  private static double[] offline(Logic formula, double[][] word, Algebra algebra) {
    List<Logic.Atom> atoms = new ArrayList<>();
    Formula made = formula.formula(atoms);
    double[][] distances = new double[atoms.size()][word.length];
    for (int a = 0; a < atoms.size(); a++) {
      for (int i = 0; i < word.length; i++) {
        distances[a][i] = word[i][atoms.get(a).signal()] - atoms.get(a).than();
      }
    }
    Network network = new Network(algebra instanceof Algebra.Exact);
    return Offline.robustness(network, network.add(made), algebra, distances, word.length);
  }
}
