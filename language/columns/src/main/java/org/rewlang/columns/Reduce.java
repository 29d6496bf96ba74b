package org.rewlang.columns;

import java.util.Arrays;
import org.rewlang.core.Op;

/** Regions that make one scalar of many, left to right, in all rows at once. */
final class Reduce {

  private Reduce() {}

  static Action of(Op.Reduce reduce, int to, int x, Loop loop, Places places) {
    return switch (reduce.op()) {
      case SUM -> sum(to, x, loop);
      case PROD -> product(to, x, loop);
      case MIN -> extreme(true, to, x, loop, places);
      case MAX -> extreme(false, to, x, loop, places);
      case ANY -> any(to, x, loop);
      case ALL -> all(to, x, loop);
      case ARGMIN -> best(true, to, x, loop, places);
      case ARGMAX -> best(false, to, x, loop, places);
    };
  }

  private static Action sum(int to, int x, Loop loop) {
    int mask = loop.mask();
    return (c, n) -> {
      double[] sum = c.reals[to];
      Arrays.fill(sum, 0, n, 0);
      if (loop.isMasked()) {
        loop.run(c, n, _ -> Kernels.addWhere(sum, c.ints[mask], c.reals[x], n));
      } else {
        loop.run(c, n, _ -> Kernels.add(sum, sum, c.reals[x], n));
      }
    };
  }

  private static Action product(int to, int x, Loop loop) {
    int mask = loop.mask();
    return (c, n) -> {
      double[] product = c.reals[to];
      Arrays.fill(product, 0, n, 1);
      if (loop.isMasked()) {
        loop.run(c, n, _ -> Kernels.mulWhere(product, c.ints[mask], c.reals[x], n));
      } else {
        loop.run(c, n, _ -> Kernels.mul(product, product, c.reals[x], n));
      }
    };
  }

  private static Action extreme(boolean least, int to, int x, Loop loop, Places places) {
    double identity = least ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    int mask = loop.mask();
    int seen = loop.isMasked() ? places.newInt(1) : Places.NONE;
    return (c, n) -> {
      double[] best = c.reals[to];
      Arrays.fill(best, 0, n, identity);
      if (!loop.isMasked()) {
        loop.run(
            c,
            n,
            _ -> {
              if (least) {
                Kernels.min(best, best, c.reals[x], n);
              } else {
                Kernels.max(best, best, c.reals[x], n);
              }
            });
        return;
      }
      int[] any = c.ints[seen];
      Arrays.fill(any, 0, n, 0);
      loop.run(
          c,
          n,
          _ -> {
            if (least) {
              Kernels.minWhere(best, c.ints[mask], c.reals[x], n);
            } else {
              Kernels.maxWhere(best, c.ints[mask], c.reals[x], n);
            }
            Kernels.or(any, any, c.ints[mask], n);
          });
      Kernels.undefinedUnless(best, any, n);
    };
  }

  private static Action any(int to, int x, Loop loop) {
    int mask = loop.mask();
    return (c, n) -> {
      int[] any = c.ints[to];
      Arrays.fill(any, 0, n, 0);
      if (loop.isMasked()) {
        loop.run(c, n, _ -> Kernels.anyWhere(any, c.ints[mask], c.ints[x], n));
      } else {
        loop.run(c, n, _ -> Kernels.or(any, any, c.ints[x], n));
      }
    };
  }

  private static Action all(int to, int x, Loop loop) {
    int mask = loop.mask();
    return (c, n) -> {
      int[] all = c.ints[to];
      Arrays.fill(all, 0, n, 1);
      if (loop.isMasked()) {
        loop.run(c, n, _ -> Kernels.allWhere(all, c.ints[mask], c.ints[x], n));
      } else {
        loop.run(c, n, _ -> Kernels.and(all, all, c.ints[x], n));
      }
    };
  }

  private static Action best(boolean least, int to, int x, Loop loop, Places places) {
    int mask = loop.isMasked() ? loop.mask() : places.newConstant(1);
    int value = places.newReal(1);
    return (c, n) -> {
      int[] index = c.ints[to];
      double[] best = c.reals[value];
      Arrays.fill(index, 0, n, -1);
      loop.run(
          c,
          n,
          round -> {
            if (least) {
              Kernels.least(index, best, c.ints[mask], c.reals[x], round, n);
            } else {
              Kernels.greatest(index, best, c.ints[mask], c.reals[x], round, n);
            }
          });
    };
  }
}
