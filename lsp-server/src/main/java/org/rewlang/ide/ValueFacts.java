package org.rewlang.ide;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rewlang.analysis.Fact;
import org.rewlang.analysis.Ranges;
import org.rewlang.analysis.Terms;
import org.rewlang.check.Index;
import org.rewlang.check.Index.Kind;
import org.rewlang.model.Base;
import org.rewlang.model.Interval;
import org.rewlang.model.Term;

/** What values a name can have, in one line. */
final class ValueFacts {

  /** Others stand for many values: those of every call, or of every round. */
  private static final Set<Kind> PROGRAM_WIDE =
      EnumSet.of(
          Kind.INPUT,
          Kind.VIEW,
          Kind.PARAM,
          Kind.LET,
          Kind.EVENT,
          Kind.COMPONENT,
          Kind.BLOCK,
          Kind.OUTCOME,
          Kind.METRIC,
          Kind.COST,
          Kind.BUILTIN);

  private static final double ENDLESS = 1e14;

  private ValueFacts() {}

  static Optional<String> of(Snapshot snapshot, Index.Site site) {
    Term term = site.term();
    // Of a broken program not every value is there to be followed.
    Ranges ranges = snapshot.compilation().ranges();
    if (ranges == null
        || term == null
        || !PROGRAM_WIDE.contains(site.kind())
        || !isComplete(term)) {
      return Optional.empty();
    }
    DeclaredUnit declared = DeclaredUnit.of(site);
    String text =
        declared != null
            ? RangeText.of(declared.range(), declared.unit(), term.type())
            : describe(ranges.fact(term), site, term);
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static String describe(Fact fact, Index.Site site, Term term) {
    String range =
        switch (fact) {
          case Fact.Truth t when t.isAlwaysTrue() -> "always true";
          case Fact.Truth t when t.isAlwaysFalse() -> "always false";
          case Fact.Truth _ -> "";
          case Fact.Number _ when term.type().base() == Base.ENUM -> "";
          case Fact.Number n -> RangeText.of(readable(n.interval()), site.unit(), term.type());
        };
    if (!fact.mayBeUndefined()) {
      return range;
    }
    return range.isEmpty() ? "may be undefined" : range + ", may be undefined";
  }

  /**
   * What grows without end is bounded by how far steps can be counted; that tells nobody anything.
   */
  private static Interval readable(Interval range) {
    return new Interval(
        range.low() <= -ENDLESS ? Double.NEGATIVE_INFINITY : range.low(),
        range.high() >= ENDLESS ? Double.POSITIVE_INFINITY : range.high());
  }

  /** Whether every definition that is read has its value: a function's parameters have none. */
  private static boolean isComplete(Term root) {
    Set<@Nullable Term> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Term> todo = new ArrayDeque<>(List.of(root));
    while (!todo.isEmpty()) {
      Term term = todo.pop();
      if (term instanceof Term.Ref ref && !ref.definition().isDefined()) {
        return false;
      }
      if (seen.add(term)) {
        Terms.children(term).forEach(todo::push);
      }
    }
    return true;
  }
}
