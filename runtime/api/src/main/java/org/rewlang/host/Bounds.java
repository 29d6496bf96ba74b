package org.rewlang.host;

import java.util.Arrays;
import java.util.List;
import org.rewlang.InputInfo;
import org.rewlang.model.Base;

/** Which numbers each place of a flat array of inputs allows. */
final class Bounds {

  /** The largest int: 2^53 itself is what 2^53 + 1 would be rounded to. */
  static final double WHOLE = 0x1p53 - 1;

  /** By place. */
  private final Range[] ranges;

  /** Those of inputs that exclude a finite number: few, in most programs. */
  private final Range[] narrow;

  Bounds(List<InputInfo> inputs, int size) {
    ranges = new Range[size];
    List<Range> all = inputs.stream().map(Range::of).toList();
    for (Range range : all) {
      Arrays.fill(ranges, range.from, range.to, range);
    }
    narrow = all.stream().filter(Range::isNarrow).toArray(Range[]::new);
  }

  /** Whether place {@code i} allows {@code value}. */
  boolean allows(int i, double value) {
    return ranges[i].allows(value);
  }

  /** The first place whose number is not allowed, or -1. */
  int firstBad(double[] values) {
    return areFinite(values) && areInside(values) ? -1 : firstBad(values, 0, values.length);
  }

  /** The first such place from {@code from} on and before {@code to}, or -1. */
  int firstBad(double[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!allows(i, values[i])) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Whether each place allows all numbers of its column, of which the first {@code n} count. In
   * loops that the JVM makes vector instructions of, so nothing in them branches.
   *
   * @param worst room for how far the numbers of a lane lie outside
   */
  boolean areGood(double[][] columns, int n, double[] worst) {
    Arrays.fill(worst, 0, n, 0);
    for (int i = 0; i < ranges.length; i++) {
      ranges[i].judge(columns[i], n, worst);
    }
    for (int k = 0; k < n; k++) {
      if (!(worst[k] <= 0)) {
        return false;
      }
    }
    return true;
  }

  private boolean areInside(double[] values) {
    for (Range range : narrow) {
      for (int i = range.from; i < range.to; i++) {
        if (!range.allows(values[i])) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * If a sum is finite, so is every summand. Says no, too, if finite numbers are so large that a
   * sum is not. Four sums that need not wait for each other take a third of the time of a
   * comparison for each number.
   */
  private static boolean areFinite(double[] values) {
    int n = values.length;
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i < n - 3; i += 4) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
    }
    for (; i < n; i++) {
      a += values[i];
    }
    return Double.isFinite(a + b + (c + d));
  }

  /** What all places of one input allow. */
  private record Range(int from, int to, double low, double high, boolean whole) {

    static Range of(InputInfo input) {
      int from = input.offset();
      boolean whole = input.type().base() != Base.REAL;
      return new Range(from, from + input.size(), least(input), greatest(input), whole);
    }

    private static double least(InputInfo input) {
      return switch (input.type().base()) {
        case REAL -> Math.max(input.low(), -Double.MAX_VALUE);
        case INT -> Math.max(input.low(), -WHOLE);
        case BOOL, ENUM -> 0;
      };
    }

    private static double greatest(InputInfo input) {
      return switch (input.type().base()) {
        case REAL -> Math.min(input.high(), Double.MAX_VALUE);
        case INT -> Math.min(input.high(), WHOLE);
        case BOOL -> 1;
        case ENUM -> input.members().size() - 1.0;
      };
    }

    boolean isNarrow() {
      return whole || low != -Double.MAX_VALUE || high != Double.MAX_VALUE;
    }

    /** NaN fails both comparisons. */
    boolean allows(double value) {
      return value >= low && value <= high && (!whole || value == Math.rint(value));
    }

    /** The same of columns: what is not allowed makes its lane's worst positive or NaN. */
    void judge(double[] column, int n, double[] worst) {
      if (!isNarrow()) {
        finite(column, n, worst);
        return;
      }
      inside(column, n, low, high, worst);
      if (whole) {
        whole(column, n, worst);
      }
    }

    private static void finite(double[] column, int n, double[] worst) {
      for (int k = 0; k < n; k++) {
        worst[k] += column[k] - column[k];
      }
    }

    private static void inside(double[] column, int n, double low, double high, double[] worst) {
      for (int k = 0; k < n; k++) {
        worst[k] = Math.max(worst[k], Math.max(low - column[k], column[k] - high));
      }
    }

    private static void whole(double[] column, int n, double[] worst) {
      for (int k = 0; k < n; k++) {
        worst[k] += Math.abs(column[k] - Math.rint(column[k]));
      }
    }
  }
}
