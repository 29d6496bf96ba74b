package org.rewlang.score;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.rewlang.analysis.Terms;
import org.rewlang.model.Term;
import org.rewlang.source.Location;
import org.rewlang.source.Source;

/** The pieces of a program's text that a number was made of. */
final class Reasons {

  private static final int MOST = 24;

  private Reasons() {}

  /** The terms behind {@code root}, each piece of text once, in the order of the text. */
  static List<Term> of(Term root, Source program) {
    List<Term> found = new ArrayList<>();
    Set<Location> places = new HashSet<>();
    Set<Term> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Term> waiting = new ArrayDeque<>(List.of(root));
    while (!waiting.isEmpty() && found.size() < MOST) {
      Term term = waiting.removeFirst();
      if (!seen.add(term)) {
        continue;
      }
      // Outer terms come first: where a call of the library was inlined, its result stands for it.
      if (term.at().source() == program && !isPlain(term) && places.add(term.at())) {
        found.add(term);
      }
      if (canEnter(term)) {
        waiting.addAll(Terms.children(term));
      }
    }
    found.sort(
        Comparator.comparingInt((Term t) -> t.at().span().start())
            .thenComparingInt(t -> -t.at().span().length()));
    return found;
  }

  private static boolean isPlain(Term term) {
    return term instanceof Term.Const || term.at().span().length() == 0;
  }

  /** What stands inside a loop has no one value, and what state reads is of other steps. */
  private static boolean canEnter(Term term) {
    return !(term instanceof Term.Build || term instanceof Term.ReduceOver || Terms.isState(term));
  }
}
