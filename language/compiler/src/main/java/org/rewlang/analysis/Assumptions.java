package org.rewlang.analysis;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.Binder;
import org.rewlang.model.Term;

/**
 * What may be taken for granted where a term is looked at: in the arm of a conditional its
 * condition holds. Facts about arrays are about the element of the same index, so they last only
 * while a walk goes element by element.
 */
final class Assumptions {

  static final Assumptions NONE = new Assumptions(0, new Entry[0]);

  private record Entry(int number, Fact fact, Term about) {}

  final int depth;

  /** A handful, each of another number. */
  private final Entry[] entries;

  /** The least number among the entries: no term of a lesser one reads any of them. */
  private final int least;

  private @Nullable Map<Known, Fact> facts;
  private @Nullable Map<Known, Boolean> touched;
  private @Nullable Assumptions scalars;

  private Assumptions(int depth, Entry[] entries) {
    this.depth = depth;
    this.entries = entries;
    int lowest = Integer.MAX_VALUE;
    for (Entry entry : entries) {
      lowest = Math.min(lowest, entry.number);
    }
    least = lowest;
  }

  boolean isEmpty() {
    return entries.length == 0;
  }

  @Nullable Fact about(int number) {
    int i = find(number);
    return i < entries.length ? entries[i].fact : null;
  }

  private int find(int number) {
    int i = 0;
    while (i < entries.length && entries[i].number != number) {
      i++;
    }
    return i;
  }

  /** Whether this condition is taken for granted. */
  boolean holds(int number) {
    return Fact.Truth.TRUE.equals(about(number));
  }

  /** What was found of a term under these assumptions. */
  @Nullable Fact found(Known term) {
    return facts == null ? null : facts.get(term);
  }

  void remember(Known term, Fact fact) {
    if (facts == null) {
      facts = new HashMap<>();
    }
    facts.put(term, fact);
  }

  /** Whether any of what is assumed is read by the term within the step. */
  boolean touches(Known term) {
    if (term.number <= least || term.now().isEmpty()) {
      return find(term.number) < entries.length;
    }
    if (touched == null) {
      touched = new HashMap<>();
    }
    Boolean known = touched.get(term);
    if (known == null) {
      known = find(term.number) < entries.length || anyTouched(term.now());
      touched.put(term, known);
    }
    return known;
  }

  private boolean anyTouched(List<Known> terms) {
    for (Known term : terms) {
      if (touches(term)) {
        return true;
      }
    }
    return false;
  }

  /** What is left of it behind a step that isn't element by element. */
  Assumptions acrossElements() {
    if (scalars == null) {
      scalars = keep(e -> e.about.type().isScalar());
    }
    return scalars;
  }

  /** What is left of it in loops that give these indices new values. */
  Assumptions inside(List<Binder> binders, TermGraph graph) {
    Assumptions scalar = acrossElements();
    return scalar.isEmpty()
        ? scalar
        : scalar.keep(e -> binders.stream().noneMatch(graph.free(e.about)::contains));
  }

  private Assumptions keep(Predicate<Entry> which) {
    Entry[] kept = Arrays.stream(entries).filter(which).toArray(Entry[]::new);
    return kept.length == entries.length ? this : new Assumptions(depth, kept);
  }

  /** This and one fact more. */
  Assumptions and(Term about, int number, Fact fact) {
    int at = find(number);
    Entry[] more = Arrays.copyOf(entries, Math.max(entries.length, at + 1));
    more[at] = new Entry(number, fact, about);
    return new Assumptions(depth + 1, more);
  }
}
