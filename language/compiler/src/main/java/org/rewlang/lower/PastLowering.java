package org.rewlang.lower;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.core.Kind;
import org.rewlang.core.Origin;
import org.rewlang.model.Base;
import org.rewlang.model.Binder;
import org.rewlang.model.ReduceOp;
import org.rewlang.model.Term;

/** Reductions over all steps so far, one value kept. */
final class PastLowering {

  private final StateContext state;
  private final Unit unit;
  private final Draft draft;
  private final CoreBuilder core;
  private final TermLowering terms;
  private final Map<Term, Integer> slots = new IdentityHashMap<>();
  private final Map<Term, List<Integer>> moreSlots = new IdentityHashMap<>();

  PastLowering(StateContext state) {
    this.state = state;
    unit = state.unit;
    draft = state.draft;
    core = state.core;
    terms = state.terms;
  }

  Value past(Term.Past past, List<Integer> index, Origin origin) {
    if (past.op() == ReduceOp.ARGMIN || past.op() == ReduceOp.ARGMAX) {
      throw new IllegalArgumentException("no step has an index: " + past.op());
    }
    Base base = past.type().base();
    Scalars scalars = terms.scalars();
    boolean mayBeEmpty =
        past.where() != null && (past.op() == ReduceOp.MIN || past.op() == ReduceOp.MAX);
    Integer slot = slots.get(past);
    if (slot == null) {
      double identity = past.op() == ReduceOp.PROD || past.op() == ReduceOp.ALL ? 1 : 0;
      String suffix = "." + past.op().name().toLowerCase(java.util.Locale.ROOT);
      slot =
          unit.slot(
              state.owner(past) + suffix, state.memory(past, Unit.kind(base)), List.of(identity));
      slots.put(past, slot);
      if (mayBeEmpty) {
        int some =
            unit.slot(state.owner(past) + ".some", state.memory(past, Kind.BOOL), List.of(0.0));
        moreSlots.put(past, List.of(some));
      }
      int to = slot;
      state.pending.add(() -> advancePast(past, to, origin));
    }
    Accumulated now = accumulate(past, slot, index, origin);
    return mayBeEmpty
        ? scalars.select(base, now.some, now.value, scalars.undefined(base), origin)
        : now.value;
  }

  /**
   * @param some whether any step counts so far
   */
  private record Accumulated(Value value, Value some) {}

  private Accumulated accumulate(Term.Past past, int slot, List<Integer> index, Origin origin) {
    Scalars scalars = terms.scalars();
    Base base = past.type().base();
    Value always = Value.of(core.flag(true));
    Value value = part(past.of(), past, index);
    Value where = past.where() == null ? always : part(past.where(), past, index);
    Value since =
        past.since() == null ? Value.of(core.flag(false)) : part(past.since(), past, index);
    Value before = state.readSlot(slot, past, index, origin);
    Reductions reductions = new Reductions(terms, unit, core, scalars);
    if (past.op() != ReduceOp.MIN && past.op() != ReduceOp.MAX) {
      double identity = past.op() == ReduceOp.PROD || past.op() == ReduceOp.ALL ? 1 : 0;
      Value from = scalars.select(base, since, scalars.constant(identity, base), before, origin);
      Value next = reductions.combine(past.op(), from, value, origin);
      if (base == Base.INT && unit.ranges().mayExceedInt(past)) {
        next = Value.of(scalars.limited(next.yes(), origin));
      }
      if (base == Base.BOOL && past.where() != null) {
        // A step that may be left out need not leave it open: `false` adds nothing to `any`.
        Value counted = scalars.excluded(past.op() == ReduceOp.ANY, where, value, origin);
        return new Accumulated(reductions.combine(past.op(), from, counted, origin), always);
      }
      return new Accumulated(scalars.select(base, where, next, from, origin), always);
    }
    List<Integer> more = moreSlots.getOrDefault(past, List.of());
    Value any =
        more.isEmpty()
            ? Value.of(state.flag(StateContext.NEVER_AT_RESET, past, origin))
            : state.readSlot(more.getFirst(), past, index, origin);
    // Where it restarts, or has not begun, there is nothing to compare with.
    Value going = scalars.and(any, scalars.not(since, origin), origin);
    Value best = reductions.combine(past.op(), before, value, origin);
    Value next = scalars.select(base, going, best, value, origin);
    Value kept = scalars.select(base, where, next, before, origin);
    Value some = scalars.or(where, going, origin);
    return new Accumulated(kept, some);
  }

  private Value part(Term part, Term whole, List<Integer> index) {
    return terms.at(part, terms.broadcast(part.type(), whole.type(), index));
  }

  private void advancePast(Term.Past past, int slot, Origin origin) {
    List<Binder> loops = state.loops(past);
    List<Integer> shape = past.type().shape();
    List<Integer> more = moreSlots.getOrDefault(past, List.of());
    double identity = past.op() == ReduceOp.PROD || past.op() == ReduceOp.ALL ? 1 : 0;
    Base base = past.type().base();
    TermLowering.Body next =
        state.unlessAway(
            past,
            i -> accumulate(past, slot, i, origin).value,
            _ -> terms.scalars().constant(identity, base),
            origin);
    Value now =
        more.isEmpty() && loops.isEmpty()
            ? terms.whole(past)
            : terms.elements(loops, shape, origin, next);
    draft.next(slot, now.yes(), origin);
    if (more.isEmpty()) {
      state.check(past, now, past, origin);
      return;
    }
    TermLowering.Body begun =
        state.unlessAway(
            past,
            i -> accumulate(past, slot, i, origin).some,
            _ -> Value.of(core.flag(false)),
            origin);
    Value some = terms.elements(loops, shape, origin, begun);
    draft.next(more.getFirst(), some.yes(), origin);
    Term where = past.where();
    boolean open =
        unit.ranges().mayBeUndefined(past.of())
            || (where != null && unit.ranges().mayBeUndefined(where))
            || (past.since() != null && unit.ranges().mayBeUndefined(past.since()));
    if (open) {
      state.checkDefined(past, now, past, loops, origin);
      if (some.isPair()) {
        org.rewlang.model.Type bools = org.rewlang.model.Type.BOOL.withShape(shape);
        Term like = new Term.Const(0, bools, past.at());
        state.checkDefined(like, some, past, loops, origin);
      }
    }
  }
}
