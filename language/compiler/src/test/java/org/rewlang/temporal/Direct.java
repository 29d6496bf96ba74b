package org.rewlang.temporal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What formulas mean, written down from the definitions: the robustness at every position of a
 * finite word, windows clipped to it. Truth is the robustness of atoms that are infinitely far from
 * changing.
 */
final class Direct {

  private final double[][] word;
  private final boolean numbers;

  /** Of softmin and softmax; infinite for minimum and maximum. */
  private final double beta;

  private final Map<Logic, Map<Integer, Double>> known = new IdentityHashMap<>();

  private Direct(double[][] word, boolean numbers, double beta) {
    this.word = word;
    this.numbers = numbers;
    this.beta = beta;
  }

  /** Of the word of {@code word}'s steps, each with the values of all signals. */
  static double robustness(Logic formula, double[][] word, int at) {
    return new Direct(word, true, YES).at(formula, at);
  }

  /** With {@code -1/beta log(sum exp(-beta x))} in place of minima, and the like of maxima. */
  static double smooth(Logic formula, double[][] word, int at, double beta) {
    return new Direct(word, true, beta).at(formula, at);
  }

  static boolean holds(Logic formula, double[][] word, int at) {
    return new Direct(word, false, YES).at(formula, at) > 0;
  }

  private static final double YES = Double.POSITIVE_INFINITY;
  private static final double NO = Double.NEGATIVE_INFINITY;

  private double at(Logic f, int i) {
    Map<Integer, Double> of = known.computeIfAbsent(f, _ -> new HashMap<>());
    Double value = of.get(i);
    if (value == null) {
      value = compute(f, i);
      of.put(i, value);
    }
    return value;
  }

  private double least(double... values) {
    double least = Arrays.stream(values).min().orElse(YES);
    if (beta == YES || Double.isInfinite(least)) {
      return least;
    }
    double sum = Arrays.stream(values).map(v -> Math.exp(-beta * (v - least))).sum();
    return least - Math.log(sum) / beta;
  }

  private double greatest(double... values) {
    return -least(Arrays.stream(values).map(v -> -v).toArray());
  }

  private double compute(Logic f, int i) {
    return switch (f) {
      case Logic.Atom a -> {
        double distance = word[i][a.signal()] - a.than();
        yield numbers ? distance : distance > 0 ? YES : NO;
      }
      case Logic.Not n -> -at(n.of(), i);
      case Logic.And a -> least(at(a.left(), i), at(a.right(), i));
      case Logic.Or o -> greatest(at(o.left(), i), at(o.right(), i));
      case Logic.Implies m -> greatest(-at(m.left(), i), at(m.right(), i));
      case Logic.Shift s -> {
        int there = i + s.steps();
        yield there >= 0 && there < word.length ? at(s.of(), there) : s.weak() ? YES : NO;
      }
      case Logic.Always a -> all(a.of(), plus(i, a.from()), plus(i, a.to()));
      case Logic.Eventually e -> some(e.of(), plus(i, e.from()), plus(i, e.to()));
      case Logic.Historically h -> all(h.of(), minus(i, h.to()), minus(i, h.from()));
      case Logic.Ever e -> some(e.of(), minus(i, e.to()), minus(i, e.from()));
      case Logic.Until u -> until(u.left(), u.right(), i, u.from(), u.to());
      case Logic.WeakUntil w ->
          greatest(
              all(w.left(), i, plus(i, w.to())), until(w.left(), w.right(), i, w.from(), w.to()));
      // The right side, up to and with the first step of the left one.
      case Logic.Release r ->
          least(
              positions(plus(i, r.from()), plus(i, r.to()))
                  .mapToDouble(j -> greatest(at(r.right(), j), some(r.left(), i, j - 1)))
                  .toArray());
      case Logic.Since s ->
          greatest(
              positions(minus(i, s.to()), minus(i, s.from()))
                  .mapToDouble(j -> least(at(s.right(), j), all(s.left(), j + 1, i)))
                  .toArray());
      case Logic.Then t ->
          greatest(
              positions(i, Logic.ALL)
                  .mapToDouble(j -> least(at(t.left(), j), some(t.right(), j + 1, Logic.ALL)))
                  .toArray());
      case Logic.Last _ -> i == word.length - 1 ? YES : NO;
    };
  }

  private double until(Logic left, Logic right, int i, int from, int to) {
    return greatest(
        positions(plus(i, from), plus(i, to))
            .mapToDouble(j -> least(at(right, j), all(left, i, j - 1)))
            .toArray());
  }

  private double all(Logic f, int from, int to) {
    return least(positions(from, to).mapToDouble(j -> at(f, j)).toArray());
  }

  private double some(Logic f, int from, int to) {
    return greatest(positions(from, to).mapToDouble(j -> at(f, j)).toArray());
  }

  /** Those that there are. */
  private IntStream positions(int from, int to) {
    return IntStream.rangeClosed(Math.max(0, from), Math.min(to, word.length - 1));
  }

  private static int plus(int i, int steps) {
    return steps == Logic.ALL ? Logic.ALL : i + steps;
  }

  private static int minus(int i, int steps) {
    return steps == Logic.ALL ? 0 : i - steps;
  }
}
