package org.rewlang.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.rewlang.core.CoreParser;
import org.rewlang.core.CoreProgram;
import org.rewlang.source.Source;

/** Exact operations on all pairs of numbers at which rounding, signs, ranges and NaN change. */
public final class Edges {

  private static final double[] NUMBERS = {
    0,
    -0.0,
    0.3,
    -0.3,
    0.5,
    -0.5,
    0.7,
    -0.7,
    1,
    -1,
    1.5,
    -1.5,
    2.5,
    -2.5,
    1e9,
    -1e9,
    2147483647.0,
    2147483648.0,
    2147483648.5,
    -2147483648.0,
    -2147483649.0,
    4503599627370495.5,
    4503599627370496.0,
    4503599627370497.0,
    -4503599627370495.5,
    9007199254740993.0,
    1e300,
    -1e300,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN
  };

  private static final CoreProgram PROGRAM =
      CoreParser.parse(
              Source.of(
                  "edges.core",
                  """
                  core edges clock step
                  in x f64 in y f64 in m f64[3]
                  out log neg = neg(x)
                  out log abs = abs(x)
                  out log sqrt = sqrt(x)
                  out log floor = floor(x)
                  out log rint = rint(x)
                  out log whole = ftoi(x)
                  out log add = add(x, y)
                  out log sub = sub(x, y)
                  out log mul = mul(x, y)
                  out log div = div(x, y)
                  out log min = min(x, y)
                  out log max = max(x, y)
                  out log lt = lt(x, y)
                  out log le = le(x, y)
                  out log eq = eq(x, y)
                  out log finite = finite(x)
                  out log least = min i<3 { yield m[i] }
                  out log sorted = sort(m)
                  out total t = select(le(x, y), x, y)
                  """))
          .orThrow();

  private Edges() {}

  /** All numbers. */
  public static double[] numbers() {
    return NUMBERS.clone();
  }

  /** Checks that an engine does with each pair what Java does. */
  public static void check(Engine engine) {
    Evaluator evaluator = engine.prepare(PROGRAM);
    Frame frame = evaluator.newFrame(new double[0]);
    for (double x : NUMBERS) {
      for (double y : NUMBERS) {
        double[] m = {y, x, -x};
        frame.inputs[0] = x;
        frame.inputs[1] = y;
        System.arraycopy(m, 0, frame.inputs, 2, 3);
        assertEquals(Evaluator.OK, evaluator.step(frame));
        double least = Math.min(Math.min(y, x), -x);
        Arrays.sort(m);
        double[] expected = {
          -x,
          Math.abs(x),
          Math.sqrt(x),
          Math.floor(x),
          Math.rint(x),
          (int) x,
          x + y,
          x - y,
          x * y,
          x / y,
          Math.min(x, y),
          Math.max(x, y),
          x < y ? 1 : 0,
          x <= y ? 1 : 0,
          x == y ? 1 : 0,
          Double.isFinite(x) ? 1 : 0,
          least,
          m[0],
          m[1],
          m[2],
          x <= y ? x : y
        };
        // Zeros of two signs are two numbers; NaN equals itself.
        assertArrayEquals(expected, frame.outputs, () -> x + ", " + y);
      }
    }
  }
}
