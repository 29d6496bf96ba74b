package org.rewlang.columns;

/**
 * Loops over columns, one for each operation: what the JVM makes vector instructions of. Columns of
 * truth values hold 0 and 1.
 */
final class Kernels {

  private Kernels() {}

  // Numbers.

  static void neg(double[] to, double[] x, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = -x[i];
    }
  }

  static void abs(double[] to, double[] x, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = Math.abs(x[i]);
    }
  }

  static void sqrt(double[] to, double[] x, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = Math.sqrt(x[i]);
    }
  }

  static void floor(double[] to, double[] x, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = Math.floor(x[i]);
    }
  }

  static void rint(double[] to, double[] x, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = Math.rint(x[i]);
    }
  }

  static void add(double[] to, double[] x, double[] y, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i] + y[i];
    }
  }

  static void sub(double[] to, double[] x, double[] y, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i] - y[i];
    }
  }

  static void mul(double[] to, double[] x, double[] y, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i] * y[i];
    }
  }

  static void div(double[] to, double[] x, double[] y, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i] / y[i];
    }
  }

  static void min(double[] to, double[] x, double[] y, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = Math.min(x[i], y[i]);
    }
  }

  static void max(double[] to, double[] x, double[] y, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = Math.max(x[i], y[i]);
    }
  }

  // Comparisons.

  static void lt(int[] to, double[] x, double[] y, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i] < y[i] ? 1 : 0;
    }
  }

  static void le(int[] to, double[] x, double[] y, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i] <= y[i] ? 1 : 0;
    }
  }

  static void eq(int[] to, double[] x, double[] y, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i] == y[i] ? 1 : 0;
    }
  }

  static void finite(int[] to, double[] x, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = Math.abs(x[i]) <= Double.MAX_VALUE ? 1 : 0;
    }
  }

  static void ieq(int[] to, int[] x, int[] y, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i] == y[i] ? 1 : 0;
    }
  }

  static void ilt(int[] to, int[] x, int[] y, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i] < y[i] ? 1 : 0;
    }
  }

  // Truth values and integers.

  static void and(int[] to, int[] x, int[] y, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i] & y[i];
    }
  }

  static void or(int[] to, int[] x, int[] y, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i] | y[i];
    }
  }

  static void xor(int[] to, int[] x, int[] y, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i] ^ y[i];
    }
  }

  static void not(int[] to, int[] x, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i] ^ 1;
    }
  }

  /** Where {@code x} holds and {@code y} does not. */
  static void andNot(int[] to, int[] x, int[] y, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i] & (y[i] ^ 1);
    }
  }

  static void iadd(int[] to, int[] x, int[] y, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i] + y[i];
    }
  }

  static void imul(int[] to, int[] x, int[] y, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i] * y[i];
    }
  }

  // Between kinds.

  static void toReal(double[] to, int[] x, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i];
    }
  }

  /** As a Java cast does. */
  static void toInt(int[] to, double[] x, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = (int) x[i];
    }
  }

  /** Of a truth value as memory holds it. */
  static void toTruth(int[] to, double[] x, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i] != 0 ? 1 : 0;
    }
  }

  // Choice. A processor can't foresee what rows choose: bits are blended, nothing branches.

  static void select(double[] to, int[] mask, double[] x, double[] y, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = blend(mask[i], x[i], y[i]);
    }
  }

  static void select(int[] to, int[] mask, int[] x, int[] y, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = y[i] ^ ((x[i] ^ y[i]) & -mask[i]);
    }
  }

  private static double blend(int mask, double x, double y) {
    long other = Double.doubleToRawLongBits(y);
    long keep = -(long) mask;
    return Double.longBitsToDouble(other ^ ((Double.doubleToRawLongBits(x) ^ other) & keep));
  }

  /** Whether any row is admitted. */
  static boolean any(int[] mask, int n) {
    int any = 0;
    for (int i = 0; i < n; i++) {
      any |= mask[i];
    }
    return any != 0;
  }

  // What reductions do in a round where the mask admits it.

  static void addWhere(double[] to, int[] mask, double[] x, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = blend(mask[i], to[i] + x[i], to[i]);
    }
  }

  static void mulWhere(double[] to, int[] mask, double[] x, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = blend(mask[i], to[i] * x[i], to[i]);
    }
  }

  static void minWhere(double[] to, int[] mask, double[] x, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = blend(mask[i], Math.min(to[i], x[i]), to[i]);
    }
  }

  static void maxWhere(double[] to, int[] mask, double[] x, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = blend(mask[i], Math.max(to[i], x[i]), to[i]);
    }
  }

  static void anyWhere(int[] to, int[] mask, int[] x, int n) {
    for (int i = 0; i < n; i++) {
      to[i] |= mask[i] & x[i];
    }
  }

  static void allWhere(int[] to, int[] mask, int[] x, int n) {
    for (int i = 0; i < n; i++) {
      to[i] &= (mask[i] ^ 1) | x[i];
    }
  }

  /** A reduction's result where any round was admitted; else it is undefined. */
  static void undefinedUnless(double[] to, int[] seen, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = blend(seen[i], to[i], Double.NaN);
    }
  }

  /** Takes round {@code index} where it is the first, or better, or the first NaN. */
  static void least(int[] to, double[] best, int[] mask, double[] x, int index, int n) {
    for (int i = 0; i < n; i++) {
      if (mask[i] != 0 && (to[i] < 0 || wins(x[i] < best[i], x[i], best[i]))) {
        to[i] = index;
        best[i] = x[i];
      }
    }
  }

  static void greatest(int[] to, double[] best, int[] mask, double[] x, int index, int n) {
    for (int i = 0; i < n; i++) {
      if (mask[i] != 0 && (to[i] < 0 || wins(x[i] > best[i], x[i], best[i]))) {
        to[i] = index;
        best[i] = x[i];
      }
    }
  }

  private static boolean wins(boolean better, double x, double best) {
    return best == best && (better || x != x);
  }
}
