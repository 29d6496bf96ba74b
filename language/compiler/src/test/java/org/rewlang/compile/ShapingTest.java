package org.rewlang.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rewlang.analysis.Invariance;
import org.rewlang.check.Loader;
import org.rewlang.core.CoreProgram;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.engine.Layout;
import org.rewlang.interpret.Interpreter;
import org.rewlang.model.Shaping;
import org.rewlang.source.Source;

/** What shapes pay adds up: over T steps to γ^T Φ_T - Φ_0, with Φ_T = 0 where the episode ends. */
class ShapingTest {

  private static final String PROGRAM =
      """
      inputs { a: bool  b: bool  x: real in -5..5 }
      machine d {
        initial s
        counter n in 0..2
        s -> t when a reward 0.5 set n = n + 1
        t -> s when b after 2 reward -0.25
        t -> e when a and n >= 2 reward 3
        s: reward -0.125
        final e
      }
      machine each for c in [0, 1] { initial s  s -> t when x > c reward 1  t -> s when b reward -2 }
      reward { task = d.reward }
      shape one   = potential(d, discount = 0.9)
      shape all   = potential(each, discount = 0.9)
      shape other = potential(x ** 2, discount = 0.9, initially = 4)
      metric none = 0
      """;

  private static Compilation compile(String text) {
    Compilation compiled = Compiler.compile(Source.of("t.rew", text), Loader.NONE);
    assertNotNull(compiled.core(), () -> String.valueOf(compiled.diagnostics()));
    return compiled;
  }

  @Test
  void sumsTelescope() {
    CoreProgram core = compile(PROGRAM).core();
    Evaluator evaluator = new Interpreter().prepare(core);
    Layout layout = evaluator.layout();
    Random random = new Random(7);
    List<String> names = core.outputs().stream().map(o -> o.name()).toList();
    for (int episode = 0; episode < 200; episode++) {
      Frame frame = evaluator.newFrame(layout.defaultParams());
      layout.reset(frame.state);
      int steps = 1 + random.nextInt(20);
      double[] sums = new double[3];
      double weight = 1;
      for (int t = 0; t < steps; t++) {
        frame.inputs[0] = random.nextInt(2);
        frame.inputs[1] = random.nextInt(2);
        frame.inputs[2] = random.nextDouble() * 10 - 5;
        frame.inputs[3] = t == steps - 1 ? 1 : 0;
        assertEquals(Evaluator.OK, evaluator.step(frame));
        for (int k = 0; k < 3; k++) {
          String name = List.of("one", "all", "other").get(k);
          sums[k] += weight * frame.outputs[layout.output(names.indexOf(name))];
        }
        weight *= 0.9;
      }
      // -Φ_0, whatever was done: of the machines, what they are worth at the beginning.
      assertEquals(-first("d"), sums[0], 1e-9);
      assertEquals(-first("each"), sums[1], 1e-9);
      assertEquals(-16.0 / 4, sums[2], 1e-9);
    }
  }

  /** What a machine is worth at the beginning, by value iteration on what its rules say. */
  private static double first(String machine) {
    if (machine.equals("each")) {
      // Going round costs one more than it pays, so the best is to go once: 1 now, for each.
      return 2;
    }
    // States: s, or t held for h steps after the one in which it was entered, with n.
    double[][] s = new double[3][1];
    double[][] t = new double[3][2];
    for (int round = 0; round < 2000; round++) {
      double[][] s2 = new double[3][1];
      double[][] t2 = new double[3][2];
      for (int n = 0; n <= 2; n++) {
        int more = Math.min(2, n + 1);
        s2[n][0] = Math.max(0.5 + 0.9 * t[more][0], -0.125 + 0.9 * s[n][0]);
        for (int h = 0; h < 2; h++) {
          double best = 0.9 * t[n][1];
          if (h == 1) {
            best = Math.max(best, -0.25 - 0.125 + 0.9 * s[n][0]);
          }
          if (n >= 2) {
            best = Math.max(best, 3);
          }
          t2[n][h] = best;
        }
      }
      s = s2;
      t = t2;
    }
    return s[0][0];
  }

  @Test
  void theCertificateSaysWhatItRestsOn() {
    assertEquals(
        List.of(
            "true policy-invariant for learners that discount by 0.9",
            "true policy-invariant for learners that discount by 0.9",
            "false policy-invariant for learners that discount by 0.9, in episodes that terminate:"
                + " its potential has no bound",
            "false policy-invariant for learners that discount by 1, in episodes that terminate"),
        statements(
            """
            inputs { a: bool  x: real  y: real in 0..1 }
            machine d { initial s  s -> e when a reward 1  final e }
            reward = d.reward
            shape one   = potential(d, discount = 0.9)
            shape two   = potential(y, discount = 0.9)
            shape three = potential(x, discount = 0.9)
            shape four  = potential(y, discount = 1)
            """));
  }

  private static List<String> statements(String text) {
    Compilation compiled = compile(text);
    return compiled.model().shapings().stream()
        .map((Shaping s) -> Invariance.of(s, compiled.ranges()))
        .map(i -> i.certified() + " " + i.statement())
        .toList();
  }
}
