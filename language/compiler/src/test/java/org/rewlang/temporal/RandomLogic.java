package org.rewlang.temporal;

import java.util.Random;

/** Random formulas. */
final class RandomLogic {

  static final int SIGNALS = 3;

  private final Random random;
  private final boolean past;
  private final boolean future;
  private final int farthest;

  /** Whether operators that look back may speak of what is to come. */
  boolean mixed;

  /**
   * @param farthest that a window reaches
   */
  RandomLogic(Random random, boolean past, boolean future, int farthest) {
    this.random = random;
    this.past = past;
    this.future = future;
    this.farthest = farthest;
  }

  Logic formula(int depth) {
    if (depth == 0) {
      return future && random.nextInt(12) == 0
          ? new Logic.Last()
          : new Logic.Atom(random.nextInt(SIGNALS), random.nextInt(5) - 2);
    }
    if (random.nextInt(3) == 0) {
      return switch (random.nextInt(4)) {
        case 0 -> new Logic.Not(formula(depth - 1));
        case 1 -> new Logic.And(formula(depth - 1), formula(depth - 1));
        case 2 -> new Logic.Or(formula(depth - 1), formula(depth - 1));
        default -> new Logic.Implies(formula(depth - 1), formula(depth - 1));
      };
    }
    boolean back = past && (!future || random.nextBoolean());
    boolean bounded = random.nextInt(3) > 0;
    int from = bounded && random.nextBoolean() ? random.nextInt(farthest) : 0;
    int to = bounded ? from + random.nextInt(farthest - from + 1) : Logic.ALL;
    int kind = random.nextInt(back ? 4 : 7);
    if (back) {
      RandomLogic inner = mixed ? this : new RandomLogic(random, true, false, farthest);
      Logic of = inner.formula(depth - 1);
      return switch (kind) {
        case 0 -> new Logic.Shift(of, -1 - random.nextInt(2), random.nextBoolean());
        case 1 -> new Logic.Historically(of, from, to);
        case 2 -> new Logic.Ever(of, from, to);
        default -> new Logic.Since(of, inner.formula(depth - 1), from, to);
      };
    }
    Logic one = formula(depth - 1);
    return switch (kind) {
      case 0 -> new Logic.Shift(one, 1 + random.nextInt(2), random.nextBoolean());
      case 1 -> new Logic.Always(one, from, to);
      case 2 -> new Logic.Eventually(one, from, to);
      case 3 -> new Logic.Until(one, formula(depth - 1), from, to);
      case 4 -> new Logic.WeakUntil(one, formula(depth - 1), from, to);
      case 5 -> new Logic.Release(one, formula(depth - 1), from, to);
      default -> new Logic.Then(one, formula(depth - 1));
    };
  }

  /** Few different values, so that equal ones are frequent. */
  double[][] word(int length) {
    double[][] word = new double[length][SIGNALS];
    for (double[] step : word) {
      for (int s = 0; s < SIGNALS; s++) {
        step[s] = random.nextInt(4) == 0 ? random.nextGaussian() * 3 : random.nextInt(9) - 4;
      }
    }
    return word;
  }
}
