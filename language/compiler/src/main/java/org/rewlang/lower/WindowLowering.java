package org.rewlang.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.HistoryInfo;
import org.rewlang.core.Kind;
import org.rewlang.core.Origin;
import org.rewlang.core.Type;
import org.rewlang.core.UnaryOp;
import org.rewlang.model.Base;
import org.rewlang.model.Binder;
import org.rewlang.model.Term;
import org.rewlang.model.Window;

/** The last values, oldest first. */
final class WindowLowering {

  private final StateContext state;
  private final Unit unit;
  private final Draft draft;
  private final CoreBuilder core;
  private final TermLowering terms;
  private final Map<Window, Integer> histories = new IdentityHashMap<>();

  /** By the counts of loops over what comes and goes. */
  private final Map<List<Integer>, Integer> stays = new HashMap<>();

  WindowLowering(StateContext state) {
    this.state = state;
    unit = state.unit;
    draft = state.draft;
    core = state.core;
    terms = state.terms;
  }

  /** How many values the window holds. */
  Value count(Term.WindowCount count, Origin origin) {
    if (count.window().steps() == 1) {
      return Value.of(core.number(1));
    }
    int before = filled(count.window(), history(count.window(), origin), origin);
    int now = core.binary(BinaryOp.IADD, before, core.integer(1), origin);
    return Value.of(core.unary(UnaryOp.ITOF, now, origin));
  }

  private int filled(Window window, int history, Origin origin) {
    return filled(window.of(), state.comings(window.of()), history, origin);
  }

  /**
   * How many values lie in the history; of what comes and goes, since it came.
   *
   * @param comings loops around {@code of} over what comes and goes
   */
  int filled(Term of, List<Binder> comings, int history, Origin origin) {
    int filled = core.filled(history, origin);
    if (comings.isEmpty()) {
      return filled;
    }
    int stay = stay(of, comings, origin);
    return core.select(core.binary(BinaryOp.ILT, stay, filled, origin), stay, filled, origin);
  }

  /** In how many steps before this one without a break the rounds of {@code comings} were there. */
  private int stay(Term of, List<Binder> comings, Origin origin) {
    List<Integer> rounds = TermLowering.counts(comings, List.of());
    Integer slot = stays.get(rounds);
    if (slot == null) {
      int made = unit.slot("stay", new Type(Kind.I32, rounds), List.of(0.0));
      stays.put(rounds, made);
      slot = made;
      state.pending.add(
          () -> {
            TermLowering.Body next =
                state.unlessAway(
                    of,
                    _ -> Value.of(longer(made, comings, origin)),
                    _ -> Value.of(core.integer(0)),
                    origin);
            draft.next(made, terms.elements(comings, List.of(), origin, next).yes(), origin);
          });
    }
    List<Integer> place = comings.stream().map(terms::loop).toList();
    return core.at(core.slot(slot, origin), place, origin);
  }

  private int longer(int slot, List<Binder> comings, Origin origin) {
    List<Integer> place = comings.stream().map(terms::loop).toList();
    int now = core.at(core.slot(slot, origin), place, origin);
    int most = core.integer(Integer.MAX_VALUE);
    int more = core.binary(BinaryOp.IADD, now, core.integer(1), origin);
    return core.select(core.binary(BinaryOp.ILT, now, most, origin), more, now, origin);
  }

  private int history(Window window, Origin origin) {
    Integer history = histories.get(window);
    if (history == null) {
      history = unit.tables().histories().size();
      Term of = window.of();
      unit.tables()
          .histories()
          .add(
              new HistoryInfo(
                  unit.stateName(state.owner(window) + ".last"),
                  state.memory(of, Unit.kind(of.type().base())),
                  window.steps() - 1));
      histories.put(window, history);
      int to = history;
      state.pending.add(
          () -> {
            Value now = state.all(of, of, origin);
            draft.push(to, now.yes(), origin);
            if (unit.ranges().mayBeUndefined(of)) {
              state.checkDefined(of, now, window, state.loops(of), origin);
            }
          });
    }
    return history;
  }

  /** The newest is this step's; those before lie in the history. */
  Value windowAt(Term.WindowAt at, List<Integer> index, Origin origin) {
    Window window = at.window();
    Term of = window.of();
    Scalars scalars = terms.scalars();
    Value now = terms.at(of, index);
    int place = terms.index(at.index());
    Base base = of.type().base();
    if (window.steps() == 1) {
      int newest = core.binary(BinaryOp.IEQ, place, core.integer(0), origin);
      Value value =
          unit.ranges().isBelow(at.index(), 1)
              ? now
              : scalars.choose(newest, now, terms.outside(base, now), origin);
      return ifNumber(at.index(), value, base, origin);
    }
    int history = history(window, origin);
    int filled = filled(window, history, origin);
    int minusPlace = core.binary(BinaryOp.IMUL, place, core.integer(-1), origin);
    int last = core.binary(BinaryOp.IADD, filled, core.integer(-1), origin);
    int ago = core.binary(BinaryOp.IADD, last, minusPlace, origin);
    List<Integer> indices = new ArrayList<>(List.of(ago));
    indices.addAll(state.place(of, index));
    int before = core.ago(history, indices, origin);
    int newest = core.binary(BinaryOp.IEQ, place, filled, origin);
    Value value = scalars.choose(newest, now, Value.of(before), origin);
    if (base == Base.ENUM && unit.ranges().mayBeUndefined(at)) {
      // A history gives 0 where it has nothing, which is a member.
      int above = core.binary(BinaryOp.ILT, filled, place, origin);
      int below = core.binary(BinaryOp.ILT, place, core.integer(0), origin);
      value = scalars.choose(core.or(above, below, origin), scalars.undefined(base), value, origin);
    }
    return ifNumber(at.index(), value, base, origin);
  }

  /** An index that is no number would be 0 as an integer. */
  private Value ifNumber(Term index, Value value, Base base, Origin origin) {
    if (!unit.ranges().mayBeUndefined(index)) {
      return value;
    }
    int number = terms.scalars().defined(terms.scalar(index), Base.INT, origin);
    return terms.scalars().choose(number, value, terms.outside(base, value), origin);
  }
}
