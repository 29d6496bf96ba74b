package org.rewlang.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rewlang.model.ReduceOp;
import org.rewlang.model.Term;

/** Windows against their definition: all values in them, gone through in every step. */
class SlidingTest {

  private static final int STEPS = 150;

  private static Term sliding(ReduceOp op, Term of, int from, int to) {
    return new Term.Sliding(op, of, from, to, of.type(), Kit.HERE);
  }

  @Test
  void numbers() {
    Random random = new Random(1);
    List<Integer> widths = new ArrayList<>(List.of(31, 32, 100, 101));
    for (int width = 1; width <= 17; width++) {
      widths.add(width);
    }
    for (int width : widths) {
      for (int from : new int[] {0, 1, 5}) {
        Kit kit = new Kit();
        Term x = kit.input("x", Kit.real(2));
        kit.metric("least", sliding(ReduceOp.MIN, x, from, from + width - 1));
        kit.metric("greatest", sliding(ReduceOp.MAX, x, from, from + width - 1));
        Program program = new Program(kit);
        for (int episode = 0; episode < 2; episode++) {
          program.end();
          double[][] values = new double[STEPS][2];
          for (int t = 0; t < STEPS; t++) {
            // Few different ones, zeros of both signs among them.
            values[t][0] = random.nextInt(5) == 0 ? -0.0 : random.nextInt(7) - 3;
            values[t][1] = random.nextGaussian();
            double[] out = program.step(values[t]);
            for (int e = 0; e < 2; e++) {
              double least = Double.NaN;
              double greatest = Double.NaN;
              for (int u = Math.max(0, t - from - width + 1); u <= t - from; u++) {
                least = Double.isNaN(least) ? values[u][e] : Math.min(least, values[u][e]);
                greatest = Double.isNaN(greatest) ? values[u][e] : Math.max(greatest, values[u][e]);
              }
              String where = "width " + width + " from " + from + " step " + t;
              assertEquals(least, out[e], where);
              assertEquals(greatest, out[2 + e], where);
            }
          }
        }
      }
    }
  }

  @Test
  void bools() {
    Random random = new Random(2);
    for (int width = 1; width <= 12; width++) {
      for (int from : new int[] {0, 1, 4}) {
        Kit kit = new Kit();
        Term p = kit.input("p", Kit.bool(2));
        kit.metric("any", sliding(ReduceOp.ANY, p, from, from + width - 1));
        kit.metric("all", sliding(ReduceOp.ALL, p, from, from + width - 1));
        Program program = new Program(kit);
        double[][] values = new double[STEPS][2];
        for (int t = 0; t < STEPS; t++) {
          values[t][0] = random.nextInt(6) == 0 ? 1 : 0;
          values[t][1] = random.nextInt(6) == 0 ? 0 : 1;
          double[] out = program.step(values[t]);
          for (int e = 0; e < 2; e++) {
            double any = 0;
            double all = 1;
            for (int u = Math.max(0, t - from - width + 1); u <= t - from; u++) {
              any = Math.max(any, values[u][e]);
              all = Math.min(all, values[u][e]);
            }
            assertEquals(any, out[e], "any " + from + " " + width + " step " + t);
            assertEquals(all, out[2 + e], "all " + from + " " + width + " step " + t);
          }
        }
      }
    }
  }

  /** The operations of a step don't grow with the window. */
  @Test
  void costs() {
    List<Long> operations = new ArrayList<>();
    for (int width : new int[] {10, 100, 1000, 1001}) {
      Kit kit = new Kit();
      Term x = kit.input("x", Kit.real());
      kit.metric("least", sliding(ReduceOp.MIN, x, 0, width - 1));
      operations.add(new Program(kit).facts().operations());
      Kit bool = new Kit();
      Term p = bool.input("p", Kit.bool());
      bool.metric("all", sliding(ReduceOp.ALL, p, 0, width - 1));
      Program program = new Program(bool);
      assertTrue(program.facts().operations() <= 8, program::text);
      assertTrue(program.state().length == 1, program::text);
    }
    assertTrue(operations.stream().allMatch(n -> n <= 35), operations.toString());
  }
}
