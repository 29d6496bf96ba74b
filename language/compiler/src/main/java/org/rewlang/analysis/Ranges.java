package org.rewlang.analysis;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.analysis.Fact.Number;
import org.rewlang.analysis.Fact.Truth;
import org.rewlang.model.Base;
import org.rewlang.model.Definition;
import org.rewlang.model.Interval;
import org.rewlang.model.Model;
import org.rewlang.model.Result;
import org.rewlang.model.Strict;
import org.rewlang.model.Term;

/**
 * The range of every term, and whether it may be undefined, in every step of every episode that
 * does not fail, given inputs and parameters that are finite and in their declared ranges (hosts
 * refuse others).
 *
 * <p>State is a fixed point: it begins as it is initialised and is widened until another step adds
 * nothing. Where it is checked to be finite, its range is of finite numbers.
 */
public final class Ranges {

  /** How many terms in all are looked at again for what a condition implies of them. */
  private static final int MOST_ASSUMED = 50_000;

  static final int DEEPEST_TERM = 400;

  private final TermGraph graph = new TermGraph();
  private final TermRules rules = new TermRules(this);
  private final Map<Term, Fact> facts = new IdentityHashMap<>();
  private int assumed;

  /** Of all terms of a program. */
  public static Ranges of(Model model) {
    List<Term> roots = new ArrayList<>();
    for (Definition definition : model.definitions()) {
      roots.add(definition.value());
    }
    for (Result result : model.results()) {
      roots.add(result.value());
      roots.add(result.definition().value());
    }
    for (Strict strict : model.strict()) {
      roots.add(strict.term());
    }
    model.requirements().forEach(r -> roots.add(r.condition()));
    return of(roots);
  }

  /** Of these terms and all they read. */
  public static Ranges of(List<Term> roots) {
    Ranges ranges = new Ranges();
    ranges.add(roots);
    return ranges;
  }

  public TermGraph graph() {
    return graph;
  }

  /** What is known of a term. One not seen before is taken in. */
  public synchronized Fact fact(Term term) {
    if (!graph.contains(term)) {
      add(List.of(term));
    }
    return factOf(term);
  }

  /** The range of a number where it is defined. */
  public Interval interval(Term term) {
    return fact(term) instanceof Number n ? n.interval() : new Interval(0, 1);
  }

  public boolean mayBeUndefined(Term term) {
    return fact(term).mayBeUndefined();
  }

  /** Whether the exact result of an operation on ints may be no int that a double holds. */
  public boolean mayExceedInt(Term term) {
    return fact(term) instanceof Number
        && rules.raw(term, Assumptions.NONE) instanceof Number n
        && (n.below() || n.above() || n.low() < -Number.MAX_INT || n.high() > Number.MAX_INT);
  }

  private void add(List<Term> roots) {
    List<Term> added = graph.add(roots);
    for (Term term : added) {
      facts.put(term, term.type().base() == Base.BOOL ? Truth.NONE : Number.NONE);
    }
    boolean changed = true;
    for (int round = 0; changed; round++) {
      changed = false;
      assumed = 0;
      for (Term term : added) {
        Fact before = factOf(term);
        Fact after = term(term, Assumptions.NONE);
        if (isRemembered(term)) {
          after = Widening.widen(before, Fact.join(before, after), round);
        }
        if (!after.equals(before)) {
          facts.put(term, after);
          changed = true;
        }
      }
    }
    // Every round from a fixed point is one again, only tighter.
    for (int round = 0; round < 2; round++) {
      assumed = 0;
      for (Term term : added) {
        facts.put(term, Fact.meet(factOf(term), term(term, Assumptions.NONE)));
      }
    }
  }

  private Fact factOf(Term term) {
    Fact fact = facts.get(term);
    if (fact == null) {
      throw new IllegalStateException("no fact of a term at " + term.at());
    }
    return fact;
  }

  /** Where cycles are cut. */
  private static boolean isRemembered(Term term) {
    return term instanceof Term.Prev
        || term instanceof Term.Past
        || term instanceof Term.Since
        || term instanceof Term.Accumulator;
  }

  /** What is known of a term where {@code given} holds. */
  Fact fact(Term term, Assumptions given) {
    if (given.isEmpty()
        || graph.depth(term) > DEEPEST_TERM
        || assumed > MOST_ASSUMED
        || !given.touches(term, graph)) {
      return factOf(term);
    }
    Fact known = given.known(term);
    if (known == null) {
      assumed++;
      // What was remembered is widened already: looked at again, it would grow for ever.
      known = isRemembered(term) ? factOf(term) : Fact.meet(factOf(term), term(term, given));
      Fact about = given.about(graph.number(term));
      if (about != null) {
        known = Fact.meet(known, about);
      }
      given.remember(term, known);
    }
    return known;
  }

  /** What a term makes of what it reads. */
  private Fact term(Term term, Assumptions given) {
    Fact raw = rules.raw(term, given);
    return term.type().base() == Base.INT && raw instanceof Number n ? n.asInt() : raw;
  }

  /** Whether an element's indices surely lie inside. */
  public boolean isInside(Term.Element element) {
    return rules.isInside(element, Assumptions.NONE);
  }

  /** Whether an index surely lies in 0 up to a count. */
  public boolean isBelow(Term index, int count) {
    return rules.isBelow(index, count, Assumptions.NONE);
  }
}
