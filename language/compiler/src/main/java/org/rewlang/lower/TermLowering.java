package org.rewlang.lower;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rewlang.analysis.Fact;
import org.rewlang.analysis.Ranges;
import org.rewlang.analysis.Terms;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.Origin;
import org.rewlang.core.UnaryOp;
import org.rewlang.model.Base;
import org.rewlang.model.Binder;
import org.rewlang.model.Term;
import org.rewlang.model.Type;

/** Lowers terms within one function: each is a function from an index to a scalar. */
final class TermLowering {

  /** What a term's value at an index depends on. */
  private record Key(Object term, boolean whole, List<Integer> index, List<Integer> loops) {}

  /** A term by identity. */
  private record Same(Term term) {
    @Override
    public boolean equals(Object o) {
      return o instanceof Same other && other.term == term;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(term);
    }
  }

  private final Unit unit;
  private final CoreBuilder core;
  private final Scalars scalars;
  private final Reductions reductions;
  private final @Nullable StateLowering state;
  private final Map<Binder, Integer> loops = new IdentityHashMap<>();
  private final Map<Binder, Value> accumulators = new IdentityHashMap<>();
  private final FoldLowering folds;
  private final ArrayLowering arrays;

  /**
   * @param state null in the reset, where no state is read
   */
  TermLowering(Unit unit, CoreBuilder core, @Nullable StateLowering state) {
    this.unit = unit;
    this.core = core;
    this.state = state;
    scalars = new Scalars(unit.ranges(), core);
    reductions = new Reductions(this, unit, core, scalars);
    folds = new FoldLowering(this, unit, core, scalars);
    arrays = new ArrayLowering(this, core, scalars);
  }

  CoreBuilder core() {
    return core;
  }

  Scalars scalars() {
    return scalars;
  }

  Ranges ranges() {
    return unit.ranges();
  }

  /** The value of a scalar. */
  Value scalar(Term term) {
    return at(term, List.of());
  }

  /** The element of {@code term} at an index of as many places as it has dimensions. */
  Value at(Term term, List<Integer> index) {
    switch (term) {
      case Term.Ref ref -> {
        return at(ref.definition().value(), index);
      }
      case Term.Retype retype -> {
        return scalars.retype(retype, at(retype.of(), index));
      }
      case Term.Const c -> {
        return scalars.constant(c.value(), c.type().base());
      }
      case Term.LoopIndex i -> {
        return Value.of(core.unary(UnaryOp.ITOF, loop(i.binder()), unit.origin(term)));
      }
      default -> {
        if (!index.isEmpty() && unit.isMemory(term)) {
          return element(whole(term), index, unit.origin(term));
        }
        return remembered(term, false, index, () -> narrowed(term, compute(term, index)));
      }
    }
  }

  /** All of a term: an array, if it isn't a scalar. */
  Value whole(Term term) {
    Term bare = term;
    while (bare instanceof Term.Ref ref) {
      bare = ref.definition().value();
    }
    if (bare.type().isScalar()) {
      return scalar(bare);
    }
    Term of = bare;
    return remembered(
        of,
        true,
        List.of(),
        () ->
            switch (of) {
              case Term.Fold fold -> folds.fold(fold, unit.origin(fold));
              case Term.Sort sort -> Value.of(core.sort(whole(sort.of()).yes(), unit.origin(sort)));
              case Term.Accumulator so -> accumulator(so);
              case Term.Table table -> table(table, unit.origin(table));
              default -> build(of);
            });
  }

  /** What an iteration has so far. */
  Value accumulator(Term.Accumulator so) {
    Value value = accumulators.get(so.iteration().accumulators().get(so.which()));
    if (value == null) {
      throw new IllegalStateException("an accumulator is used outside its loop");
    }
    return value;
  }

  /** What {@code body} is where these stand for accumulators. */
  <T> T with(List<Binder> binders, List<Value> values, java.util.function.Supplier<T> body) {
    for (int i = 0; i < binders.size(); i++) {
      accumulators.put(binders.get(i), values.get(i));
      loops.put(binders.get(i), values.get(i).yes());
    }
    T result = body.get();
    for (Binder binder : binders) {
      accumulators.remove(binder);
      loops.remove(binder);
    }
    return result;
  }

  private Value build(Term term) {
    return elements(
        List.of(),
        term.type().shape(),
        unit.origin(term),
        index -> unit.isMemory(term) ? narrowed(term, compute(term, index)) : at(term, index));
  }

  /** What gives an element at an index. */
  interface Body {
    Value at(List<Integer> index);
  }

  /**
   * An array over loops and then a shape; a scalar if there are neither. Of a bool that may be
   * unknown, two.
   */
  Value elements(List<Binder> binders, List<Integer> shape, Origin origin, Body body) {
    List<Integer> counts = counts(binders, shape);
    if (counts.isEmpty()) {
      return body.at(List.of());
    }
    Placement.Scope scope = core.open(counts);
    Value value = inside(binders, scope.indices(), body);
    int yes = core.build(scope, value.yes(), origin);
    if (!value.isPair()) {
      return Value.of(yes);
    }
    Placement.Scope again = core.open(counts);
    int no = core.build(again, inside(binders, again.indices(), body).no(), origin);
    return new Value(yes, no);
  }

  static List<Integer> counts(List<Binder> binders, List<Integer> shape) {
    List<Integer> counts = new ArrayList<>();
    binders.forEach(b -> counts.add(b.count()));
    counts.addAll(shape);
    return counts;
  }

  /** The body where leading indices are those of loops. */
  Value inside(List<Binder> binders, List<Integer> indices, Body body) {
    List<@Nullable Integer> outer = new ArrayList<>();
    for (int i = 0; i < binders.size(); i++) {
      outer.add(loops.put(binders.get(i), indices.get(i)));
    }
    Value value = body.at(indices.subList(binders.size(), indices.size()));
    for (int i = 0; i < binders.size(); i++) {
      Integer before = outer.get(i);
      if (before == null) {
        loops.remove(binders.get(i));
      } else {
        loops.put(binders.get(i), before);
      }
    }
    return value;
  }

  /** The present index of a loop, an {@code i32}. */
  int loop(Binder binder) {
    Integer index = loops.get(binder);
    if (index == null) {
      throw new IllegalStateException("the index of " + binder + " is used outside its loop");
    }
    return index;
  }

  private Value remembered(
      Term term, boolean whole, List<Integer> index, java.util.function.Supplier<Value> compute) {
    Set<Binder> needed = unit.ranges().graph().free(term);
    List<Integer> around = new ArrayList<>();
    needed.forEach(b -> around.add(loop(b)));
    Key key = new Key(new Same(term), whole, List.copyOf(index), around);
    List<Integer> ids = new ArrayList<>(index);
    ids.addAll(around);
    Placement.Scope scope = core.scopeOf(ids);
    Value known = scope.memo.get(key);
    if (known == null) {
      known = compute.get();
      scope.memo.put(key, known);
    }
    return known;
  }

  /** A bool that can't be unknown needs no second half. */
  private Value narrowed(Term term, Value value) {
    boolean known = value.isPair() && !unit.ranges().fact(term).mayBeUndefined();
    return known ? Value.of(value.yes()) : value;
  }

  private Value compute(Term term, List<Integer> index) {
    Origin origin = unit.origin(term);
    return switch (term) {
      case Term.Input input ->
          Value.of(core.at(core.input(unit.port(input.input()), origin), index, origin));
      case Term.Param param ->
          Value.of(core.at(core.param(unit.port(param.param()), origin), index, origin));
      case Term.Apply apply -> {
        List<Value> operands = new ArrayList<>();
        for (Term operand : apply.operands()) {
          operands.add(at(operand, broadcast(operand.type(), apply.type(), index)));
        }
        yield scalars.apply(apply, operands, origin);
      }
      case Term.Broadcast b -> at(b.of(), broadcast(b.of().type(), b.type(), index));
      case Term.Reduce reduce -> reductions.reduce(reduce, index, origin);
      case Term.ReduceOver over -> reductions.over(over, origin);
      case Term.Build build -> inside(build.binders(), index, rest -> at(build.body(), rest));
      case Term.Element element -> element(element, index, origin);
      case Term.Slice slice -> {
        List<Integer> moved = new ArrayList<>();
        for (int d = 0; d < index.size(); d++) {
          moved.add(
              core.binary(
                  BinaryOp.IADD, index.get(d), core.integer(slice.starts().get(d)), origin));
        }
        yield at(slice.of(), moved);
      }
      case Term.Stack stack -> stack(stack, index, origin);
      case Term.Reshape reshape -> at(reshape.of(), arrays.reshaped(reshape, index, origin));
      case Term.Concatenate concatenate -> arrays.concatenated(concatenate, index, origin);
      case Term.Put put -> arrays.put(put, index, origin);
      case Term.Accumulator so -> element(accumulator(so), index, origin);
      case Term.Table table -> element(table(table, origin), index, origin);
      case Term.Fold fold -> folds.fold(fold, origin);
      case Term.Sort sort -> element(whole(sort), index, origin);
      case Term.StepIndex _,
          Term.Prev _,
          Term.Initial _,
          Term.Past _,
          Term.Sliding _,
          Term.Since _,
          Term.Robustness _,
          Term.WindowCount _,
          Term.WindowAt _,
          Term.Occurrences _ ->
          state().read(term, index, origin);
      case Term.Ref _, Term.Retype _, Term.Const _, Term.LoopIndex _ -> at(term, index);
    };
  }

  private Value table(Term.Table table, Origin origin) {
    return Value.of(core.table(unit.table(table.type(), table.values()), origin));
  }

  private Value element(Value array, List<Integer> index, Origin origin) {
    return new Value(
        core.at(array.yes(), index, origin),
        array.isPair() ? core.at(array.no(), index, origin) : Value.NONE);
  }

  private StateLowering state() {
    if (state == null) {
      throw new IllegalStateException("state is read in a reset");
    }
    return state;
  }

  List<Integer> broadcast(Type operand, Type result, List<Integer> index) {
    return Terms.broadcast(operand, result).stream()
        .map(d -> d < 0 ? core.integer(0) : index.get(d))
        .toList();
  }

  /** An index as an {@code i32}, wherever it points. */
  int index(Term term) {
    Value value = scalar(term);
    return core.unary(UnaryOp.FTOI, value.yes(), unit.origin(term));
  }

  /** Whether leading indices lie inside an array. */
  int inside(Term of, List<Term> indices, Origin origin) {
    int inside = core.flag(true);
    for (int d = 0; d < indices.size(); d++) {
      Term at = indices.get(d);
      int count = of.type().shape().get(d);
      if (!unit.ranges().isBelow(at, count)) {
        int number = scalar(at).yes();
        int above = core.binary(BinaryOp.LE, core.number(0), number, origin);
        int below = core.binary(BinaryOp.LT, number, core.number(count), origin);
        inside = core.and(inside, core.and(above, below, origin), origin);
      }
    }
    return inside;
  }

  private Value element(Term.Element element, List<Integer> rest, Origin origin) {
    List<Integer> index = new ArrayList<>();
    element.indices().forEach(i -> index.add(index(i)));
    int inside = inside(element.of(), element.indices(), origin);
    index.addAll(rest);
    Value value = at(element.of(), index);
    return scalars.choose(inside, value, outside(element.type().base(), value), origin);
  }

  /** What stands for an element that isn't there. */
  Value outside(Base base, Value like) {
    return base == Base.BOOL
        ? new Value(core.flag(false), like.isPair() ? core.flag(true) : Value.NONE)
        : scalars.undefined(base);
  }

  private Value stack(Term.Stack stack, List<Integer> index, Origin origin) {
    int first = index.getFirst();
    List<Integer> rest = index.subList(1, index.size());
    List<Term> parts = stack.parts();
    if (core.op(first) instanceof org.rewlang.core.Op.Int i) {
      return at(parts.get(Math.clamp(i.value(), 0, parts.size() - 1)), rest);
    }
    List<Double> constants = Constants.of(stack);
    if (constants != null) {
      int table = unit.table(stack.type(), constants);
      return Value.of(core.at(core.table(table, origin), index, origin));
    }
    Value chosen = at(parts.getLast(), rest);
    for (int k = parts.size() - 2; k >= 0; k--) {
      int here = core.binary(BinaryOp.IEQ, first, core.integer(k), origin);
      chosen = scalars.choose(here, at(parts.get(k), rest), chosen, origin);
    }
    return chosen;
  }

  /** Whether a fact of the analysis says that the number may be NaN or infinite. */
  boolean mayBeUndefined(Term term) {
    Fact fact = unit.ranges().fact(term);
    return fact.mayBeUndefined();
  }
}
