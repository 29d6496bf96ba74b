package org.rewlang.temporal;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * What formulas mean, written down from the definitions: the robustness at every position of a
 * finite word, windows clipped to it. Truth is the robustness of atoms that are infinitely far from
 * changing.
 */
final class Direct {

  private final double[][] word;
  private final boolean numbers;
  private final Map<Logic, Map<Integer, Double>> known = new IdentityHashMap<>();

  private Direct(double[][] word, boolean numbers) {
    this.word = word;
    this.numbers = numbers;
  }

  /** Of the word of {@code word}'s steps, each with the values of all signals. */
  static double robustness(Logic formula, double[][] word, int at) {
    return new Direct(word, true).at(formula, at);
  }

  static boolean holds(Logic formula, double[][] word, int at) {
    return new Direct(word, false).at(formula, at) > 0;
  }

  private double at(Logic f, int i) {
    Map<Integer, Double> of = known.computeIfAbsent(f, _ -> new HashMap<>());
    Double value = of.get(i);
    if (value == null) {
      value = compute(f, i);
      of.put(i, value);
    }
    return value;
  }

  private double compute(Logic f, int i) {
    double no = Double.NEGATIVE_INFINITY;
    double yes = Double.POSITIVE_INFINITY;
    return switch (f) {
      case Logic.Atom a -> {
        double distance = word[i][a.signal()] - a.than();
        yield numbers ? distance : distance > 0 ? yes : no;
      }
      case Logic.Not n -> -at(n.of(), i);
      case Logic.And a -> Math.min(at(a.left(), i), at(a.right(), i));
      case Logic.Or o -> Math.max(at(o.left(), i), at(o.right(), i));
      case Logic.Implies m -> Math.max(-at(m.left(), i), at(m.right(), i));
      case Logic.Shift s -> {
        int there = i + s.steps();
        yield there >= 0 && there < word.length ? at(s.of(), there) : s.weak() ? yes : no;
      }
      case Logic.Always a -> all(a.of(), plus(i, a.from()), plus(i, a.to()));
      case Logic.Eventually e -> some(e.of(), plus(i, e.from()), plus(i, e.to()));
      case Logic.Historically h -> all(h.of(), minus(i, h.to()), minus(i, h.from()));
      case Logic.Ever e -> some(e.of(), minus(i, e.to()), minus(i, e.from()));
      case Logic.Until u -> until(u.left(), u.right(), i, u.from(), u.to());
      case Logic.WeakUntil w ->
          Math.max(
              all(w.left(), i, plus(i, w.to())), until(w.left(), w.right(), i, w.from(), w.to()));
      case Logic.Release r -> {
        // The right side, up to and with the first step of the left one.
        double least = yes;
        double released = no;
        for (int j = i; j < word.length && j <= plus(i, r.to()); j++) {
          if (j >= plus(i, r.from())) {
            least = Math.min(least, Math.max(released, at(r.right(), j)));
          }
          released = Math.max(released, at(r.left(), j));
        }
        yield least;
      }
      case Logic.Since s -> {
        double best = no;
        for (int j = minus(i, s.to()); j <= minus(i, s.from()); j++) {
          if (j >= 0) {
            best = Math.max(best, Math.min(at(s.right(), j), all(s.left(), j + 1, i)));
          }
        }
        yield best;
      }
      case Logic.Then t -> {
        double best = no;
        for (int j = i; j < word.length; j++) {
          best = Math.max(best, Math.min(at(t.left(), j), some(t.right(), j + 1, Logic.ALL)));
        }
        yield best;
      }
      case Logic.Last _ -> i == word.length - 1 ? yes : no;
    };
  }

  private double until(Logic left, Logic right, int i, int from, int to) {
    double best = Double.NEGATIVE_INFINITY;
    for (int j = plus(i, from); j < word.length && j <= plus(i, to); j++) {
      best = Math.max(best, Math.min(at(right, j), all(left, i, j - 1)));
    }
    return best;
  }

  private double all(Logic f, int from, int to) {
    double least = Double.POSITIVE_INFINITY;
    for (int j = Math.max(0, from); j <= to && j < word.length; j++) {
      least = Math.min(least, at(f, j));
    }
    return least;
  }

  private double some(Logic f, int from, int to) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (int j = Math.max(0, from); j <= to && j < word.length; j++) {
      greatest = Math.max(greatest, at(f, j));
    }
    return greatest;
  }

  private static int plus(int i, int steps) {
    return steps == Logic.ALL ? Logic.ALL : i + steps;
  }

  private static int minus(int i, int steps) {
    return steps == Logic.ALL ? 0 : i - steps;
  }
}
