package org.rewlang.analysis;

import org.rewlang.analysis.Fact.Number;
import org.rewlang.analysis.Fact.Truth;
import org.rewlang.model.Base;
import org.rewlang.model.Operation;
import org.rewlang.model.Term;

/**
 * What a condition says of the terms that it compares, where it is known to hold or not to hold.
 */
final class Conditions {

  /** How many facts deep what conditions imply is followed. */
  private static final int DEEPEST_ASSUMPTION = 12;

  private final Ranges ranges;

  Conditions(Ranges ranges) {
    this.ranges = ranges;
  }

  /** What is given, and that a condition is surely true, or surely false. */
  Assumptions assume(Assumptions given, Term condition, boolean value) {
    if (given.depth >= DEEPEST_ASSUMPTION
        || ranges.graph().depth(condition) > Ranges.DEEPEST_TERM) {
      return given;
    }
    Assumptions now = given.and(condition, ranges.graph().number(condition), Truth.of(value));
    if (!(Terms.bare(condition) instanceof Term.Apply apply)) {
      return now;
    }
    Term left = apply.operands().getFirst();
    Term right = apply.operands().getLast();
    return switch (apply.op()) {
      case NOT -> assume(now, left, !value);
      case AND -> value ? assume(assume(now, left, true), right, true) : now;
      case OR -> value ? now : assume(assume(now, left, false), right, false);
      case LESS -> value ? less(now, left, right, true) : less(now, right, left, false);
      case LESS_EQUAL -> value ? less(now, left, right, false) : less(now, right, left, true);
      case EQUAL -> equal(now, left, right, value);
      case DEFINED -> value ? narrow(now, left, Fact.stored(ranges.fact(left, now))) : now;
      default -> now;
    };
  }

  private Assumptions less(Assumptions given, Term left, Term right, boolean strictly) {
    Number a = number(left, given);
    Number b = number(right, given);
    double top = b.greatest();
    double bottom = a.least();
    Number below =
        new Number(
            -Number.MAX,
            Math.min(strictly ? Math.nextDown(top) : top, Number.MAX),
            false,
            true,
            top == Double.POSITIVE_INFINITY && !strictly,
            false);
    Number above =
        new Number(
            Math.max(strictly ? Math.nextUp(bottom) : bottom, -Number.MAX),
            Number.MAX,
            false,
            bottom == Double.NEGATIVE_INFINITY && !strictly,
            true,
            false);
    return narrow(narrow(given, left, below), right, above);
  }

  private Assumptions equal(Assumptions given, Term left, Term right, boolean value) {
    if (!(ranges.fact(left, given) instanceof Number a)) {
      return given;
    }
    Number b = number(right, given);
    if (value) {
      Number both = new Number(a.low(), a.high(), false, a.below(), a.above(), a.nonZero());
      both = both.meet(new Number(b.low(), b.high(), false, b.below(), b.above(), b.nonZero()));
      return narrow(narrow(given, left, both), right, both);
    }
    Assumptions now = given;
    if (isZero(b) && !b.mayBeUndefined()) {
      now = narrow(now, left, unequalToZero(a));
    }
    if (isZero(a) && !a.mayBeUndefined()) {
      now = narrow(now, right, unequalToZero(b));
    }
    return now;
  }

  private static Number unequalToZero(Number n) {
    return new Number(
        n.low() == 0 ? Double.MIN_VALUE : n.low(),
        n.high() == 0 ? -Double.MIN_VALUE : n.high(),
        false,
        n.below(),
        n.above(),
        true);
  }

  private Assumptions narrow(Assumptions given, Term term, Fact to) {
    Fact narrowed = Fact.meet(ranges.fact(term, given), to);
    if (narrowed instanceof Number n && term.type().base() == Base.INT && n.hasFinite()) {
      // Between whole numbers there is none.
      double low = Math.ceil(n.low());
      double high = Math.floor(n.high());
      narrowed =
          low <= high
              ? new Number(low, high, n.nan(), n.below(), n.above(), n.nonZero())
              : narrowed;
    }
    Assumptions now = given.and(term, ranges.graph().number(term), narrowed);
    // What holds of a size holds of both signs.
    if (Terms.bare(term) instanceof Term.Apply apply
        && apply.op() == Operation.ABS
        && narrowed instanceof Number n
        && n.hasFinite()) {
      Term of = apply.operands().getFirst();
      Number both =
          new Number(-n.high(), n.high(), false, n.above(), n.above(), n.low() > 0 || n.nonZero());
      return given.depth + 2 > DEEPEST_ASSUMPTION ? now : narrow(now, of, both);
    }
    return now;
  }

  private Number number(Term term, Assumptions given) {
    return (Number) ranges.fact(term, given);
  }

  static boolean isZero(Number n) {
    return n.low() == 0 && n.high() == 0;
  }
}
