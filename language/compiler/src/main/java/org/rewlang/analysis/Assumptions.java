package org.rewlang.analysis;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.Binder;
import org.rewlang.model.Term;

/**
 * What may be taken for granted where a term is looked at: in the arm of a conditional its
 * condition holds. Facts about arrays are about the element of the same index, so they last only
 * while a walk goes element by element.
 */
final class Assumptions {

  static final Assumptions NONE = new Assumptions(0, Map.of());

  private record Entry(Fact fact, Term about) {}

  final int depth;
  private final Map<Integer, Entry> entries;

  /** The least number among the entries: no term of a lesser one reads any of them. */
  private final int least;

  private final Map<Term, Fact> facts = new IdentityHashMap<>();
  private final Map<Term, Boolean> touched = new IdentityHashMap<>();
  private @Nullable Assumptions scalars;

  private Assumptions(int depth, Map<Integer, Entry> entries) {
    this.depth = depth;
    this.entries = entries;
    this.least = entries.keySet().stream().mapToInt(n -> n).min().orElse(Integer.MAX_VALUE);
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  @Nullable Fact about(int number) {
    Entry entry = entries.get(number);
    return entry == null ? null : entry.fact;
  }

  /** Whether this condition is taken for granted. */
  boolean holds(int number) {
    return Fact.Truth.TRUE.equals(about(number));
  }

  @Nullable Fact known(Term term) {
    return facts.get(term);
  }

  void remember(Term term, Fact fact) {
    facts.put(term, fact);
  }

  /** Whether any of what is assumed is read by the term within the step. */
  boolean touches(Term term, TermGraph graph) {
    int number = graph.number(term);
    if (number < least) {
      return false;
    }
    Boolean known = touched.get(term);
    if (known == null) {
      known =
          entries.containsKey(number)
              || Terms.now(term).stream().anyMatch(child -> touches(child, graph));
      touched.put(term, known);
    }
    return known;
  }

  /** What is left of it behind a step that isn't element by element. */
  Assumptions acrossElements() {
    if (scalars == null) {
      Map<Integer, Entry> kept = new HashMap<>(entries);
      kept.values().removeIf(e -> !e.about.type().isScalar());
      scalars = kept.size() == entries.size() ? this : new Assumptions(depth, kept);
    }
    return scalars;
  }

  /** What is left of it in loops that give these indices new values. */
  Assumptions inside(List<Binder> binders, TermGraph graph) {
    Map<Integer, Entry> kept = new HashMap<>(acrossElements().entries);
    kept.values().removeIf(e -> binders.stream().anyMatch(graph.free(e.about)::contains));
    return kept.size() == entries.size() ? this : new Assumptions(depth, kept);
  }

  /** This and one fact more. */
  Assumptions and(Term about, int number, Fact fact) {
    Map<Integer, Entry> more = new HashMap<>(entries);
    more.put(number, new Entry(fact, about));
    return new Assumptions(depth + 1, more);
  }
}
