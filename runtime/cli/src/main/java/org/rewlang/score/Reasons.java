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
import org.jspecify.annotations.Nullable;
import org.rewlang.analysis.TermGraph;
import org.rewlang.analysis.Terms;
import org.rewlang.model.Binder;
import org.rewlang.model.InputVar;
import org.rewlang.model.Operation;
import org.rewlang.model.Shape;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.source.Source;

/** The pieces of a program's text that a number was made of. */
final class Reasons {

  private static final int MOST = 24;

  private Reasons() {}

  /**
   * A term, and the loop over agents that it stands in.
   *
   * @param agents null for a value of the step
   */
  private record Piece(Term term, @Nullable Binder agents) {

    /** The term, for each agent where it is one agent's; undefined for those that are away. */
    Term whole(TermGraph graph) {
      InputVar presence = agents == null ? null : agents.presence();
      if (agents == null || presence == null || !graph.free(term).contains(agents)) {
        return term;
      }
      Location at = term.at();
      Term index = new Term.LoopIndex(agents, Type.INT, at);
      Term there =
          new Term.Element(
              new Term.Input(presence, presence.type(), at), List.of(index), Type.BOOL, at);
      Term away = new Term.Const(Double.NaN, term.type().element(), at);
      Term known = new Term.Apply(Operation.SELECT, List.of(there, term, away), term.type(), at);
      List<Integer> shape = Shape.concat(List.of(agents.count()), term.type().shape());
      return new Term.Build(List.of(agents), known, term.type().withShape(shape), at);
    }
  }

  /**
   * The terms behind {@code root}, each piece of text once, in the order of the text; arrays over
   * the agents of what each has.
   */
  static List<Term> of(Term root, Source program, TermGraph graph) {
    List<Piece> found = new ArrayList<>();
    Set<Location> places = new HashSet<>();
    Set<Term> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Piece> waiting = new ArrayDeque<>(List.of(new Piece(root, null)));
    while (!waiting.isEmpty() && found.size() < MOST) {
      Piece piece = waiting.removeFirst();
      Term term = piece.term;
      if (!seen.add(term)) {
        continue;
      }
      if (term instanceof Term.Build each && isOfAgents(each)) {
        waiting.addFirst(new Piece(each.body(), each.binders().getFirst()));
        continue;
      }
      // Outer terms come first: where a call of the library was inlined, its result stands for it.
      if (term.at().source() == program && !isPlain(term) && places.add(term.at())) {
        found.add(piece);
      }
      if (canEnter(term)) {
        Terms.children(term).forEach(t -> waiting.add(new Piece(t, piece.agents)));
      }
    }
    return found.stream()
        .map(p -> p.whole(graph))
        .sorted(
            Comparator.comparingInt((Term t) -> t.at().span().start())
                .thenComparingInt(t -> -t.at().span().length()))
        .toList();
  }

  private static boolean isPlain(Term term) {
    return term instanceof Term.Const
        || term instanceof Term.LoopIndex
        || term.at().span().length() == 0;
  }

  /** Whether it goes over the agents that each have such a value. */
  private static boolean isOfAgents(Term.Build build) {
    return build.binders().size() == 1 && build.binders().getFirst().presence() != null;
  }

  /** What stands inside a loop has no one value, and what state reads is of other steps. */
  private static boolean canEnter(Term term) {
    return !(term instanceof Term.Build || term instanceof Term.ReduceOver || Terms.isState(term));
  }
}
