package org.rewlang.lower;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.Kind;
import org.rewlang.core.Op;
import org.rewlang.core.Origin;
import org.rewlang.model.Base;
import org.rewlang.model.Binder;
import org.rewlang.model.Term;

/** The value of the step before, and of the first. */
final class PrevLowering {

  private final StateContext state;
  private final Unit unit;
  private final Draft draft;
  private final CoreBuilder core;
  private final TermLowering terms;
  private final Map<Term, Integer> slots = new IdentityHashMap<>();

  PrevLowering(StateContext state) {
    this.state = state;
    unit = state.unit;
    draft = state.draft;
    core = state.core;
    terms = state.terms;
  }

  Value prev(Term.Prev prev, List<Integer> index, Origin origin) {
    Term initially = prev.initially();
    List<Double> literal = initially == null ? null : literal(initially, prev.type().shape());
    Integer slot = slots.get(prev);
    if (slot == null) {
      Kind kind = Unit.kind(prev.type().base());
      List<Double> first = literal == null ? List.of(0.0) : repeat(literal, prev);
      slot = unit.slot(state.owner(prev) + "'", state.memory(prev, kind), first);
      slots.put(prev, slot);
      advance(prev, prev.of(), prev.primable(), slot, literal);
    }
    Value before = state.readSlot(slot, prev, index, origin);
    if (literal != null) {
      return before;
    }
    int readable = state.flag(state.readable(prev.of(), prev.primable()), prev, origin);
    Base base = prev.type().base();
    Value first =
        initially == null
            ? terms.scalars().undefined(base)
            : terms.at(initially, terms.broadcast(initially.type(), prev.type(), index));
    return terms.scalars().choose(readable, before, first, origin);
  }

  /** The numbers of a term that needs nothing to be computed, or null. */
  private @Nullable List<Double> literal(Term term, List<Integer> shape) {
    List<Double> written = Constants.of(term);
    if (written != null && (term.type().isScalar() || term.type().shape().equals(shape))) {
      return written;
    }
    if (!term.type().isScalar() || !isPure(term)) {
      return null;
    }
    Value value = terms.scalar(term);
    Op op = value.isPair() ? null : core.op(value.yes());
    return op != null && Folding.isConstant(op) && Double.isFinite(Folding.value(op))
        ? List.of(Folding.value(op))
        : null;
  }

  /** Whether a term reads literals only, so that folding makes one of it. */
  private static boolean isPure(Term term) {
    return switch (term) {
      case Term.Const _ -> true;
      case Term.Apply apply -> apply.operands().stream().allMatch(PrevLowering::isPure);
      case Term.Retype retype -> isPure(retype.of());
      case Term.Ref ref -> isPure(ref.definition().value());
      default -> false;
    };
  }

  /** One number, or one for each element of the slot. */
  private List<Double> repeat(List<Double> numbers, Term.Prev prev) {
    if (numbers.stream().distinct().count() == 1) {
      return List.of(numbers.getFirst());
    }
    List<Double> all = new ArrayList<>();
    int rounds = state.memory(prev, Kind.F64).size() / numbers.size();
    for (int i = 0; i < rounds; i++) {
      all.addAll(numbers);
    }
    return all;
  }

  /**
   * Keeps {@code of} for the next step, and what a reset observation makes of it.
   *
   * @param literal what the slot starts from, or null if nothing reads that
   */
  private void advance(
      Term owner, Term of, boolean primable, int slot, @Nullable List<Double> literal) {
    boolean hasInitial = literal != null;
    state.pending.add(
        () -> {
          Origin origin = unit.origin(owner);
          Value now = next(owner, of, literal, origin);
          draft.next(slot, now.yes(), origin);
          state.check(of, now, owner, origin);
          if (primable) {
            prime(owner, of, slot, hasInitial, origin);
          }
        });
  }

  private Value next(Term owner, Term of, @Nullable List<Double> literal, Origin origin) {
    if (state.comings(owner).isEmpty()) {
      return state.all(of, owner, origin);
    }
    List<Integer> shape = of.type().shape();
    Base base = of.type().base();
    org.rewlang.model.Type type = of.type();
    TermLowering.Body start =
        index ->
            literal == null
                ? terms.scalars().constant(0, base)
                : literal.size() == 1
                    ? terms.scalars().constant(literal.getFirst(), base)
                    : Value.of(
                        core.at(core.table(unit.table(type, literal), origin), index, origin));
    TermLowering.Body body = state.unlessAway(owner, index -> terms.at(of, index), start, origin);
    return terms.elements(state.loops(owner), shape, origin, body);
  }

  private void prime(Term owner, Term of, int slot, boolean hasInitial, Origin origin) {
    CoreBuilder reset = draft.reset();
    List<Integer> inputs = state.inputs(of);
    List<Binder> comings = state.comings(owner);
    List<Binder> loops = state.loops(owner);
    List<Integer> shape = of.type().shape();
    TermLowering.Body body =
        index -> {
          int primed = state.primed(inputs, comings);
          Value value = state.atReset.at(of, index);
          Value before =
              hasInitial
                  ? Value.of(
                      reset.at(
                          reset.slot(slot, origin),
                          StateContext.place(state.atReset, loops, index),
                          origin))
                  : state.atReset.scalars().constant(0, of.type().base());
          return new Value(reset.select(primed, value.yes(), before.yes(), origin), Value.NONE);
        };
    draft.atReset(slot, state.atReset.elements(loops, shape, origin, body).yes(), origin);
    if (unit.ranges().mayBeUndefined(of)) {
      int missing = reset.not(state.present(inputs), origin);
      Value value =
          state.atReset.elements(loops, shape, origin, index -> state.atReset.at(of, index));
      int defined =
          state.defined(state.atReset, of, loops, index -> state.atReset.at(of, index), origin);
      draft.checkAtReset(
          state.what(owner), reset.or(missing, defined, origin), value.yes(), origin);
    }
  }

  Value initial(Term.Initial initial, List<Integer> index, Origin origin) {
    Integer slot = slots.get(initial);
    if (slot == null) {
      Kind kind = Unit.kind(initial.type().base());
      slot =
          unit.slot(state.owner(initial) + ".initial", state.memory(initial, kind), List.of(0.0));
      slots.put(initial, slot);
      advance(initial, initial, false, slot, null);
      if (initial.primable()) {
        int to = slot;
        state.pending.add(() -> prime(initial, initial.of(), to, false, origin));
      }
    }
    int readable = state.flag(state.readable(initial.of(), initial.primable()), initial, origin);
    Value kept = state.readSlot(slot, initial, index, origin);
    return terms.scalars().choose(readable, kept, terms.at(initial.of(), index), origin);
  }
}
