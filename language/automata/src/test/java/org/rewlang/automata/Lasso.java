package org.rewlang.automata;

import java.util.BitSet;
import java.util.List;
import org.rewlang.automata.Formula.Atom;
import org.rewlang.automata.Formula.Binary;
import org.rewlang.automata.Formula.Constant;
import org.rewlang.automata.Formula.Unary;

/**
 * What formulas mean on a word that ends in a loop. The loop is written out so often that the truth
 * of every part repeats in its last two rounds, whatever the operators looked back at; what looks
 * ahead goes round within the last.
 */
final class Lasso {

  private static final int ROUNDS = 24;

  private final List<BitSet> stem;
  private final List<BitSet> loop;
  private final int n;

  private Lasso(List<BitSet> stem, List<BitSet> loop) {
    this.stem = stem;
    this.loop = loop;
    this.n = stem.size() + ROUNDS * loop.size();
  }

  static boolean holds(Formula f, List<BitSet> stem, List<BitSet> loop) {
    return new Lasso(stem, loop).all(f)[0];
  }

  /** A position that may be past what is written out. */
  private int fold(int i) {
    return i < n ? i : n - loop.size() + (i - n) % loop.size();
  }

  private boolean[] all(Formula f) {
    boolean[] truth = new boolean[n];
    switch (f) {
      case Constant c -> java.util.Arrays.fill(truth, c.value());
      case Atom a -> {
        for (int i = 0; i < n; i++) {
          BitSet letter = i < stem.size() ? stem.get(i) : loop.get((i - stem.size()) % loop.size());
          truth[i] = letter.get(a.number());
        }
      }
      case Unary u -> {
        boolean[] of = all(u.operand());
        for (int i = 0; i < n; i++) {
          truth[i] = unary(u, of, i);
        }
      }
      case Binary b -> {
        boolean[] l = all(b.left());
        boolean[] r = all(b.right());
        for (int i = 0; i < n; i++) {
          truth[i] = binary(b, l, r, i);
        }
      }
    }
    return truth;
  }

  /** As far as an operator can see something new. */
  private int end(int i) {
    return i + n + 1;
  }

  private boolean unary(Unary u, boolean[] of, int i) {
    int from = u.window().from();
    long to = u.window().to();
    return switch (u.operator()) {
      case NOT -> !of[i];
      case NEXT, WEAK_NEXT -> of[fold(i + 1)];
      case YESTERDAY -> i > 0 && of[i - 1];
      case WEAK_YESTERDAY -> i == 0 || of[i - 1];
      case EVENTUALLY -> some(of, i, from, to);
      case ALWAYS -> {
        boolean[] not = new boolean[n];
        for (int j = 0; j < n; j++) {
          not[j] = !of[j];
        }
        yield !some(not, i, from, to);
      }
      case ONCE -> {
        boolean any = false;
        for (int j = 0; j <= i; j++) {
          any |= of[j] && i - j >= from && i - j <= to;
        }
        yield any;
      }
      case HISTORICALLY -> {
        boolean every = true;
        for (int j = 0; j <= i; j++) {
          every &= of[j] || i - j < from || i - j > to;
        }
        yield every;
      }
    };
  }

  private boolean some(boolean[] of, int i, int from, long to) {
    for (int j = i + from; j <= Math.min(end(i), i + to); j++) {
      if (of[fold(j)]) {
        return true;
      }
    }
    return false;
  }

  private boolean binary(Binary b, boolean[] l, boolean[] r, int i) {
    int from = b.window().from();
    long to = b.window().to();
    return switch (b.connective()) {
      case AND -> l[i] & r[i];
      case OR -> l[i] | r[i];
      case IMPLIES -> !l[i] | r[i];
      case IFF -> l[i] == r[i];
      case XOR -> l[i] != r[i];
      case UNTIL -> until(l, r, true, true, i, from, to);
      case RELEASE -> !until(l, r, false, false, i, from, to);
      case WEAK_UNTIL ->
          until(l, r, true, true, i, from, to) || !until(l, l, false, false, i, 0, to, true);
      case STRONG_RELEASE ->
          !until(l, r, false, false, i, from, to) && until(l, l, true, true, i, 0, to, true);
      case THEN -> {
        boolean found = false;
        for (int j = i; j <= end(i) && !found; j++) {
          found = l[fold(j)] && some(r, fold(j), 1, Integer.MAX_VALUE);
        }
        yield found;
      }
      case SINCE -> since(l, r, true, i, from, to);
      case TRIGGERED -> !since(l, r, false, i, from, to);
    };
  }

  /**
   * Some position of the window where the right is {@code goal}, and the left {@code way} before
   * it.
   */
  private boolean until(
      boolean[] l, boolean[] r, boolean way, boolean goal, int i, int from, long to) {
    return until(l, r, way, goal, i, from, to, false);
  }

  private boolean until(
      boolean[] l,
      boolean[] r,
      boolean way,
      boolean goal,
      int i,
      int from,
      long to,
      boolean anyWay) {
    for (int j = i; j <= Math.min(end(i), i + to); j++) {
      if (j >= i + from && r[fold(j)] == goal) {
        return true;
      }
      if (!anyWay && l[fold(j)] != way) {
        return false;
      }
    }
    return false;
  }

  private boolean since(boolean[] l, boolean[] r, boolean value, int i, int from, long to) {
    for (int j = i; j >= Math.max(0, i - to); j--) {
      if (i - j >= from && r[j] == value) {
        return true;
      }
      if (l[j] != value) {
        return false;
      }
    }
    return false;
  }
}
