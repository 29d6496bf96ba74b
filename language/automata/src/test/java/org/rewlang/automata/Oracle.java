package org.rewlang.automata;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.rewlang.automata.Formula.Atom;
import org.rewlang.automata.Formula.Binary;
import org.rewlang.automata.Formula.Constant;
import org.rewlang.automata.Formula.Unary;
import org.rewlang.automata.Formula.Window;

/**
 * What formulas mean, from the definitions. Positions past the end, all there are of the empty
 * word, are as the end.
 */
final class Oracle {

  private final List<BitSet> word;
  private final int n;

  private Oracle(List<BitSet> word) {
    this.word = word;
    this.n = word.size();
  }

  static boolean holds(Formula f, List<BitSet> word, int position) {
    return new Oracle(word).at(f, position);
  }

  private boolean at(Formula f, int i) {
    return switch (f) {
      case Constant c -> c.value();
      case Atom a -> i < n && word.get(i).get(a.number());
      case Unary u -> unary(u, i);
      case Binary b -> binary(b, i);
    };
  }

  private IntStream ahead(Window w, int i) {
    return IntStream.range(0, n).filter(j -> j >= i && j - i >= w.from() && j - i <= w.to());
  }

  private IntStream back(Window w, int i) {
    return IntStream.range(0, n)
        .filter(j -> j <= i && i < n && i - j >= w.from() && i - j <= w.to());
  }

  private boolean unary(Unary u, int i) {
    Formula f = u.operand();
    return switch (u.operator()) {
      case NOT -> !at(f, i);
      case NEXT -> i + 1 < n && at(f, i + 1);
      case WEAK_NEXT -> i + 1 >= n || at(f, i + 1);
      case YESTERDAY -> i > 0 && i < n && at(f, i - 1);
      case WEAK_YESTERDAY -> i == 0 || i >= n || at(f, i - 1);
      case EVENTUALLY -> ahead(u.window(), i).anyMatch(j -> at(f, j));
      case ALWAYS -> ahead(u.window(), i).allMatch(j -> at(f, j));
      case ONCE -> back(u.window(), i).anyMatch(j -> at(f, j));
      case HISTORICALLY -> back(u.window(), i).allMatch(j -> at(f, j));
    };
  }

  private boolean binary(Binary b, int i) {
    Formula l = b.left();
    Formula r = b.right();
    Window w = b.window();
    Window start = new Window(0, w.to());
    return switch (b.connective()) {
      case AND -> at(l, i) & at(r, i);
      case OR -> at(l, i) | at(r, i);
      case IMPLIES -> !at(l, i) | at(r, i);
      case IFF -> at(l, i) == at(r, i);
      case XOR -> at(l, i) != at(r, i);
      case UNTIL ->
          ahead(w, i).anyMatch(j -> at(r, j) && IntStream.range(i, j).allMatch(k -> at(l, k)));
      case RELEASE ->
          ahead(w, i).allMatch(j -> at(r, j) || IntStream.range(i, j).anyMatch(k -> at(l, k)));
      case WEAK_UNTIL ->
          ahead(start, i).allMatch(j -> at(l, j))
              || ahead(w, i)
                  .anyMatch(j -> at(r, j) && IntStream.range(i, j).allMatch(k -> at(l, k)));
      case STRONG_RELEASE ->
          ahead(start, i).anyMatch(j -> at(l, j))
              && ahead(w, i)
                  .allMatch(j -> at(r, j) || IntStream.range(i, j).anyMatch(k -> at(l, k)));
      case THEN ->
          IntStream.range(i, n)
              .anyMatch(j -> at(l, j) && IntStream.range(j + 1, n).anyMatch(k -> at(r, k)));
      case SINCE ->
          back(w, i)
              .anyMatch(j -> at(r, j) && IntStream.rangeClosed(j + 1, i).allMatch(k -> at(l, k)));
      case TRIGGERED ->
          back(w, i)
              .allMatch(j -> at(r, j) || IntStream.rangeClosed(j + 1, i).anyMatch(k -> at(l, k)));
    };
  }
}
