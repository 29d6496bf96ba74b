package org.rewlang.oracle;

import java.util.List;
import java.util.Random;

/**
 * Random expressions that mean the same in Rew and in Python: over reals {@code x y z}, vectors
 * {@code u v} of length 4, bools {@code p q}.
 */
final class RandomExpression {

  /**
   * Every leaf: numbers whose arithmetic is exact often enough to hit ties, zeros and infinities.
   */
  static final List<String> SCALARS = List.of("x", "y", "z");

  static final List<String> VECTORS = List.of("u", "v");
  static final List<String> BOOLS = List.of("p", "q");
  static final int LENGTH = 4;

  private static final List<String> ELEMENTARY =
      List.of("exp", "expm1", "log", "log1p", "sin", "cos", "tan", "asin", "acos", "tanh");

  private final Random random;

  RandomExpression(long seed) {
    this.random = new Random(seed);
  }

  /** Only operations that IEEE 754 defines exactly. */
  String arithmetic() {
    return random.nextInt(6) == 0 ? bool(4) : real(4);
  }

  /** One elementary function, or a power, of exactly computed arguments. */
  String elementary() {
    return switch (random.nextInt(ELEMENTARY.size() + 3)) {
      case 0 -> "atan2(" + real(2) + ", " + real(2) + ")";
      case 1 ->
          "(" + real(2) + ") ** " + List.of("2.0", "3.0", "0.5", "-1.0").get(random.nextInt(4));
      case 2 -> "abs(" + real(2) + ") ** (" + real(1) + ")";
      default -> ELEMENTARY.get(random.nextInt(ELEMENTARY.size())) + "(" + real(2) + ")";
    };
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private String literal() {
    return pick(
        List.of("0.5", "1.0", "2.0", "3.0", "0.1", "0.3", "1e-3", "1e10", "7.25", "0.0", "1e308"));
  }

  private String real(int depth) {
    if (depth == 0) {
      return switch (random.nextInt(4)) {
        case 0 -> literal();
        case 1 -> pick(VECTORS) + "[" + random.nextInt(LENGTH) + "]";
        default -> pick(SCALARS);
      };
    }
    int d = depth - 1;
    return switch (random.nextInt(18)) {
      case 0, 1 -> "(" + real(d) + " + " + real(d) + ")";
      case 2, 3 -> "(" + real(d) + " - " + real(d) + ")";
      case 4, 5 -> "(" + real(d) + " * " + real(d) + ")";
      case 6, 7 -> "(" + real(d) + " / " + real(d) + ")";
      case 8 -> "(-" + real(d) + ")";
      case 9 -> "abs(" + real(d) + ")";
      case 10 -> "sqrt(" + real(d) + ")";
      // Times 1.0: a product of ints would be an int, undefined beyond 2^53.
      case 11 -> "(" + pick(List.of("floor", "round")) + "(" + real(d) + ") * 1.0)";
      case 12 -> pick(List.of("min", "max")) + "(" + real(d) + ", " + real(d) + ")";
      case 13 -> "clamp(" + real(d) + ", -2.0, 2.0)";
      case 14 -> "(" + real(d) + " if " + bool(d) + " else " + real(d) + ")";
      case 15 -> pick(List.of("sum", "min", "max")) + "(" + vector(d) + ")";
      case 16 -> generator(d);
      default -> real(0);
    };
  }

  private String generator(int depth) {
    String element = pick(List.of("a * " + real(depth), "a + x", "abs(a)", "a"));
    String condition =
        random.nextBoolean() ? "" : " if a " + pick(List.of("<", ">=")) + " " + real(0);
    return switch (random.nextInt(3)) {
      case 0 -> "sum(" + element + " for a in " + vector(0) + condition + ")";
      case 1 -> "sum(a * b for a, b in zip(u, v))";
      default -> "sum(" + element + " for a in " + pick(VECTORS) + "[1:3])";
    };
  }

  private String vector(int depth) {
    if (depth == 0) {
      return pick(VECTORS);
    }
    int d = depth - 1;
    return switch (random.nextInt(5)) {
      case 0 -> "(" + vector(d) + " " + pick(List.of("+", "-", "*", "/")) + " " + vector(d) + ")";
      case 1 -> "(" + vector(d) + " " + pick(List.of("+", "-", "*")) + " " + real(d) + ")";
      case 2 -> "(-" + vector(d) + ")";
      case 3 -> "abs(" + vector(d) + ")";
      default -> vector(0);
    };
  }

  private String bool(int depth) {
    if (depth == 0) {
      return pick(List.of("p", "q", "true", "false"));
    }
    int d = depth - 1;
    return switch (random.nextInt(8)) {
      case 0 -> "(" + bool(d) + " and " + bool(d) + ")";
      case 1 -> "(" + bool(d) + " or " + bool(d) + ")";
      case 2 -> "(not " + bool(d) + ")";
      case 3 -> "(" + real(d) + " < " + real(d) + " <= " + real(d) + ")";
      case 4 ->
          pick(List.of("any", "all")) + "(" + "a > " + real(0) + " for a in " + pick(VECTORS) + ")";
      default ->
          "("
              + real(d)
              + " "
              + pick(List.of("<", "<=", ">", ">=", "==", "!="))
              + " "
              + real(d)
              + ")";
    };
  }

  /** A number that makes trouble more often than chance would. */
  double number() {
    return switch (random.nextInt(10)) {
      case 0 -> 0.0;
      case 1 -> -0.0;
      case 2 -> random.nextInt(7) - 3;
      case 3 -> (random.nextInt(7) - 3) * 0.5;
      case 4 -> random.nextGaussian() * 1e-8;
      case 5 -> random.nextGaussian() * 1e6;
      default -> random.nextGaussian() * 2;
    };
  }

  boolean flag() {
    return random.nextBoolean();
  }
}
