package org.rewlang;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rewlang.diagnostic.Code;
import org.rewlang.temporal.RtamtCases;

/** Robustness of traces that are there as a whole. */
class SpecificationTest {

  private static final double INF = Double.POSITIVE_INFINITY;

  @Test
  void asRtamtSays() throws IOException {
    int cases = 0;
    for (RtamtCases.Case one : RtamtCases.recorded()) {
      Map<String, double[]> trace = new HashMap<>();
      for (int s = 0; s < 3; s++) {
        int signal = s;
        trace.put(
            String.valueOf("abc".charAt(s)),
            Arrays.stream(one.signals()).mapToDouble(step -> step[signal]).toArray());
      }
      double[] values = Specification.of(one.formula(), "rtamt").robustness(trace);
      for (int i = 0; i < values.length; i++) {
        assertEquals(one.expected()[i] + 0.0, values[i] + 0.0, one.formula() + " at " + i);
      }
      cases++;
    }
    assertEquals(400, cases);
  }

  @Test
  void signalsOfBoolsAndNumbers() {
    Specification s = Specification.of("G(\"door/open\" -> speed.x < 2) & F(speed.x > 1)");
    assertEquals(Set.of("door/open", "speed.x"), s.signals());
    Map<String, double[]> trace =
        Map.of("door/open", new double[] {1, 0, 1}, "speed.x", new double[] {0.5, 9, 1.25});
    // min(max(-inf, 1.5), max(inf, -7), max(-inf, 0.75)) = 0.75; and the same from later steps on.
    assertArrayEquals(new double[] {0.75, 0.75, 0.25}, s.robustness(trace));
    assertArrayEquals(
        new double[0], s.robustness(Map.of("door/open", new double[0], "speed.x", new double[0])));
  }

  @Test
  void softly() {
    // -log(e^-1 + e^-3 + e^2) of 1, 3, -2, as published; one value is itself.
    Map<String, double[]> trace = Map.of("x", new double[] {1, 3, -2});
    double[] soft = Specification.of("always(x > 0)").smoothRobustness(trace, 1);
    assertEquals(-2.0549852354, soft[0], 1e-10);
    assertEquals(-2, soft[2]);
    double[] sharp = Specification.of("always(x > 0)").smoothRobustness(trace, 10);
    assertEquals(-2.0000000000, sharp[0], 1e-10);
    assertArrayEquals(
        new double[] {INF, INF, INF},
        Specification.of("always[3, 5](x > 0)").smoothRobustness(trace, 1));
  }

  @Test
  void whateverTheWindows() {
    double[] x = new double[1_000_000];
    Arrays.setAll(x, i -> (i * 7919L) % 1_000_003);
    double[] values =
        assertTimeout(
            Duration.ofSeconds(20),
            () ->
                Specification.of("G[0,300000] F[0,200000] (x > 10 until[5,500000] x > 3)")
                    .robustness(Map.of("x", x)));
    // Where five steps later there is none, no step is a witness.
    assertEquals(-INF, values[x.length - 1]);
  }

  @Test
  void badUse() {
    Map<String, double[]> x = Map.of("x", new double[] {1, -2});
    RewardCompileException unread =
        assertThrows(RewardCompileException.class, () -> Specification.of("always(x >"));
    assertEquals(Code.BAD_FORMULA, unread.diagnostics().getFirst().code());
    assertThrows(RewardCompileException.class, () -> Specification.of("F(no_such(x) > 1)"));
    assertThrows(IllegalArgumentException.class, () -> Specification.of("F a", "owl"));
    Specification s = Specification.of("F(x > 1 and y > 1)");
    NullPointerException lacks = assertThrows(NullPointerException.class, () -> s.robustness(x));
    assertTrue(String.valueOf(lacks.getMessage()).contains("`y`"), lacks.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> s.robustness(Map.of("x", new double[2], "y", new double[3])));
    assertThrows(
        IllegalArgumentException.class, () -> Specification.of("F(x > 1)").smoothRobustness(x, 0));
    RewardEvaluationException undefined =
        assertThrows(
            RewardEvaluationException.class, () -> Specification.of("F(log(x) > 1)").robustness(x));
    assertTrue(
        undefined.getMessage().contains("position 1: `log(x) > 1` is undefined"),
        undefined.getMessage());
    RewardEvaluationException bad =
        assertThrows(
            RewardEvaluationException.class,
            () -> Specification.of("F(x > 1)").robustness(Map.of("x", new double[] {Double.NaN})));
    assertTrue(bad.getMessage().contains("position 0: `x` is NaN"), bad.getMessage());
  }
}
