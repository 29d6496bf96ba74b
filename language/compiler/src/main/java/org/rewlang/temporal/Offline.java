package org.rewlang.temporal;

import java.util.Arrays;
import org.rewlang.automata.Formula.Window;
import org.rewlang.temporal.Network.Atom;
import org.rewlang.temporal.Network.Constant;
import org.rewlang.temporal.Network.Extreme;
import org.rewlang.temporal.Network.Join;
import org.rewlang.temporal.Network.Meet;
import org.rewlang.temporal.Network.Shift;
import org.rewlang.temporal.Network.Until;

/**
 * The robustness of a formula at every position of a whole word, windows clipped to it. With exact
 * minimum and maximum it takes time in proportion to the word, whatever the windows.
 */
public final class Offline {

  private final Algebra algebra;
  private final double[][] distances;
  private final int length;
  private final double[][] known;

  private Offline(Algebra algebra, double[][] distances, int length, int parts) {
    this.algebra = algebra;
    this.distances = distances;
    this.length = length;
    known = new double[parts][];
  }

  /**
   * The values of a part of a formula.
   *
   * @param distances of each atom at each position, at least as many as there are
   * @param length of the word
   */
  public static double[] robustness(
      Network network, int root, Algebra algebra, double[][] distances, int length) {
    Offline offline = new Offline(algebra, distances, length, network.size());
    // Parts have smaller numbers than what is made of them.
    boolean[] needed = new boolean[network.size()];
    needed[root] = true;
    for (int node = root; node >= 0; node--) {
      if (needed[node]) {
        Network.parts(network.node(node)).forEach(p -> needed[p] = true);
      }
    }
    for (int node = 0; node <= root; node++) {
      if (needed[node]) {
        offline.known[node] = offline.of(network.node(node));
      }
    }
    return offline.known[root];
  }

  private interface Operation {
    double of(double a, double b);
  }

  private double[] of(Network.Node node) {
    return switch (node) {
      case Atom a -> atom(a);
      case Constant c -> filled(infinite(c.holds()));
      case Meet m -> each(algebra::meet, known[m.left()], known[m.right()]);
      case Join j -> each(algebra::join, known[j.left()], known[j.right()]);
      case Shift s -> turned(s.back(), shifted(s, turned(s.back(), known[s.of()])));
      case Extreme e ->
          turned(e.back(), extreme(turned(e.back(), known[e.of()]), e.window(), e.least()));
      case Until u ->
          turned(
              u.back(),
              until(
                  turned(u.back(), known[u.left()]),
                  turned(u.back(), known[u.right()]),
                  u.window(),
                  u.dual()));
    };
  }

  private static double infinite(boolean holds) {
    return holds ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  private double[] filled(double value) {
    double[] all = new double[length];
    Arrays.fill(all, value);
    return all;
  }

  private double[] atom(Atom atom) {
    double[] all = Arrays.copyOf(distances[atom.number()], length);
    if (atom.negated()) {
      Arrays.setAll(all, i -> -all[i]);
    }
    return all;
  }

  private double[] each(Operation op, double[] a, double[] b) {
    double[] all = new double[length];
    Arrays.setAll(all, i -> op.of(a[i], b[i]));
    return all;
  }

  /** What looks back looks ahead in the word read backwards. */
  private static double[] turned(boolean back, double[] values) {
    if (!back) {
      return values;
    }
    double[] all = new double[values.length];
    Arrays.setAll(all, i -> values[values.length - 1 - i]);
    return all;
  }

  private double[] shifted(Shift s, double[] of) {
    double[] all = filled(infinite(s.weak()));
    for (int i = 0; i + s.steps() < length; i++) {
      all[i] = of[i + s.steps()];
    }
    return all;
  }

  private Operation operation(boolean least) {
    return least ? algebra::meet : algebra::join;
  }

  private double[] extreme(double[] of, Window window, boolean least) {
    Operation op = operation(least);
    double none = infinite(least);
    if (window.to() >= length - 1) {
      // All that follow, from the window's first position on.
      double[] rest = new double[length + 1];
      rest[length] = none;
      for (int i = length - 1; i >= 0; i--) {
        rest[i] = op.of(of[i], rest[i + 1]);
      }
      double[] all = new double[length];
      Arrays.setAll(
          all, i -> rest[Math.min((int) Math.min((long) i + window.from(), length), length)]);
      return all;
    }
    int width = window.to() - window.from() + 1;
    return blocks(of, window.from(), width, op, none);
  }

  /** A window is the end of one block and the beginning of the next. */
  private double[] blocks(double[] of, int from, int width, Operation op, double none) {
    double[] ends = new double[length];
    double[] begins = new double[length];
    for (int i = length - 1; i >= 0; i--) {
      boolean last = i == length - 1 || (i + 1) % width == 0;
      ends[i] = last ? of[i] : op.of(of[i], ends[i + 1]);
    }
    for (int i = 0; i < length; i++) {
      begins[i] = i % width == 0 ? of[i] : op.of(begins[i - 1], of[i]);
    }
    double[] all = new double[length];
    for (int i = 0; i < length; i++) {
      long first = (long) i + from;
      if (first >= length) {
        all[i] = none;
        continue;
      }
      int a = (int) first;
      int b = (int) Math.min(first + width - 1, length - 1);
      boolean same = a / width == b / width;
      all[i] = same ? (a % width == 0 ? begins[b] : ends[a]) : op.of(ends[a], begins[b]);
    }
    return all;
  }

  private double[] until(double[] left, double[] right, Window window, boolean dual) {
    if (algebra instanceof Algebra.Exact) {
      return exactly(left, right, window, dual);
    }
    Operation both = operation(!dual);
    Operation either = operation(dual);
    double[] all = new double[length];
    for (int i = 0; i < length; i++) {
      double found = infinite(dual);
      double until = infinite(!dual);
      for (int j = i; j < length && j - i <= window.to(); j++) {
        if (j - i >= window.from()) {
          found = either.of(found, both.of(right[j], until));
        }
        until = both.of(until, left[j]);
      }
      all[i] = found;
    }
    return all;
  }

  /**
   * {@code p until[a, b] q} is {@code eventually[a, b] q and p until r}, where {@code r} is {@code
   * q} after {@code a} more positions with {@code p}.
   */
  private double[] exactly(double[] left, double[] right, Window window, boolean dual) {
    Operation both = operation(!dual);
    Operation either = operation(dual);
    double[] then = right;
    if (window.from() > 0) {
      Window held = new Window(0, window.from() - 1);
      Window at = new Window(window.from(), window.from());
      then = each(both, extreme(left, held, !dual), extreme(right, at, dual));
    }
    double[] all = new double[length];
    double rest = infinite(dual);
    for (int i = length - 1; i >= 0; i--) {
      rest = either.of(then[i], both.of(left[i], rest));
      all[i] = rest;
    }
    return window.to() == Window.UNBOUNDED ? all : each(both, extreme(right, window, dual), all);
  }
}
