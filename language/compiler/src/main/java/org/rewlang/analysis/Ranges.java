package org.rewlang.analysis;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.analysis.Fact.Number;
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
  private final Map<Term, Known> all = new IdentityHashMap<>();
  private int changes;
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
    return known(term).fact();
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
    List<Known> added = new ArrayList<>();
    for (Term term : graph.add(roots)) {
      Known known = new Known(term, graph);
      all.put(term, known);
      added.add(known);
    }
    for (Known known : added) {
      known.reads(known(Terms.children(known.term)), known(Terms.now(known.term)));
    }
    boolean changed = true;
    for (int round = 0; changed; round++) {
      changed = false;
      assumed = 0;
      for (Known known : added) {
        if (known.hasNews()) {
          changed |= set(known, next(known, round));
        }
      }
    }
    // Every round from a fixed point is one again, only tighter; where nothing grew it is the same.
    for (int round = 0; round < 2; round++) {
      assumed = 0;
      for (Known known : added) {
        if (known.hasNews() || (round == 0 && known.isRemembered())) {
          set(known, Fact.meet(known.fact(), term(known.term, Assumptions.NONE)));
        }
      }
    }
  }

  private Fact next(Known known, int round) {
    Fact after = term(known.term, Assumptions.NONE);
    return known.isRemembered()
        ? Widening.widen(known.fact(), Fact.join(known.fact(), after), round)
        : after;
  }

  private boolean set(Known known, Fact fact) {
    boolean isNew = known.set(fact, changes);
    changes += isNew ? 1 : 0;
    return isNew;
  }

  private List<Known> known(List<Term> terms) {
    List<Known> list = new ArrayList<>(terms.size());
    for (Term term : terms) {
      list.add(known(term));
    }
    return list;
  }

  private Known known(Term term) {
    Known known = all.get(term);
    if (known == null) {
      throw new IllegalStateException("nothing is known of a term at " + term.at());
    }
    return known;
  }

  /** What is known of a term where {@code given} holds. */
  Fact fact(Term term, Assumptions given) {
    Known known = known(term);
    if (given.isEmpty()
        || known.depth > DEEPEST_TERM
        || assumed > MOST_ASSUMED
        || !given.touches(known)) {
      return known.fact();
    }
    Fact fact = given.found(known);
    if (fact == null) {
      assumed++;
      fact = known.fact();
      // What was remembered is widened already: looked at again, it would grow for ever.
      if (!known.isRemembered()) {
        fact = Fact.meet(fact, term(term, given));
      }
      Fact about = given.about(known.number);
      if (about != null) {
        fact = Fact.meet(fact, about);
      }
      given.remember(known, fact);
    }
    return fact;
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
