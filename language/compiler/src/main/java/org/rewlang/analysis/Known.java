package org.rewlang.analysis;

import java.util.List;
import org.rewlang.analysis.Fact.Number;
import org.rewlang.analysis.Fact.Truth;
import org.rewlang.model.Base;
import org.rewlang.model.Term;

/** What is known of a term so far, and when that changed: terms are looked at only for news. */
final class Known {

  final Term term;

  /** {@link TermGraph#number}. */
  final int number;

  /** {@link TermGraph#depth}. */
  final int depth;

  private Fact fact;
  private List<Known> reads = List.of();
  private List<Known> now = List.of();
  private int changed;
  private int news;
  private int looked = -1;

  Known(Term term, TermGraph graph) {
    this.term = term;
    number = graph.number(term);
    depth = graph.depth(term);
    fact = term.type().base() == Base.BOOL ? Truth.NONE : Number.NONE;
  }

  /**
   * @param all what the term reads, in any step
   * @param here what it reads of its own
   */
  void reads(List<Known> all, List<Known> here) {
    reads = all;
    now = here;
  }

  /** What the term reads of its own round or step. */
  List<Known> now() {
    return now;
  }

  Fact fact() {
    return fact;
  }

  /**
   * Whether anything that the term depends on, however deep, changed since it was looked at. What
   * is remembered depends on what it was.
   */
  boolean hasNews() {
    for (Known read : reads) {
      news = Math.max(news, Math.max(read.changed, read.news));
    }
    return news > looked || (isRemembered() && changed > looked);
  }

  /** Whether the term's own fact depends on it. */
  boolean isRemembered() {
    return term instanceof Term.Prev
        || term instanceof Term.Past
        || term instanceof Term.Since
        || term instanceof Term.Accumulator;
  }

  /**
   * @param time how many changes there were before
   * @return whether this is one
   */
  boolean set(Fact after, int time) {
    looked = time;
    if (after.equals(fact)) {
      return false;
    }
    fact = after;
    changed = time + 1;
    return true;
  }
}
