package org.rewlang.lower;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.HistoryInfo;
import org.rewlang.core.Kind;
import org.rewlang.core.Origin;
import org.rewlang.model.Base;
import org.rewlang.model.Binder;
import org.rewlang.model.ReduceOp;
import org.rewlang.model.Term;

/**
 * Windows that are reduced as a whole, and what held since an event: the same cost for any width.
 */
final class SlidingLowering {

  /** Up to here going through all values costs less. */
  private static final int FEW = 6;

  private final StateContext state;
  private final WindowLowering windows;
  private final Unit unit;
  private final Draft draft;
  private final CoreBuilder core;
  private final TermLowering terms;
  private final Map<Term, Integer> slots = new IdentityHashMap<>();
  private final Map<Term, Integer> delays = new IdentityHashMap<>();
  private final Map<Term, Blocks> blocks = new IdentityHashMap<>();

  SlidingLowering(StateContext state, WindowLowering windows) {
    this.state = state;
    this.windows = windows;
    unit = state.unit;
    draft = state.draft;
    core = state.core;
    terms = state.terms;
  }

  /** One bool: whether it held when the event last did, and ever since. */
  Value since(Term.Since since, List<Integer> index, Origin origin) {
    Integer slot = slots.get(since);
    if (slot == null) {
      int made =
          unit.slot(state.owner(since) + ".since", state.memory(since, Kind.BOOL), List.of(0.0));
      slots.put(since, made);
      slot = made;
      state.pending.add(
          () -> {
            TermLowering.Body next =
                state.unlessAway(
                    since,
                    at -> held(since, made, at, origin),
                    _ -> Value.of(core.flag(false)),
                    origin);
            Value now = terms.elements(state.loops(since), since.type().shape(), origin, next);
            draft.next(made, now.yes(), origin);
            state.check(since, now, since, origin);
          });
    }
    return held(since, slot, index, origin);
  }

  private Value held(Term.Since since, int slot, List<Integer> index, Origin origin) {
    Scalars scalars = terms.scalars();
    Value event = part(since.event(), since, index);
    Value held = part(since.held(), since, index);
    Value before = state.readSlot(slot, since, index, origin);
    return scalars.or(event, scalars.and(held, before, origin), origin);
  }

  private Value part(Term part, Term whole, List<Integer> index) {
    return terms.at(part, terms.broadcast(part.type(), whole.type(), index));
  }

  Value sliding(Term.Sliding of, List<Integer> index, Origin origin) {
    boolean bool = of.type().base() == Base.BOOL;
    if (of.from() == 0) {
      return bool ? lately(of, index, origin) : extreme(of, index, origin);
    }
    // What the steps made that ended so many steps ago.
    int history = delay(of, origin);
    List<Integer> at = new ArrayList<>(List.of(core.integer(of.from() - 1)));
    at.addAll(state.place(of, index));
    int before = core.ago(history, at, origin);
    List<Binder> comings = state.comings(of);
    if (!bool) {
      int there = windows.filled(of, comings, history, origin);
      int late = core.binary(BinaryOp.ILT, there, core.integer(of.from()), origin);
      return Value.of(core.select(late, core.number(Double.NaN), before, origin));
    }
    if (!comings.isEmpty()) {
      int there = windows.filled(of, comings, history, origin);
      int late = core.binary(BinaryOp.ILT, there, core.integer(of.from()), origin);
      before = core.and(core.not(late, origin), before, origin);
    }
    Value hit = Value.of(before);
    return of.op() == ReduceOp.ANY ? hit : terms.scalars().not(hit, origin);
  }

  private int delay(Term.Sliding of, Origin origin) {
    Integer known = delays.get(of);
    if (known != null) {
      return known;
    }
    List<HistoryInfo> all = unit.tables().histories();
    int history = all.size();
    Kind kind = Unit.kind(of.type().base());
    all.add(
        new HistoryInfo(
            unit.stateName(state.owner(of) + ".ago"), state.memory(of, kind), of.from()));
    delays.put(of, history);
    state.pending.add(
        () -> {
          boolean bool = of.type().base() == Base.BOOL;
          TermLowering.Body now =
              at -> Value.of((bool ? hit(of, at, origin) : extreme(of, at, origin)).yes());
          Value all1 = terms.elements(state.loops(of), of.type().shape(), origin, now);
          draft.push(history, all1.yes(), origin);
          if (of.width() == 1) {
            checkOperand(of, origin);
          }
        });
    return history;
  }

  // Bools: how many steps ago what decides last was.

  private Value lately(Term.Sliding of, List<Integer> index, Origin origin) {
    Value hit = hit(of, index, origin);
    return of.op() == ReduceOp.ANY ? hit : terms.scalars().not(hit, origin);
  }

  /** Whether a step decides: one that holds for {@code any}, one that doesn't for {@code all}. */
  private Value event(Term.Sliding of, List<Integer> index, Origin origin) {
    Value value = terms.at(of.of(), index);
    return of.op() == ReduceOp.ANY ? value : terms.scalars().not(value, origin);
  }

  private Value hit(Term.Sliding of, List<Integer> index, Origin origin) {
    Value event = event(of, index, origin);
    return of.width() == 1
        ? event
        : terms.scalars().or(event, Value.of(recent(of, index, origin)), origin);
  }

  /** Whether one of the steps before this one still decides. */
  private int recent(Term.Sliding of, List<Integer> index, Origin origin) {
    int before = state.readSlot(age(of, origin), of, index, origin).yes();
    return core.binary(BinaryOp.ILT, before, core.integer(of.width() - 1), origin);
  }

  /** How many steps ago a step last decided, seen from the step before; the width if none does. */
  private int age(Term.Sliding of, Origin origin) {
    Integer known = slots.get(of);
    if (known != null) {
      return known;
    }
    int width = of.width();
    int slot =
        unit.slot(state.owner(of) + ".age", state.memory(of, Kind.I32), List.of((double) width));
    slots.put(of, slot);
    state.pending.add(
        () -> {
          TermLowering.Body next =
              state.unlessAway(
                  of,
                  at -> Value.of(older(of, at, origin)),
                  _ -> Value.of(core.integer(width)),
                  origin);
          Value all = terms.elements(state.loops(of), of.type().shape(), origin, next);
          draft.next(slot, all.yes(), origin);
          checkOperand(of, origin);
        });
    return slot;
  }

  private int older(Term.Sliding of, List<Integer> index, Origin origin) {
    int before = state.readSlot(age(of, origin), of, index, origin).yes();
    int more = core.binary(BinaryOp.IADD, before, core.integer(1), origin);
    int going = recent(of, index, origin);
    int aged = core.select(going, more, core.integer(of.width()), origin);
    return core.select(event(of, index, origin).yes(), core.integer(0), aged, origin);
  }

  private void checkOperand(Term.Sliding of, Origin origin) {
    Term operand = of.of();
    if (unit.ranges().mayBeUndefined(operand)) {
      Value now = state.all(operand, of, origin);
      state.checkDefined(operand, now, of, state.loops(of), origin);
    }
  }

  // Numbers.

  private Value extreme(Term.Sliding of, List<Integer> index, Origin origin) {
    int now = terms.at(of.of(), index).yes();
    if (of.width() == 1) {
      return Value.of(now);
    }
    BinaryOp op = of.op() == ReduceOp.MIN ? BinaryOp.MIN : BinaryOp.MAX;
    List<Integer> place = state.place(of, index);
    return Value.of(
        of.width() <= FEW
            ? few(of, op, now, place, origin)
            : blocks(of, op, origin).join(now, place));
  }

  private int few(Term.Sliding of, BinaryOp op, int now, List<Integer> place, Origin origin) {
    Integer known = slots.get(of);
    if (known == null) {
      List<HistoryInfo> all = unit.tables().histories();
      int made = all.size();
      all.add(
          new HistoryInfo(
              unit.stateName(state.owner(of) + ".last"),
              state.memory(of, Kind.F64),
              of.width() - 1));
      slots.put(of, made);
      known = made;
      state.pending.add(
          () -> {
            draft.push(made, state.all(of.of(), of, origin).yes(), origin);
            checkOperand(of, origin);
          });
    }
    int filled = core.filled(known, origin);
    int all = now;
    for (int ago = 0; ago < of.width() - 1; ago++) {
      List<Integer> at = new ArrayList<>(List.of(core.integer(ago)));
      at.addAll(place);
      int there = core.binary(BinaryOp.ILT, core.integer(ago), filled, origin);
      int more = core.binary(op, core.ago(known, at, origin), all, origin);
      all = core.select(there, more, all, origin);
    }
    return all;
  }

  private Blocks blocks(Term.Sliding of, BinaryOp op, Origin origin) {
    Blocks known = blocks.get(of);
    if (known != null) {
      return known;
    }
    Blocks made =
        new Blocks(
            state,
            state.owner(of),
            state.memory(of, Kind.F64),
            (a, b) -> core.binary(op, a, b, origin),
            Distances.identity(op == BinaryOp.MIN),
            of.width(),
            origin);
    blocks.put(of, made);
    state.pending.add(
        () -> {
          List<Integer> shape = of.type().shape();
          made.advance(state.loops(of), shape, index -> terms.at(of.of(), index));
          checkOperand(of, origin);
        });
    return made;
  }
}
