package org.rewlang.oracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Random expressions over vectors, matrices and an array of rank 3 that mean the same in Rew and in
 * Python: broadcasting, slices, products, reductions along axes, elements moved about. Each is made
 * for a shape, from parts whose shapes give it.
 */
final class RandomArray {

  /** The inputs that are arrays. */
  static final Map<String, List<Integer>> INPUTS =
      Map.of(
          "u", List.of(4),
          "v", List.of(4),
          "w", List.of(3),
          "m", List.of(2, 3),
          "k", List.of(3, 2),
          "t", List.of(2, 3, 2));

  /** What expressions are made of; each stands in some. */
  static final List<String> EVERYTHING =
      List.of(
          " @ ",
          "matmul(",
          ").T",
          "transpose(",
          "reshape(",
          "flatten(",
          "concatenate([",
          "stack([",
          "sort(",
          "set(",
          " if ",
          "for r in ",
          "[:, ",
          "[..., ",
          ":-1]",
          "axis = [",
          "axis = -",
          "sum(",
          "prod(",
          "min(",
          "max(",
          "mean(",
          "var(",
          "std(",
          "any(",
          "all(",
          "count(",
          "argmin(",
          "argmax(");

  /** Parts of inputs, by shape. */
  private static final Map<List<Integer>, List<String>> LEAVES =
      Map.ofEntries(
          Map.entry(
              List.of(), List.of("x", "y", "u[2]", "m[1, 2]", "k[-1, 0]", "t[0, 1, -1]", "2.0")),
          Map.entry(List.of(1), List.of("w[:1]", "u[3:]", "m[0, 1:2]")),
          Map.entry(
              List.of(2), List.of("u[:2]", "w[1:]", "m[:, 0]", "k[1]", "t[1, -1]", "v[1:-1]")),
          Map.entry(List.of(3), List.of("w", "m[0]", "m[-1]", "v[1:]", "k[:, 1]", "t[0, :, 1]")),
          Map.entry(List.of(4), List.of("u", "v")),
          Map.entry(List.of(1, 3), List.of("m[:1]", "m[1:]", "k[:, :1].T")),
          Map.entry(List.of(2, 1), List.of("m[:, 2:]", "k[1:, :1]", "t[:, 0, 1:]")),
          Map.entry(
              List.of(2, 2),
              List.of("m[:, :2]", "m[:, 1:]", "k[1:]", "k[:-1]", "t[:, 0]", "t[:, -1, :]")),
          Map.entry(List.of(2, 3), List.of("m", "k.T", "t[:, :, 1]", "t[..., 0]")),
          Map.entry(List.of(3, 2), List.of("k", "m.T", "t[0]", "t[-1]", "transpose(m)")),
          Map.entry(List.of(3, 3), List.of("(k @ m)", "stack([w, m[0], m[1]], axis = 0)")),
          Map.entry(
              List.of(2, 3, 2),
              List.of("t", "stack([k, m.T], axis = 0)", "reshape(t, [2, 3, 2])")));

  private static final List<List<Integer>> SHAPES =
      List.copyOf(LEAVES.keySet().stream().sorted(Comparator.comparing(Object::toString)).toList());

  private final Random random;

  RandomArray(Random random) {
    this.random = random;
  }

  /** Only operations that IEEE 754 defines exactly; a number, or any of its arrays. */
  String arithmetic() {
    return switch (random.nextInt(12)) {
      case 0 -> condition(pick(SHAPES), 2);
      case 1 -> counted(pick(SHAPES), 2);
      default -> array(pick(SHAPES), 3);
    };
  }

  /** An elementary function of each element. */
  String elementary() {
    String function = pick(List.of("exp", "log1p", "sin", "tanh", "atan2"));
    List<Integer> shape = pick(SHAPES);
    return function.equals("atan2")
        ? "atan2(" + array(shape, 1) + ", " + array(broadcast(shape), 1) + ")"
        : function + "(" + array(shape, 2) + ")";
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private String array(List<Integer> shape, int depth) {
    if (depth == 0) {
      return pick(LEAVES.get(shape));
    }
    int d = depth - 1;
    String made =
        switch (random.nextInt(16)) {
          case 0, 1, 2 -> binary(shape, d);
          case 3 -> pick(List.of("min", "max")) + "(" + both(shape, ", ", d) + ")";
          case 4 -> unary(shape, d);
          case 5 ->
              "("
                  + array(shape, d)
                  + " if "
                  + condition(broadcast(shape), d)
                  + " else "
                  + array(shape, d)
                  + ")";
          case 6, 7, 8 -> reduced(shape, d);
          case 9, 10 -> product(shape, d);
          case 11 -> part(shape, d);
          case 12 -> joined(shape, d);
          case 13 -> moved(shape, d);
          case 14 -> rows(shape, d);
          default -> "";
        };
    return made.isEmpty() ? array(shape, d) : made;
  }

  private String binary(List<Integer> shape, int d) {
    String op = pick(List.of(" + ", " - ", " * ", " / "));
    return "(" + both(shape, op, d) + ")";
  }

  /** Two operands that broadcast to the shape, either of them the smaller. */
  private String both(List<Integer> shape, String between, int d) {
    String whole = array(shape, d);
    String other = array(broadcast(shape), d);
    return random.nextBoolean() ? whole + between + other : other + between + whole;
  }

  /** A shape that there are arrays of and that broadcasts to this one. */
  private List<Integer> broadcast(List<Integer> shape) {
    List<List<Integer>> fitting =
        SHAPES.stream().filter(s -> s.size() <= shape.size() && broadcasts(s, shape)).toList();
    return pick(fitting);
  }

  private static boolean broadcasts(List<Integer> from, List<Integer> to) {
    int skip = to.size() - from.size();
    return IntStream.range(0, from.size())
        .allMatch(i -> from.get(i) == 1 || from.get(i).equals(to.get(skip + i)));
  }

  private String unary(List<Integer> shape, int d) {
    String of = array(shape, d);
    return switch (random.nextInt(6)) {
      case 0 -> "(-" + of + ")";
      case 1 -> "abs(" + of + ")";
      case 2 -> "sqrt(" + of + ")";
      case 3 -> "(" + pick(List.of("floor", "round")) + "(" + of + ") * 1.0)";
      case 4 -> "clamp(" + of + ", -1.0, 2.0)";
      default -> "(" + of + ") ** 2";
    };
  }

  /** Along one axis, counted from the front or the back, or along two, or of all. */
  private String reduced(List<Integer> shape, int d) {
    List<List<Integer>> larger = reducible(shape);
    if (larger.isEmpty()) {
      return "";
    }
    String op = pick(List.of("sum", "sum", "prod", "min", "max", "mean", "var", "std"));
    List<Integer> of = pick(larger);
    return op + "(" + array(of, d) + axes(of, shape) + ")";
  }

  private static List<List<Integer>> reducible(List<Integer> shape) {
    return SHAPES.stream()
        .filter(s -> s.size() > shape.size() && !ways(s, shape).isEmpty())
        .toList();
  }

  /** The axes that, left out, leave the shape. */
  private static List<List<Integer>> ways(List<Integer> from, List<Integer> to) {
    List<List<Integer>> ways = new ArrayList<>();
    for (int set = 1; set < 1 << from.size(); set++) {
      int chosen = set;
      List<Integer> axes =
          IntStream.range(0, from.size()).filter(i -> (chosen >> i & 1) == 1).boxed().toList();
      List<Integer> left =
          IntStream.range(0, from.size())
              .filter(i -> !axes.contains(i))
              .mapToObj(from::get)
              .toList();
      if (left.equals(to)) {
        ways.add(axes);
      }
    }
    return ways;
  }

  private String axes(List<Integer> from, List<Integer> to) {
    if (to.isEmpty() && random.nextInt(3) > 0) {
      return "";
    }
    List<Integer> axes =
        pick(ways(from, to)).stream()
            .map(a -> random.nextInt(3) == 0 ? a - from.size() : a)
            .toList();
    return ", axis = " + (axes.size() == 1 ? axes.getFirst() : axes);
  }

  private String product(List<Integer> shape, int d) {
    int inner = pick(List.of(2, 3));
    List<Integer> left = new ArrayList<>(shape);
    List<Integer> right = new ArrayList<>();
    switch (shape.size()) {
      case 0 -> {
        left.add(inner);
        right.add(inner);
      }
      case 1 -> {
        boolean vectorFirst = random.nextBoolean();
        left = vectorFirst ? List.of(inner) : List.of(shape.getFirst(), inner);
        right = vectorFirst ? List.of(inner, shape.getFirst()) : List.of(inner);
      }
      default -> {
        left.set(shape.size() - 1, inner);
        right = List.of(inner, shape.getLast());
      }
    }
    if (!LEAVES.containsKey(left) || !LEAVES.containsKey(right)) {
      return "";
    }
    String a = array(left, d);
    String b = array(right, d);
    return random.nextBoolean() ? "(" + a + " @ " + b + ")" : "matmul(" + a + ", " + b + ")";
  }

  /** A part of something larger, by position or slice. */
  private String part(List<Integer> shape, int d) {
    List<Integer> larger = new ArrayList<>(shape);
    int axis = random.nextInt(shape.size() + 1);
    int length = pick(List.of(2, 3));
    String place = random.nextBoolean() ? "-1" : String.valueOf(random.nextInt(length));
    if (random.nextBoolean() || shape.isEmpty()) {
      larger.add(axis, length);
    } else {
      axis = random.nextInt(shape.size());
      larger.set(axis, shape.get(axis) + 1);
      place = pick(List.of("1:", ":-1", ":" + shape.get(axis)));
    }
    return LEAVES.containsKey(larger)
        ? "(" + array(larger, d) + ")[" + ":, ".repeat(axis) + place + "]"
        : "";
  }

  private String joined(List<Integer> shape, int d) {
    if (shape.isEmpty()) {
      return "";
    }
    int axis = random.nextInt(shape.size());
    if (random.nextBoolean()) {
      List<Integer> part = new ArrayList<>(shape);
      part.remove(axis);
      return LEAVES.containsKey(part)
          ? "stack(["
              + Stream.generate(() -> array(part, d))
                  .limit(shape.get(axis))
                  .collect(Collectors.joining(", "))
              + "], axis = "
              + axis
              + ")"
          : "";
    }
    List<Integer> first = new ArrayList<>(shape);
    List<Integer> second = new ArrayList<>(shape);
    first.set(axis, 1);
    second.set(axis, shape.get(axis) - 1);
    return LEAVES.containsKey(first) && LEAVES.containsKey(second)
        ? "concatenate([" + array(first, d) + ", " + array(second, d) + "], axis = " + axis + ")"
        : "";
  }

  private String moved(List<Integer> shape, int d) {
    if (shape.isEmpty()) {
      return "";
    }
    return switch (random.nextInt(5)) {
      case 0 ->
          LEAVES.containsKey(shape.reversed()) ? "(" + array(shape.reversed(), d) + ")" + ".T" : "";
      case 1 -> "sort(" + array(shape, d) + ")";
      case 2 -> {
        List<Integer> lengths = new ArrayList<>(shape);
        lengths.set(random.nextInt(shape.size()), -1);
        String to = (random.nextBoolean() ? shape : lengths).toString();
        yield "reshape(" + array(pick(ofSize(shape)), d) + ", " + to + ")";
      }
      case 3 -> {
        List<List<Integer>> flat = ofSize(shape).stream().filter(s -> s.size() > 1).toList();
        yield shape.size() > 1 || flat.isEmpty() ? "" : "flatten(" + array(pick(flat), d) + ")";
      }
      default -> {
        List<String> place = shape.stream().map(n -> String.valueOf(random.nextInt(n))).toList();
        String at = shape.size() == 1 ? place.getFirst() : place.toString();
        yield "set(" + array(shape, d) + ", " + at + ", " + array(List.of(), d) + ")";
      }
    };
  }

  /** The shapes of arrays of as many elements. */
  private static List<List<Integer>> ofSize(List<Integer> shape) {
    return SHAPES.stream().filter(s -> !s.isEmpty() && size(s) == size(shape)).toList();
  }

  private static int size(List<Integer> shape) {
    return shape.stream().reduce(1, (a, b) -> a * b);
  }

  /** Going through a matrix gives its rows. */
  private String rows(List<Integer> shape, int d) {
    if (shape.size() != 1) {
      return "";
    }
    List<Integer> of = List.of(shape.getFirst(), pick(List.of(2, 3)));
    return LEAVES.containsKey(of)
        ? "["
            + pick(List.of("sum(r)", "max(r) - r[0]", "r @ r", "sum(abs(e) for e in r)"))
            + " for r in "
            + array(of, d)
            + "]"
        : "";
  }

  private String condition(List<Integer> shape, int d) {
    List<List<Integer>> larger = reducible(shape);
    if (random.nextInt(3) == 0 && !larger.isEmpty()) {
      List<Integer> of = pick(larger);
      return pick(List.of("any", "all")) + "(" + compared(of, d) + axes(of, shape) + ")";
    }
    return compared(shape, d);
  }

  private String compared(List<Integer> shape, int d) {
    String op = pick(List.of(" < ", " <= ", " > ", " >= ", " == ", " != "));
    return "(" + both(shape, op, d) + ")";
  }

  /** Ints: how many there are, or where the least or greatest is. */
  private String counted(List<Integer> shape, int d) {
    List<List<Integer>> larger = reducible(shape);
    if (larger.isEmpty()) {
      return array(shape, d);
    }
    List<Integer> of = pick(larger);
    String axes = axes(of, shape);
    boolean one = axes.isEmpty() ? of.size() == 1 : !axes.contains("[");
    return random.nextBoolean() || !one
        ? "count(" + compared(of, d) + axes + ")"
        : pick(List.of("argmin", "argmax")) + "(" + array(of, d) + axes + ")";
  }
}
