package org.rewlang.lower;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.analysis.Terms;
import org.rewlang.core.Op;
import org.rewlang.core.Origin;
import org.rewlang.model.Base;
import org.rewlang.model.Iteration;
import org.rewlang.model.Operation;
import org.rewlang.model.Term;

/** Bounded iteration: one fold of the core for all values of an iteration. */
final class FoldLowering {

  /** What has been made of an iteration, remembered as one. */
  private record Results(Iteration iteration, int which) {}

  private final TermLowering terms;
  private final Unit unit;
  private final CoreBuilder core;
  private final Scalars scalars;

  FoldLowering(TermLowering terms, Unit unit, CoreBuilder core, Scalars scalars) {
    this.terms = terms;
    this.unit = unit;
    this.core = core;
    this.scalars = scalars;
  }

  /** What a fold ends with. */
  Value fold(Term.Fold fold, Origin origin) {
    Iteration iteration = fold.iteration();
    List<Integer> around = new ArrayList<>();
    unit.ranges().graph().free(fold).forEach(b -> around.add(terms.loop(b)));
    var memo = core.scopeOf(around).memo;
    Value known = memo.get(new Results(iteration, fold.which()));
    if (known == null) {
      List<Value> values = all(iteration, origin);
      for (int i = 0; i < values.size(); i++) {
        memo.put(new Results(iteration, i), values.get(i));
      }
      known = values.get(fold.which());
    }
    return known;
  }

  private List<Value> all(Iteration iteration, Origin origin) {
    List<Boolean> pairs = new ArrayList<>();
    List<Value> initial = new ArrayList<>();
    for (int i = 0; i < iteration.initial().size(); i++) {
      boolean pair = isPair(iteration, i);
      Term term = iteration.initial().get(i);
      pairs.add(pair);
      initial.add(halves(terms.whole(term), term.type(), pair, origin));
    }
    var scope = core.open(TermLowering.counts(iteration.binders(), List.of()));
    List<Value> so = new ArrayList<>();
    for (Value value : initial) {
      so.add(
          new Value(
              core.accumulator(scope, core.type(value.yes())),
              value.isPair() ? core.accumulator(scope, core.type(value.no())) : Value.NONE));
    }
    List<Integer> starts = ids(initial);
    List<Integer> accumulators = ids(so);
    int[] mask = {Op.Region.UNMASKED};
    List<Value> next = new ArrayList<>();
    terms.with(
        iteration.accumulators(),
        so,
        () ->
            terms.inside(
                iteration.binders(),
                scope.indices(),
                _ -> {
                  Value where = mask(iteration);
                  mask[0] = where == null ? Op.Region.UNMASKED : counted(where, origin);
                  round(iteration, where, pairs, next, origin);
                  return next.getFirst();
                }));
    int first = core.fold(starts, accumulators, scope, mask[0], ids(next), origin);
    List<Value> results = new ArrayList<>();
    for (Value value : next) {
      int yes = first++;
      results.add(new Value(yes, value.isPair() ? first++ : Value.NONE));
    }
    return results;
  }

  private static List<Integer> ids(List<Value> values) {
    List<Integer> ids = new ArrayList<>();
    for (Value value : values) {
      ids.add(value.yes());
      if (value.isPair()) {
        ids.add(value.no());
      }
    }
    return ids;
  }

  /** Whether a bool may be unknown, at first or after some round. */
  private boolean isPair(Iteration iteration, int which) {
    Term initial = iteration.initial().get(which);
    Term where = iteration.where();
    return initial.type().base() == Base.BOOL
        && (unit.ranges().mayBeUndefined(initial)
            || unit.ranges().mayBeUndefined(iteration.next().get(which))
            || where != null && unit.ranges().mayBeUndefined(where));
  }

  private @Nullable Value mask(Iteration iteration) {
    Term where = iteration.where();
    return where == null ? null : terms.scalar(where);
  }

  /** A round of which it is unknown whether it counts does, and makes everything undefined. */
  private int counted(Value where, Origin origin) {
    return where.isPair() ? core.not(where.no(), origin) : where.yes();
  }

  /** What a round makes of all values; one that replaces an element comes last. */
  private void round(
      Iteration iteration,
      @Nullable Value where,
      List<Boolean> pairs,
      List<Value> next,
      Origin origin) {
    int inPlace = where != null && where.isPair() ? -1 : inPlace(iteration);
    for (int i = 0; i < iteration.next().size(); i++) {
      Term term = iteration.next().get(i);
      if (i == inPlace) {
        next.add(Value.of(Value.NONE));
        continue;
      }
      Value value = halves(terms.whole(term), term.type(), pairs.get(i), origin);
      if (where != null && where.isPair()) {
        value = known(where, value, term, origin);
      }
      next.add(value);
    }
    if (inPlace >= 0) {
      next.set(inPlace, Value.of(replaced(iteration.next().get(inPlace), origin)));
    }
  }

  private Value known(Value where, Value value, Term term, Origin origin) {
    Base base = term.type().base();
    return elements(
        value,
        term.type(),
        origin,
        v -> scalars.choose(where.yes(), v, scalars.undefined(base), origin));
  }

  /** A bool with both its halves. */
  private Value halves(Value value, org.rewlang.model.Type type, boolean pair, Origin origin) {
    return !pair || value.isPair()
        ? value
        : elements(value, type, origin, v -> new Value(v.yes(), scalars.no(v, origin)));
  }

  private Value elements(
      Value value,
      org.rewlang.model.Type type,
      Origin origin,
      java.util.function.UnaryOperator<Value> each) {
    return terms.elements(
        List.of(),
        type.shape(),
        origin,
        index ->
            each.apply(
                new Value(
                    core.at(value.yes(), index, origin),
                    value.isPair() ? core.at(value.no(), index, origin) : Value.NONE)));
  }

  /**
   * The value of which a round replaces one element, at a place that surely is one: an array that
   * nothing else reads afterwards, so that it need not be copied. -1 if there is none.
   */
  private int inPlace(Iteration iteration) {
    for (int i = 0; i < iteration.next().size(); i++) {
      Term.Put put = put(iteration.next().get(i));
      if (put != null
          && put.type().base() != Base.BOOL
          && put.value().type().isScalar()
          && isOwn(put.of(), iteration, i)
          && isInside(put)
          && iteration.where() == null) {
        return i;
      }
    }
    return -1;
  }

  /** {@code set(acc, i, x)}, or {@code set(acc, i, x) if c else acc}. */
  private Term.@Nullable Put put(Term next) {
    return switch (Terms.bare(next)) {
      case Term.Put put -> put;
      case Term.Apply apply
          when apply.op() == Operation.SELECT
              && apply.operands().getFirst().type().isScalar()
              && !unit.ranges().mayBeUndefined(apply.operands().getFirst())
              && Terms.bare(apply.operands().get(1)) instanceof Term.Put put
              && Terms.bare(apply.operands().get(2)) instanceof Term.Accumulator so
              && Terms.bare(put.of()) instanceof Term.Accumulator same
              && so.iteration() == same.iteration()
              && so.which() == same.which() ->
          put;
      default -> null;
    };
  }

  private static boolean isOwn(Term term, Iteration iteration, int which) {
    return Terms.bare(term) instanceof Term.Accumulator so
        && so.iteration() == iteration
        && so.which() == which;
  }

  private boolean isInside(Term.Put put) {
    for (int d = 0; d < put.indices().size(); d++) {
      if (!unit.ranges().isBelow(put.indices().get(d), put.type().shape().get(d))) {
        return false;
      }
    }
    return true;
  }

  private int replaced(Term next, Origin origin) {
    Term.Put put = put(next);
    if (put == null || !(Terms.bare(put.of()) instanceof Term.Accumulator so)) {
      throw new IllegalStateException("nothing is replaced");
    }
    int array = terms.accumulator(so).yes();
    List<Integer> index = new ArrayList<>();
    put.indices().forEach(i -> index.add(terms.index(i)));
    int value = terms.scalar(put.value()).yes();
    if (Terms.bare(next) instanceof Term.Apply select) {
      int condition = terms.scalar(select.operands().getFirst()).yes();
      value = core.select(condition, value, core.at(array, index, origin), origin);
    }
    return core.put(array, index, value, origin);
  }
}
