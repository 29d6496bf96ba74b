package org.rewlang.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.rewlang.check.Loader;
import org.rewlang.compile.Compilation;
import org.rewlang.compile.Compiler;
import org.rewlang.model.Definition;
import org.rewlang.model.Interval;
import org.rewlang.model.Model;
import org.rewlang.model.Result;
import org.rewlang.model.Term;
import org.rewlang.source.Source;

/** Ranges by hand: not only sound, but as tight as a person would say. */
class RangesTest {

  private static final double INF = Double.POSITIVE_INFINITY;

  private static final class Known {
    private final Model model;
    private final Ranges ranges;

    Known(String text) {
      Compilation compiled = Compiler.compile(Source.of("t.rew", text), Loader.NONE);
      assertNotNull(compiled.model(), () -> text + compiled.diagnostics());
      model = compiled.model();
      ranges = compiled.ranges();
    }

    private Term term(String name) {
      for (Result result : model.results()) {
        if (result.name().equals(name)) {
          return result.value();
        }
      }
      for (Definition definition : model.definitions()) {
        if (definition.name().equals(name)) {
          return definition.value();
        }
      }
      throw new AssertionError("no " + name);
    }

    void is(String name, double low, double high) {
      Interval interval = ranges.interval(term(name));
      assertEquals(low, interval.low() + 0.0, Math.ulp(low) * 4, name + " " + interval);
      assertEquals(high, interval.high() + 0.0, Math.ulp(high) * 4, name + " " + interval);
    }

    void defined(String... names) {
      for (String name : names) {
        assertFalse(ranges.mayBeUndefined(term(name)), name + " " + ranges.fact(term(name)));
      }
    }

    void open(String... names) {
      for (String name : names) {
        assertTrue(ranges.mayBeUndefined(term(name)), name + " " + ranges.fact(term(name)));
      }
    }
  }

  private static Known metrics(String inputs, String... metrics) {
    StringBuilder text = new StringBuilder("inputs { " + inputs + " }\n");
    for (int i = 0; i < metrics.length; i++) {
      text.append("metric m").append(i).append(" = ").append(metrics[i]).append('\n');
    }
    return new Known(text.toString());
  }

  @Test
  void componentsOfPickPlace() {
    Known known =
        new Known(
            """
            inputs {
              hand:    real[3]<m>
              cube:    real[3]<m>
              opening: real in 0..1
              action:  real[8] in -1..1
            }
            param reach_scale = 10 <1/m> in 1..100
            let reach = norm(hand - cube)
            event grasped = opening < 0.3 and reach < 2 cm
            reward {
              approach = exp(-reach_scale * reach)
              lift     = 2 * clamp(cube.z / 20 cm, 0, 1)   when grasped
              bonus    = 10                                once grasped
              effort   = -0.01 * sum(action ** 2)
            }
            """);
    known.is("approach", 0, 1);
    known.is("lift", 0, 2);
    known.is("bonus", 0, 10);
    known.is("effort", -0.08, 0);
    known.is("reach", 0, INF);
    known.is("", -0.08, 13);
    known.defined("approach", "lift", "bonus", "effort", "");
  }

  @Test
  void arithmetic() {
    Known known =
        metrics(
            "a: real in -2..3, b: real in 1..4, u: real in 0..1, w: real",
            "a + b",
            "a * b",
            "a / b",
            "a * a",
            "a - a",
            "a ** 2",
            "abs(a)",
            "min(a, b)",
            "max(a, b)",
            "1 / u",
            "w * w",
            "sin(w)",
            "sin(u)",
            "atan2(a, b)",
            "tanh(u)",
            "sqrt(u)",
            "u ** 0.5",
            "floor(a)",
            "log(b)");
    known.is("m0", -1, 7);
    known.is("m1", -8, 12);
    known.is("m2", -2, 3);
    known.is("m3", 0, 9);
    known.is("m4", 0, 0);
    known.is("m5", 0, 9);
    known.is("m6", 0, 3);
    known.is("m7", -2, 3);
    known.is("m8", 1, 4);
    known.is("m9", 1, INF);
    known.is("m10", 0, INF);
    known.is("m11", -1, 1);
    known.is("m12", 0, Math.sin(1));
    known.is("m13", -Math.PI / 2, Math.PI / 2);
    known.is("m14", 0, Math.tanh(1));
    known.is("m15", 0, 1);
    known.is("m16", 0, 1);
    known.is("m17", -2, 3);
    known.is("m18", 0, Math.log(4));
    known.defined("m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m11", "m15", "m18");
    known.open("m9", "m10");
  }

  @Test
  void whatAConditionSays() {
    Known known =
        metrics(
            "a: real in 0..1, b: real in 0..2, v: real[3] in -1..1, i: int in 0..9",
            "a / b if b > 0.5 else 0",
            "a / b if b != 0 else 0",
            "log(a) if a > 0.25 and b > 1 else 0",
            "0 if b < 0.5 else a / b",
            "1 / norm(v) if norm(v) > 0.5 else 0",
            "v[i] if i < 3 else 0",
            "b if b < 1 else 1",
            "1 / a if not (a <= 0.5) else 2",
            "a / b ?? 3",
            "1 if b > 0.5 and a / b > 3 else 0",
            "sum(1 / x if x > 0.5 else 0 for x in v)");
    known.is("m0", 0, 2);
    known.is("m2", Math.log(0.25), 0);
    known.is("m3", 0, 2);
    known.is("m4", 0, 2);
    known.is("m5", -1, 1);
    known.is("m6", 0, 1);
    known.is("m7", 1, 2);
    known.is("m8", 0, INF);
    known.is("m10", 0, 6);
    known.defined("m0", "m2", "m3", "m4", "m5", "m7", "m8", "m9", "m10");
  }

  @Test
  void whatIsKept() {
    Known known =
        new Known(
            """
            step lasts 0.5 s
            inputs { u: real in 0..1, e: bool, x: real in -1..1 }
            let timer = prev(timer, initially = 0 s) + dt if e else 0 s
            let capped = min(prev(capped, initially = 0) + u, 5)
            let decayed = 0.5 * prev(decayed, initially = 0) + x
            metric last = prev(u, initially = 0.5)
            metric total = sum(u over past)
            metric most = max(x over past)
            metric mean = mean(u over last 4)
            metric some = max(x over past where e)
            metric after = steps_since(e)
            metric count = sum(1 over past)
            """);
    known.is("timer", 0, INF);
    known.is("capped", 0, 5);
    known.is("decayed", -2, 2);
    known.is("last", 0, 1);
    known.is("total", 0, INF);
    known.is("most", -1, 1);
    known.is("mean", 0, 1 + 5 * Math.ulp(1.0));
    known.is("some", -1, 1);
    known.defined("capped", "decayed", "last", "most", "mean");
    known.open("some", "after");
  }
}
