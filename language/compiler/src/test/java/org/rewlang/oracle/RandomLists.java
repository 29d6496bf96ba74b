package org.rewlang.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Random programs over a list of records, each with its meaning in Java: filters, choices,
 * reductions, positions, selection, {@code zip}, {@code enumerate}, membership, records, the past
 * of lists and folds over records.
 */
public final class RandomLists {

  /** How many elements the list may hold. */
  public static final int BOUND = 5;

  private static final int EXPRESSIONS = 6;

  /** An element. */
  public record Box(double a, int n, boolean on) {}

  /** What a step is given. */
  public record Row(List<Box> boxes, boolean p, int k, List<Box> before) {}

  private record Boxes(String text, Function<Row, List<Box>> meaning) {}

  /** A component's text and meaning. */
  public record Number(String text, ToDoubleFunction<Row> meaning) {}

  private final Random random;

  /** The components. */
  public final List<Number> numbers = new ArrayList<>();

  /** The program. */
  public final String text;

  public RandomLists(long seed) {
    random = new Random(seed);
    StringBuilder program =
        new StringBuilder(
            "record Box { a: real  n: int  lit: bool }\n"
                + "inputs { boxes: Box[.."
                + BOUND
                + "]  p: bool  k: int in 0..5 }\n"
                + "record Marks { total: real  sums: real[4] }\n"
                + "record State { rounds: int  top: Box  marks: Marks }\n"
                + "function weight(b: Box): real = b.a if b.lit else -b.a\n"
                + "let past = prev(boxes, initially = [])\n");
    Boxes kept = boxes(2);
    program.append("let kept = ").append(kept.text).append('\n');
    Boxes named = new Boxes("kept", kept.meaning);
    program.append("reward {\n");
    for (int i = 0; i < EXPRESSIONS; i++) {
      Number number = number(named);
      numbers.add(number);
      program.append("  c").append(i).append(" = ").append(number.text).append('\n');
    }
    text = program.append("}\n").toString();
  }

  /** A row of random elements, and what the row before held. */
  public Row row(List<Box> before) {
    List<Box> boxes = new ArrayList<>();
    int size = random.nextInt(BOUND + 1);
    for (int i = 0; i < size; i++) {
      boxes.add(new Box(random.nextInt(9) / 4.0 - 1, random.nextInt(4), random.nextBoolean()));
    }
    return new Row(boxes, random.nextBoolean(), random.nextInt(6), before);
  }

  private Boxes boxes(int depth) {
    return switch (depth == 0 ? random.nextInt(2) : random.nextInt(5)) {
      case 0 -> new Boxes("boxes", Row::boxes);
      case 1 -> new Boxes("past", Row::before);
      case 2 -> {
        Boxes then = boxes(depth - 1);
        Boxes otherwise = boxes(depth - 1);
        yield new Boxes(
            "(" + then.text + " if p else " + otherwise.text + ")",
            r -> r.p ? then.meaning.apply(r) : otherwise.meaning.apply(r));
      }
      default -> filtered(boxes(depth - 1));
    };
  }

  private Boxes filtered(Boxes of) {
    String condition;
    BiPredicate<Row, Box> meaning;
    switch (random.nextInt(4)) {
      case 0 -> {
        condition = "b.a > 0";
        meaning = (r, b) -> b.a > 0;
      }
      case 1 -> {
        condition = "b.n != k";
        meaning = (r, b) -> b.n != r.k;
      }
      case 2 -> {
        condition = "b.lit or p";
        meaning = (r, b) -> b.on || r.p;
      }
      default -> {
        condition = "b.lit";
        meaning = (r, b) -> b.on;
      }
    }
    BiPredicate<Row, Box> holds = meaning;
    return new Boxes(
        "[b for b in " + of.text + " if " + condition + "]",
        r -> of.meaning.apply(r).stream().filter(b -> holds.test(r, b)).toList());
  }

  private static double weight(Box b) {
    return b.on ? b.a : -b.a;
  }

  private Number number(Boxes kept) {
    Boxes of = random.nextInt(3) == 0 ? boxes(1) : kept;
    Boxes other = boxes(1);
    String xs = of.text;
    Function<Row, List<Box>> list = of.meaning;
    return switch (random.nextInt(16)) {
      case 0 -> new Number("length(" + xs + ")", r -> list.apply(r).size());
      case 1 ->
          new Number(
              "sum(weight(b) for b in " + xs + ")", r -> sum(list.apply(r), RandomLists::weight));
      case 2 ->
          new Number(
              "max(b.n for b in " + xs + ") ?? -1",
              r -> list.apply(r).stream().mapToInt(Box::n).max().orElse(-1));
      case 3 -> {
        int at = random.nextInt(BOUND);
        yield new Number("(" + xs + ")[" + at + "].a ?? -2", r -> at(list.apply(r), at));
      }
      case 4 -> new Number("(" + xs + ")[k].a ?? -2", r -> at(list.apply(r), r.k));
      case 5 ->
          new Number("(" + xs + ")[-1].a ?? -2", r -> at(list.apply(r), list.apply(r).size() - 1));
      case 6 ->
          new Number(
              "(" + xs + ")[argmin(b.a for b in " + xs + ")].n ?? -3", r -> least(list.apply(r)));
      case 7 ->
          new Number("sum(i * b.n for i, b in enumerate(" + xs + "))", r -> ranked(list.apply(r)));
      case 8 ->
          new Number(
              "sum(x.a * y.n for x, y in zip(" + xs + ", " + other.text + ")) ?? -4",
              r -> zipped(list.apply(r), other.meaning.apply(r)));
      case 9 ->
          new Number(
              "count(b.lit for b in " + xs + ")",
              r -> list.apply(r).stream().filter(Box::on).count());
      case 10 ->
          new Number(
              "1 if k in [b.n for b in " + xs + "] else 0",
              r -> list.apply(r).stream().anyMatch(b -> b.n == r.k) ? 1 : 0);
      case 12, 13, 14 -> folded(of);
      case 11 ->
          new Number(
              "sum([x.a * y.a for x in " + xs + " for y in " + other.text + " if x.n <= y.n])",
              r -> crossed(list.apply(r), other.meaning.apply(r)));
      default ->
          new Number(
              "1 if all(b.lit for b in "
                  + xs
                  + ") and "
                  + "not any(b.n > 2 for b in "
                  + xs
                  + ") else 0",
              r ->
                  list.apply(r).stream().allMatch(Box::on)
                          && list.apply(r).stream().noneMatch(b -> b.n > 2)
                      ? 1
                      : 0);
    };
  }

  /** A fold over a record in a record: how often, the first of the highest, sums by number. */
  private Number folded(Boxes of) {
    boolean filter = random.nextBoolean();
    int part = random.nextInt(4);
    String text =
        "fold(State(rounds = s.rounds + 1, "
            + "top = b if b.a > s.top.a else s.top, "
            + "marks = Marks(total = 0.5 * s.marks.total + b.a, "
            + "sums = set(s.marks.sums, b.n, s.marks.sums[b.n] + s.rounds))) for b in "
            + of.text
            + (filter ? " if b.lit" : "")
            + ", s = State(rounds = 0, top = Box(a = -9, n = 7, lit = p), "
            + "marks = Marks(total = 1, sums = [0, 0, 0, 0])))."
            + List.of("rounds", "top.n", "marks.total", "marks.sums[min(k, 3)]").get(part);
    return new Number(
        text,
        r -> {
          int rounds = 0;
          Box top = new Box(-9, 7, r.p);
          double total = 1;
          double[] sums = new double[4];
          for (Box b : of.meaning.apply(r)) {
            if (filter && !b.on) {
              continue;
            }
            total = 0.5 * total + b.a;
            sums[b.n] += rounds;
            top = b.a > top.a ? b : top;
            rounds++;
          }
          return switch (part) {
            case 0 -> rounds;
            case 1 -> top.n;
            case 2 -> total;
            default -> sums[Math.min(r.k, 3)];
          };
        });
  }

  private static double sum(List<Box> boxes, ToDoubleFunction<Box> of) {
    double sum = 0;
    for (Box b : boxes) {
      sum += of.applyAsDouble(b);
    }
    return sum;
  }

  private static double at(List<Box> boxes, int i) {
    return i >= 0 && i < boxes.size() ? boxes.get(i).a : -2;
  }

  private static double least(List<Box> boxes) {
    Box least = null;
    for (Box b : boxes) {
      least = least == null || b.a < least.a ? b : least;
    }
    return least == null ? -3 : least.n;
  }

  private static double ranked(List<Box> boxes) {
    double sum = 0;
    for (int i = 0; i < boxes.size(); i++) {
      sum += i * boxes.get(i).n;
    }
    return sum;
  }

  private static double zipped(List<Box> x, List<Box> y) {
    if (x.size() != y.size()) {
      return -4;
    }
    double sum = 0;
    for (int i = 0; i < x.size(); i++) {
      sum += x.get(i).a * y.get(i).n;
    }
    return sum;
  }

  private static double crossed(List<Box> xs, List<Box> ys) {
    double sum = 0;
    for (Box x : xs) {
      for (Box y : ys) {
        sum += x.n <= y.n ? x.a * y.a : 0;
      }
    }
    return sum;
  }
}
