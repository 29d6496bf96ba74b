package org.rewlang.lower;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.Op;
import org.rewlang.core.Origin;
import org.rewlang.core.Reduction;
import org.rewlang.core.UnaryOp;
import org.rewlang.model.Base;
import org.rewlang.model.Binder;
import org.rewlang.model.ReduceOp;
import org.rewlang.model.Term;

/** Many values to one, left to right from the identity. */
final class Reductions {

  /** Over parts that have no common form, a loop would choose among all of them in every round. */
  private static final int MOST_UNROLLED = 16;

  private static final int DEEPEST_LOOK = 24;

  private final TermLowering terms;
  private final Unit unit;
  private final CoreBuilder core;
  private final Scalars scalars;

  Reductions(TermLowering terms, Unit unit, CoreBuilder core, Scalars scalars) {
    this.terms = terms;
    this.unit = unit;
    this.core = core;
    this.scalars = scalars;
  }

  /** The element of a reduction at an index into what is left of the shape. */
  Value reduce(Term.Reduce reduce, List<Integer> index, Origin origin) {
    Term of = reduce.of();
    List<Integer> shape = of.type().shape();
    Integer axis = reduce.axis();
    List<Integer> counts = axis == null ? shape : List.of(shape.get(axis));
    TermLowering.Body body =
        own -> {
          if (axis == null) {
            return terms.at(of, own);
          }
          List<Integer> all = new ArrayList<>(index);
          all.add(axis, own.getFirst());
          return terms.at(of, all);
        };
    int rounds = counts.stream().reduce(1, Math::multiplyExact);
    if (rounds <= MOST_UNROLLED && canUnroll(reduce.op()) && readsStack(of, 0)) {
      return unrolled(reduce, counts, body, origin);
    }
    return loop(reduce, reduce.op(), List.of(), counts, null, body, origin);
  }

  Value over(Term.ReduceOver over, Origin origin) {
    List<Integer> counts = TermLowering.counts(over.binders(), List.of());
    Term where = over.where();
    int rounds = counts.stream().reduce(1, Math::multiplyExact);
    TermLowering.Body body = _ -> terms.scalar(over.body());
    if (where == null
        && rounds <= MOST_UNROLLED
        && canUnroll(over.op())
        && readsStack(over.body(), 0)) {
      return unrolled(over, counts, own -> terms.inside(over.binders(), own, body), origin);
    }
    return loop(
        over,
        over.op(),
        over.binders(),
        counts,
        where == null ? null : _ -> terms.scalar(where),
        body,
        origin);
  }

  private static boolean canUnroll(ReduceOp op) {
    return op != ReduceOp.ARGMIN && op != ReduceOp.ARGMAX;
  }

  /** Whether an index would choose among parts that are not literals. */
  private boolean readsStack(Term term, int depth) {
    if (depth > DEEPEST_LOOK || unit.isMemory(term)) {
      return false;
    }
    return switch (term) {
      case Term.Stack stack -> Constants.of(stack) == null;
      case Term.Ref ref -> readsStack(ref.definition().value(), depth + 1);
      case Term.Retype retype -> readsStack(retype.of(), depth + 1);
      case Term.Broadcast broadcast -> readsStack(broadcast.of(), depth + 1);
      case Term.Slice slice -> readsStack(slice.of(), depth + 1);
      case Term.Build build -> readsStack(build.body(), depth + 1);
      case Term.Element element -> readsStack(element.of(), depth + 1);
      case Term.Apply apply -> apply.operands().stream().anyMatch(o -> readsStack(o, depth + 1));
      default -> false;
    };
  }

  private Value unrolled(Term whole, List<Integer> counts, TermLowering.Body body, Origin origin) {
    ReduceOp op = whole instanceof Term.Reduce r ? r.op() : ((Term.ReduceOver) whole).op();
    boolean limit = whole.type().base() == Base.INT && unit.ranges().mayExceedInt(whole);
    int rounds = counts.stream().reduce(1, Math::multiplyExact);
    Value all = null;
    for (int flat = 0; flat < rounds; flat++) {
      Value next = body.at(constantIndex(flat, counts));
      if (all == null) {
        all =
            switch (op) {
              case SUM -> Value.of(core.number(0));
              case PROD -> Value.of(core.number(1));
              default -> next;
            };
        if (op != ReduceOp.SUM && op != ReduceOp.PROD) {
          continue;
        }
      }
      all = combine(op, all, next, origin);
      if (limit) {
        all = Value.of(scalars.limited(all.yes(), origin));
      }
    }
    if (all == null) {
      throw new IllegalStateException("nothing to reduce");
    }
    return all;
  }

  private List<Integer> constantIndex(int flat, List<Integer> counts) {
    List<Integer> index = new ArrayList<>();
    int rest = flat;
    for (int d = counts.size() - 1; d >= 0; d--) {
      index.addFirst(core.integer(rest % counts.get(d)));
      rest /= counts.get(d);
    }
    return index;
  }

  /** One more value. */
  Value combine(ReduceOp op, Value all, Value next, Origin origin) {
    return switch (op) {
      case SUM -> Value.of(core.binary(BinaryOp.ADD, all.yes(), next.yes(), origin));
      case PROD -> Value.of(core.binary(BinaryOp.MUL, all.yes(), next.yes(), origin));
      case MIN -> Value.of(core.binary(BinaryOp.MIN, all.yes(), next.yes(), origin));
      case MAX -> Value.of(core.binary(BinaryOp.MAX, all.yes(), next.yes(), origin));
      case ANY -> scalars.or(all, next, origin);
      case ALL -> scalars.and(all, next, origin);
      case ARGMIN, ARGMAX -> throw new IllegalArgumentException("not an operation of two: " + op);
    };
  }

  private Value loop(
      Term whole,
      ReduceOp op,
      List<Binder> binders,
      List<Integer> counts,
      TermLowering.@Nullable Body where,
      TermLowering.Body body,
      Origin origin) {
    TermLowering.Body mask = where == null ? _ -> Value.of(core.flag(true)) : where;
    return switch (op) {
      case ANY, ALL -> truth(op == ReduceOp.ANY, binders, counts, mask, body, origin);
      case SUM, PROD, MIN, MAX -> {
        boolean limit = whole.type().base() == Base.INT && unit.ranges().mayExceedInt(whole);
        yield limit
            ? limited(op, binders, counts, mask, body, origin)
            : Value.of(number(core(op), binders, counts, mask, body, origin));
      }
      case ARGMIN, ARGMAX -> {
        int first = number(core(op), binders, counts, mask, body, origin);
        Value index = Value.of(core.unary(UnaryOp.ITOF, first, origin));
        if (where == null) {
          yield index;
        }
        int none = core.binary(BinaryOp.ILT, first, core.integer(0), origin);
        Value found = scalars.choose(none, scalars.undefined(Base.INT), index, origin);
        int known = known(binders, counts, mask, origin);
        yield scalars.choose(known, found, scalars.undefined(Base.INT), origin);
      }
    };
  }

  private static Reduction core(ReduceOp op) {
    return switch (op) {
      case SUM -> Reduction.SUM;
      case PROD -> Reduction.PROD;
      case MIN -> Reduction.MIN;
      case MAX -> Reduction.MAX;
      case ANY -> Reduction.ANY;
      case ALL -> Reduction.ALL;
      case ARGMIN -> Reduction.ARGMIN;
      case ARGMAX -> Reduction.ARGMAX;
    };
  }

  /** Where it is unknown whether a value counts, it counts as undefined. */
  private int number(
      Reduction op,
      List<Binder> binders,
      List<Integer> counts,
      TermLowering.Body where,
      TermLowering.Body body,
      Origin origin) {
    Placement.Scope scope = core.open(counts);
    Value mask = terms.inside(binders, scope.indices(), where);
    Value value = terms.inside(binders, scope.indices(), body);
    int counted = mask.yes();
    int number = value.yes();
    if (mask.isPair()) {
      counted = core.not(mask.no(), origin);
      number = core.select(mask.yes(), number, core.number(Double.NaN), origin);
    }
    return core.reduce(op, scope, counted, number, origin);
  }

  /** Whether it is known of every round if it counts. */
  private int known(
      List<Binder> binders, List<Integer> counts, TermLowering.Body where, Origin origin) {
    Placement.Scope scope = core.open(counts);
    Value mask = terms.inside(binders, scope.indices(), where);
    int known = mask.isPair() ? core.or(mask.yes(), mask.no(), origin) : core.flag(true);
    int all = core.reduce(Reduction.ALL, scope, Op.Region.UNMASKED, known, origin);
    return mask.isPair() ? all : core.flag(true);
  }

  /** Ints whose sum or product may leave what a double holds exactly: looked at in every round. */
  private Value limited(
      ReduceOp op,
      List<Binder> binders,
      List<Integer> counts,
      TermLowering.Body where,
      TermLowering.Body body,
      Origin origin) {
    int initial = core.number(op == ReduceOp.SUM ? 0 : 1);
    Placement.Scope scope = core.open(counts);
    int so = core.accumulator(scope, core.type(initial));
    Value mask = terms.inside(binders, scope.indices(), where);
    Value value = terms.inside(binders, scope.indices(), body);
    int next = combine(op, Value.of(so), value, origin).yes();
    int limited = scalars.limited(next, origin);
    int counted = mask.yes();
    if (mask.isPair()) {
      counted = core.not(mask.no(), origin);
      limited = core.select(mask.yes(), limited, core.number(Double.NaN), origin);
    }
    return Value.of(core.fold(initial, so, scope, counted, limited, origin));
  }

  /** Kleene's: any is true where one is, false where all are; unknown in between. */
  private Value truth(
      boolean any,
      List<Binder> binders,
      List<Integer> counts,
      TermLowering.Body where,
      TermLowering.Body body,
      Origin origin) {
    Placement.Scope scope = core.open(counts);
    Value mask = terms.inside(binders, scope.indices(), where);
    Value value = terms.inside(binders, scope.indices(), body);
    boolean pair = mask.isPair() || value.isPair();
    if (!pair) {
      Reduction op = any ? Reduction.ANY : Reduction.ALL;
      return Value.of(core.reduce(op, scope, mask.yes(), value.yes(), origin));
    }
    // One round of the deciding kind decides; a round left out never does.
    int decides = any ? value.yes() : scalars.no(value, origin);
    int decided =
        core.reduce(
            Reduction.ANY,
            scope,
            Op.Region.UNMASKED,
            core.and(mask.yes(), decides, origin),
            origin);
    Placement.Scope again = core.open(counts);
    Value maskAgain = terms.inside(binders, again.indices(), where);
    Value valueAgain = terms.inside(binders, again.indices(), body);
    int passes = any ? scalars.no(valueAgain, origin) : valueAgain.yes();
    int passed =
        core.reduce(
            Reduction.ALL,
            again,
            Op.Region.UNMASKED,
            core.or(scalars.no(maskAgain, origin), passes, origin),
            origin);
    return any ? new Value(decided, passed) : new Value(passed, decided);
  }
}
