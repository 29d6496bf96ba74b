package org.rewlang.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.analysis.Fact.Number;
import org.rewlang.analysis.Fact.Truth;
import org.rewlang.model.Base;
import org.rewlang.model.Interval;
import org.rewlang.model.Iteration;
import org.rewlang.model.Operation;
import org.rewlang.model.ReduceOp;
import org.rewlang.model.Term;
import org.rewlang.temporal.Network;

/** What each term makes of what it reads. */
final class TermRules {

  private final Ranges ranges;
  private final TermGraph graph;
  private final Conditions conditions;

  TermRules(Ranges ranges) {
    this.ranges = ranges;
    graph = ranges.graph();
    conditions = new Conditions(ranges);
  }

  private Fact fact(Term term, Assumptions given) {
    return ranges.fact(term, given);
  }

  private Fact factOf(Term term) {
    return ranges.fact(term, Assumptions.NONE);
  }

  private Number number(Term term, Assumptions given) {
    return (Number) fact(term, given);
  }

  private Truth truth(Term term, Assumptions given) {
    return (Truth) fact(term, given);
  }

  /** Before an int that no double holds becomes undefined. */
  Fact raw(Term term, Assumptions given) {
    return switch (term) {
      case Term.Const c -> constant(c.value(), c.type().base());
      case Term.Table table -> {
        Base base = table.type().base();
        Fact all = constant(table.values().getFirst(), base);
        for (double value : table.values()) {
          all = Fact.join(all, constant(value, base));
        }
        yield all;
      }
      case Term.Input input -> declared(input, input.input().range());
      case Term.Param param -> declared(param, param.param().range());
      case Term.StepIndex _ -> Number.between(0, Number.MAX_INT);
      // What is still being made may be anything.
      case Term.Ref ref when !ref.definition().isDefined() ->
          ref.type().base() == Base.BOOL ? Truth.KNOWN.join(Truth.UNKNOWN) : Number.ANY;
      case Term.Ref ref -> fact(ref.definition().value(), given);
      case Term.Retype retype -> fact(retype.of(), given);
      case Term.Apply apply -> apply(apply, given);
      case Term.Reduce reduce -> {
        int all = reduce.of().type().size();
        int count = reduce.axis() == null ? all : reduce.of().type().shape().get(reduce.axis());
        yield Aggregated.reduced(
            reduce.op(), fact(reduce.of(), given.acrossElements()), count, false);
      }
      case Term.ReduceOver over -> over(over, given);
      case Term.Build build -> fact(build.body(), given.inside(build.binders(), graph));
      case Term.LoopIndex index -> Number.between(0, index.binder().count() - 1);
      case Term.Element element -> element(element, given.acrossElements());
      case Term.Slice slice -> fact(slice.of(), given.acrossElements());
      case Term.Stack stack -> {
        Fact all = fact(stack.parts().getFirst(), given.acrossElements());
        for (Term part : stack.parts()) {
          all = Fact.join(all, fact(part, given.acrossElements()));
        }
        yield all;
      }
      case Term.Broadcast broadcast -> fact(broadcast.of(), given);
      case Term.Reshape reshape -> fact(reshape.of(), given.acrossElements());
      case Term.Concatenate concatenate -> {
        Fact all = fact(concatenate.parts().getFirst(), given.acrossElements());
        for (Term part : concatenate.parts()) {
          all = Fact.join(all, fact(part, given.acrossElements()));
        }
        yield all;
      }
      case Term.Sort sort -> fact(sort.of(), given.acrossElements());
      case Term.Put put -> {
        Assumptions here = given.acrossElements();
        Fact all = Fact.join(fact(put.of(), here), fact(put.value(), here));
        yield Fact.orUndefined(all, !isInside(put.of(), put.indices(), here));
      }
      case Term.Accumulator so ->
          Fact.join(factOf(Terms.initial(so)), round(so.iteration(), so.which()));
      case Term.Fold fold -> {
        Iteration iteration = fold.iteration();
        Fact last = round(iteration, fold.which());
        yield iteration.where() == null
            ? last
            : Fact.join(factOf(iteration.initial().get(fold.which())), last);
      }
      case Term.Prev prev -> {
        Fact before = Fact.stored(factOf(prev.of()));
        yield prev.initially() == null
            ? Fact.orUndefined(before, true)
            : Fact.join(before, factOf(prev.initially()));
      }
      case Term.Initial initial -> factOf(initial.of());
      case Term.Past past -> past(past);
      case Term.Sliding sliding -> sliding(sliding);
      case Term.Since since -> since(since);
      case Term.Robustness robustness -> robustness(robustness);
      case Term.WindowCount count -> Number.between(1, count.window().steps());
      case Term.WindowAt at -> {
        Fact of = factOf(at.window().of());
        Fact values = Fact.join(Fact.stored(of), of);
        yield isInWindow(at, given) ? values : outside(values, at.type().base());
      }
      case Term.Occurrences _ -> Number.between(1, Number.MAX_INT);
    };
  }

  private static Fact constant(double value, Base base) {
    if (base == Base.BOOL) {
      return Double.isNaN(value) ? Truth.UNKNOWN : Truth.of(value != 0);
    }
    return Number.of(value);
  }

  private static Fact declared(Term term, Interval range) {
    return switch (term.type().base()) {
      case BOOL -> Truth.KNOWN;
      case ENUM -> {
        var enumeration = term.type().enumeration();
        yield Number.between(0, enumeration == null ? 0 : enumeration.members().size() - 1);
      }
      case INT -> Number.in(range, true);
      case REAL -> Number.in(range, false);
    };
  }

  /** An index outside: an undefined number, but a bool is false. */
  private static Fact outside(Fact fact, Base base) {
    return base == Base.BOOL ? Fact.join(fact, Truth.FALSE) : Fact.orUndefined(fact, true);
  }

  private Fact apply(Term.Apply apply, Assumptions given) {
    List<Term> of = apply.operands();
    return switch (apply.op()) {
      case NEGATE -> NumberRules.negate(number(of.getFirst(), given));
      case ABS -> NumberRules.abs(number(of.getFirst(), given));
      case SQRT, FLOOR, ROUND, EXP, EXPM1, LOG, LOG1P, SIN, COS, TAN, ASIN, ACOS, TANH ->
          NumberRules.unary(apply.op(), number(of.getFirst(), given));
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MIN, MAX, POWER, ATAN2 -> arithmetic(apply, given);
      case LESS, LESS_EQUAL, EQUAL -> comparison(apply, given);
      case NOT -> truth(of.getFirst(), given).not();
      case AND, OR -> junction(apply, given);
      case SELECT -> select(apply, given);
      case COALESCE -> {
        Fact first = fact(of.getFirst(), given);
        yield first.mayBeUndefined()
            ? Fact.join(Fact.stored(first), fact(of.getLast(), given))
            : first;
      }
      case DEFINED -> defined(fact(of.getFirst(), given));
    };
  }

  private static Truth defined(Fact fact) {
    boolean may =
        switch (fact) {
          case Number n -> n.hasFinite();
          case Truth t -> t.mayBeTrue() || t.mayBeFalse();
        };
    return new Truth(may, fact.mayBeUndefined(), false);
  }

  private Fact arithmetic(Term.Apply apply, Assumptions given) {
    Term left = apply.operands().getFirst();
    Term right = apply.operands().getLast();
    Number a = number(left, given);
    Number b = number(right, given);
    boolean same =
        graph.number(left) == graph.number(right)
            && left.type().shape().equals(right.type().shape());
    if (!same) {
      Number plain = NumberRules.binary(apply.op(), a, b);
      return apply.op() == Operation.DIVIDE ? plain.meet(windowMean(left, right)) : plain;
    }
    return switch (apply.op()) {
      case MULTIPLY -> {
        Number size = NumberRules.abs(a);
        yield NumberRules.binary(Operation.MULTIPLY, size, size).meet(square(a));
      }
      case SUBTRACT -> (a.hasFinite() ? Number.of(0) : Number.NONE).orNan(a.mayBeUndefined());
      case DIVIDE -> {
        boolean zero = a.mayBe(0);
        boolean one = a.hasFinite() && !(a.low() == 0 && a.high() == 0);
        yield (one ? Number.of(1) : Number.NONE).orNan(zero || a.mayBeUndefined());
      }
      case MIN, MAX -> a;
      default -> NumberRules.binary(apply.op(), a, b);
    };
  }

  /** The mean of a window lies between its least and greatest value, but for rounding. */
  private Number windowMean(Term sum, Term count) {
    if (Terms.bare(count) instanceof Term.WindowCount window
        && Terms.bare(sum) instanceof Term.ReduceOver over
        && over.op() == ReduceOp.SUM
        && over.binders().size() == 1
        && over.binders().getFirst().count() == window.window().steps()
        && over.where() != null
        && Terms.bare(over.where()) instanceof Term.Apply where
        && where.op() == Operation.LESS
        && Terms.bare(where.operands().getFirst()) instanceof Term.LoopIndex index
        && over.binders().contains(index.binder())
        && graph.number(where.operands().getLast()) == graph.number(window)
        && fact(over.body(), assume(Assumptions.NONE, over.where(), true)) instanceof Number n
        && n.hasFinite()) {
      double most = Math.max(Math.abs(n.low()), Math.abs(n.high()));
      double slack = most * 0x1p-52 * (window.window().steps() + 1);
      return new Number(
          Math.max(n.low() - slack, -Number.MAX),
          Math.min(n.high() + slack, Number.MAX),
          true,
          true,
          true,
          false);
    }
    return Number.ANY;
  }

  /** Never NaN for want of sign: infinity times zero does not come up in a square. */
  private static Number square(Number a) {
    return new Number(0, Number.MAX, a.nan(), false, true, false);
  }

  private Truth comparison(Term.Apply apply, Assumptions given) {
    Term left = apply.operands().getFirst();
    Term right = apply.operands().getLast();
    Fact first = fact(left, given);
    if (first instanceof Truth x) {
      Truth y = truth(right, given);
      return x.and(y).or(x.not().and(y.not()));
    }
    Number a = (Number) first;
    Number b = number(right, given);
    boolean unknown = (a.nan() && !b.isNothing()) || (b.nan() && !a.isNothing());
    if (left.type().base() == Base.ENUM) {
      unknown = a.mayBeUndefined() || b.mayBeUndefined();
    }
    boolean same =
        graph.number(left) == graph.number(right)
            && left.type().shape().equals(right.type().shape());
    boolean some = a.least() <= a.greatest() && b.least() <= b.greatest();
    return switch (apply.op()) {
      case LESS ->
          new Truth(
              !same && a.least() < b.greatest(),
              some && (same || b.least() <= a.greatest()),
              unknown);
      case LESS_EQUAL ->
          new Truth(
              some && (same || a.least() <= b.greatest()),
              !same && b.least() < a.greatest(),
              unknown);
      default -> {
        boolean may = a.least() <= b.greatest() && b.least() <= a.greatest();
        boolean zeros =
            (a.nonZero() && Conditions.isZero(b)) || (b.nonZero() && Conditions.isZero(a));
        boolean point = a.least() == a.greatest() && b.least() == b.greatest();
        yield new Truth(may && !zeros, some && !same && !(may && point && !zeros), unknown);
      }
    };
  }

  private Truth junction(Term.Apply apply, Assumptions given) {
    Term left = apply.operands().getFirst();
    Term right = apply.operands().getLast();
    boolean and = apply.op() == Operation.AND;
    Truth a = truth(left, given);
    Truth b = truth(right, given);
    Truth plain = and ? a.and(b) : a.or(b);
    if (!plain.mayBeUnknown()) {
      return plain;
    }
    // Where the left side decides, the right one need not be defined; and the other way round.
    boolean open = and ? a.mayBeTrue() : a.mayBeFalse();
    boolean decidedByLeft =
        !a.mayBeUnknown() && !(open && truth(right, assume(given, left, and)).mayBeUnknown());
    boolean openRight = and ? b.mayBeTrue() : b.mayBeFalse();
    boolean decidedByRight =
        !b.mayBeUnknown() && !(openRight && truth(left, assume(given, right, and)).mayBeUnknown());
    return decidedByLeft || decidedByRight ? plain.known() : plain;
  }

  private Fact select(Term.Apply apply, Assumptions given) {
    Term condition = apply.operands().get(0);
    Truth holds = truth(condition, given);
    Fact result = apply.type().base() == Base.BOOL ? Truth.NONE : Number.NONE;
    if (holds.mayBeTrue()) {
      result = Fact.join(result, fact(apply.operands().get(1), assume(given, condition, true)));
    }
    if (holds.mayBeFalse()) {
      result = Fact.join(result, fact(apply.operands().get(2), assume(given, condition, false)));
    }
    return Fact.orUndefined(result, holds.mayBeUnknown());
  }

  /** What is given, and that a condition is surely true, or surely false. */
  private Assumptions assume(Assumptions given, Term condition, boolean value) {
    return conditions.assume(given, condition, value);
  }

  private Fact element(Term.Element element, Assumptions given) {
    Fact of = fact(element.of(), given);
    if (Terms.bare(element.of()) instanceof Term.Stack stack) {
      double first = Terms.constant(element.indices().getFirst());
      if (first >= 0 && first < stack.parts().size()) {
        of = fact(stack.parts().get((int) first), given);
      }
    }
    return isInside(element, given) ? of : outside(of, element.type().base());
  }

  boolean isInside(Term.Element element, Assumptions given) {
    return isInside(element.of(), element.indices(), given);
  }

  private boolean isInside(Term of, List<Term> indices, Assumptions given) {
    for (int d = 0; d < indices.size(); d++) {
      if (!isBelow(indices.get(d), of.type().shape().get(d), given)) {
        return false;
      }
    }
    return true;
  }

  boolean isBelow(Term index, int count, Assumptions given) {
    Number n = number(index, given);
    return !n.mayBeUndefined() && n.low() >= 0 && n.high() <= count - 1;
  }

  /** Whether it is known that the index is below the window's count. */
  private boolean isInWindow(Term.WindowAt at, Assumptions given) {
    Number index = number(at.index(), given);
    if (index.mayBeUndefined() || !(index.low() >= 0)) {
      return false;
    }
    return index.high() == 0 || given.holds(graph.lessThanCount(at));
  }

  private Fact over(Term.ReduceOver over, Assumptions outer) {
    Assumptions given = outer.inside(over.binders(), graph);
    int count = over.binders().stream().mapToInt(b -> b.count()).reduce(1, Math::multiplyExact);
    if (over.where() == null) {
      return Aggregated.reduced(over.op(), fact(over.body(), given), count, false);
    }
    Truth where = truth(over.where(), given);
    if (where.isAlwaysTrue()) {
      return Aggregated.reduced(over.op(), fact(over.body(), given), count, false);
    }
    Fact body =
        where.mayBeTrue()
            ? fact(over.body(), assume(given, over.where(), true))
            : over.body().type().base() == Base.BOOL ? Truth.NONE : Number.NONE;
    return Fact.orUndefined(
        Aggregated.reduced(over.op(), body, count, true, holdsAtFirst(over, given)),
        where.mayBeUnknown());
  }

  /** Whether the first round is never left out. */
  private boolean holdsAtFirst(Term.ReduceOver over, Assumptions given) {
    Term where = over.where();
    if (where == null) {
      return true;
    }
    Assumptions first = given;
    for (Term term : graph.indices(over.binders())) {
      first = first.and(term, graph.number(term), Number.of(0));
    }
    return truth(where, first).isAlwaysTrue();
  }

  /** What a round of an iteration that counts makes of a value. */
  private Fact round(Iteration iteration, int which) {
    Term next = iteration.next().get(which);
    Term where = iteration.where();
    if (where == null) {
      return factOf(next);
    }
    Fact after = fact(next, assume(Assumptions.NONE, where, true));
    return Fact.orUndefined(after, factOf(where).mayBeUndefined());
  }

  /** A step that lies before the first is none: it makes nothing true, and nothing false. */
  private Fact sliding(Term.Sliding sliding) {
    Fact of = factOf(sliding.of());
    Fact before = Fact.stored(of);
    Fact values = sliding.from() > 0 ? before : sliding.to() > 0 ? Fact.join(of, before) : of;
    boolean mayBeEmpty = sliding.from() > 0;
    return switch (sliding.op()) {
      case ANY -> mayBeEmpty ? Fact.join(values, Truth.FALSE) : values;
      case ALL -> mayBeEmpty ? Fact.join(values, Truth.TRUE) : values;
      default -> Fact.orUndefined(values, mayBeEmpty);
    };
  }

  /** One of the distances, unless there is none that decides. */
  private Fact robustness(Term.Robustness of) {
    Number all = Number.NONE;
    for (Term atom : of.atoms()) {
      if (factOf(atom) instanceof Number n) {
        all = all.join(n.finite()).join(NumberRules.negate(n.finite()));
      }
    }
    Network network = new Network(of.beta() == null);
    int root = network.add(of.formula());
    Network.Reach reach = network.reach(root, a -> of.atoms().get(a).type().base() == Base.BOOL);
    Number finite = of.beta() == null ? all : Number.FINITE;
    return new Number(finite.low(), finite.high(), false, reach.below(), reach.above(), false);
  }

  private Fact since(Term.Since since) {
    Truth before = ((Truth) factOf(since)).known().join(Truth.FALSE);
    Truth held = (Truth) factOf(since.held());
    return ((Truth) factOf(since.event())).or(held.and(before));
  }

  private Fact past(Term.Past past) {
    Fact of = factOf(past.of());
    @Nullable Truth where = past.where() == null ? null : (Truth) factOf(past.where());
    @Nullable Truth since = past.since() == null ? null : (Truth) factOf(past.since());
    if (past.where() != null) {
      of = fact(past.of(), assume(Assumptions.NONE, past.where(), true));
    }
    Fact before = Fact.stored(factOf(past));
    boolean mayBeEmpty = where != null && !where.isAlwaysTrue();
    Fact all =
        switch (past.op()) {
          case SUM -> Aggregated.accumulate(Operation.ADD, Number.of(0), before, of, mayBeEmpty);
          case PROD ->
              Aggregated.accumulate(Operation.MULTIPLY, Number.of(1), before, of, mayBeEmpty);
          case MIN, MAX -> Fact.orUndefined(Fact.join(before, of), mayBeEmpty);
          case ANY -> Fact.join(Fact.join(before, of), mayBeEmpty ? Truth.FALSE : Truth.NONE);
          case ALL -> Fact.join(Fact.join(before, of), mayBeEmpty ? Truth.TRUE : Truth.NONE);
          case ARGMIN, ARGMAX -> Number.between(0, Number.MAX_INT).orNan(mayBeEmpty);
        };
    return Fact.orUndefined(
        all, (where != null && where.mayBeUnknown()) || (since != null && since.mayBeUnknown()));
  }
}
