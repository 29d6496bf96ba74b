package org.rewlang.lower;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.Kind;
import org.rewlang.core.Op;
import org.rewlang.core.Origin;
import org.rewlang.core.Reduction;
import org.rewlang.core.Sink;
import org.rewlang.core.Type;
import org.rewlang.model.Binder;
import org.rewlang.model.Term;

/** Tables that count equal keys: keys and counts in the order in which they first came. */
final class OccurrenceLowering {

  private final StateContext state;
  private final Unit unit;
  private final Draft draft;
  private final CoreBuilder core;
  private final TermLowering terms;
  private final Map<Term, Integer> slots = new IdentityHashMap<>();
  private final Map<Term, List<Integer>> moreSlots = new IdentityHashMap<>();

  OccurrenceLowering(StateContext state) {
    this.state = state;
    unit = state.unit;
    draft = state.draft;
    core = state.core;
    terms = state.terms;
  }

  Value occurrences(Term.Occurrences of, Origin origin) {
    Integer slot = slots.get(of);
    List<Binder> loops = state.loops(of);
    Term key = of.key();
    if (slot == null) {
      List<Integer> table = new ArrayList<>(TermLowering.counts(loops, List.of()));
      table.add(of.capacity());
      List<Integer> keys = new ArrayList<>(table);
      keys.addAll(key.type().shape());
      String name = state.owner(of);
      Kind kind = Unit.kind(key.type().base());
      slot = unit.slot(name + ".counts", new Type(Kind.F64, table), List.of(0.0));
      int keySlot = unit.slot(name + ".keys", new Type(kind, keys), List.of(0.0));
      int size =
          unit.slot(
              name + ".size",
              new Type(Kind.I32, TermLowering.counts(loops, List.of())),
              List.of(0.0));
      slots.put(of, slot);
      moreSlots.put(of, List.of(keySlot, size));
      state.pending.add(() -> advanceOccurrences(of, origin));
    }
    int before = before(of, origin);
    return Value.of(core.binary(BinaryOp.ADD, before, core.number(1), origin));
  }

  private int slotOf(Term.Occurrences of, int which) {
    List<Integer> more = moreSlots.getOrDefault(of, List.of());
    Integer first = slots.get(of);
    if (first == null) {
      throw new IllegalStateException("a table that was not read");
    }
    return which == 0 ? first : more.get(which - 1);
  }

  private int element(Term.Occurrences of, int which, List<Integer> index, Origin origin) {
    List<Integer> place = new ArrayList<>();
    state.loops(of).forEach(b -> place.add(terms.loop(b)));
    place.addAll(index);
    return core.at(core.slot(slotOf(of, which), origin), place, origin);
  }

  /** Whether an entry is in use and has the key. */
  private int matches(Term.Occurrences of, int entry, Origin origin) {
    int used = core.binary(BinaryOp.ILT, entry, element(of, 2, List.of(), origin), origin);
    Term key = of.key();
    if (key.type().isScalar()) {
      return core.and(used, same(of, List.of(entry), List.of(), origin), origin);
    }
    Placement.Scope scope = core.open(key.type().shape());
    List<Integer> index = new ArrayList<>(List.of(entry));
    index.addAll(scope.indices());
    int same = same(of, index, scope.indices(), origin);
    int all = core.reduce(Reduction.ALL, scope, Op.Region.UNMASKED, same, origin);
    return core.and(used, all, origin);
  }

  private int same(Term.Occurrences of, List<Integer> entry, List<Integer> index, Origin origin) {
    int now = terms.at(of.key(), index).yes();
    int then = element(of, 1, entry, origin);
    return switch (of.key().type().base()) {
      case REAL, INT -> core.binary(BinaryOp.EQ, now, then, origin);
      case ENUM -> core.binary(BinaryOp.IEQ, now, then, origin);
      case BOOL -> core.not(core.binary(BinaryOp.XOR, now, then, origin), origin);
    };
  }

  private int before(Term.Occurrences of, Origin origin) {
    Placement.Scope scope = core.open(List.of(of.capacity()));
    int entry = scope.indices().getFirst();
    int matches = matches(of, entry, origin);
    int count = element(of, 0, List.of(entry), origin);
    return core.reduce(Reduction.SUM, scope, matches, count, origin);
  }

  private void advanceOccurrences(Term.Occurrences of, Origin origin) {
    List<Binder> loops = state.loops(of);
    Term key = of.key();
    Value counts =
        terms.elements(
            loops,
            List.of(of.capacity()),
            origin,
            index -> {
              int entry = index.getFirst();
              int old = element(of, 0, index, origin);
              int more = core.binary(BinaryOp.ADD, old, core.number(1), origin);
              int known = core.select(matches(of, entry, origin), more, old, origin);
              return Value.of(core.select(isNew(of, entry, origin), core.number(1), known, origin));
            });
    List<Integer> keyShape = new ArrayList<>(List.of(of.capacity()));
    keyShape.addAll(key.type().shape());
    Value keys =
        terms.elements(
            loops,
            keyShape,
            origin,
            index ->
                Value.of(
                    core.select(
                        isNew(of, index.getFirst(), origin),
                        terms.at(key, index.subList(1, index.size())).yes(),
                        element(of, 1, index, origin),
                        origin)));
    Value sizes =
        terms.elements(
            loops,
            List.of(),
            origin,
            state.unlessAway(
                of,
                _ -> {
                  int size = element(of, 2, List.of(), origin);
                  int grown = core.binary(BinaryOp.IADD, size, core.integer(1), origin);
                  return Value.of(core.select(found(of, origin), size, grown, origin));
                },
                _ -> Value.of(core.integer(0)),
                origin));
    draft.next(slotOf(of, 0), counts.yes(), origin);
    draft.next(slotOf(of, 1), keys.yes(), origin);
    draft.next(slotOf(of, 2), sizes.yes(), origin);
    if (unit.ranges().mayBeUndefined(key)) {
      Value now = state.all(key, of, origin);
      state.checkDefined(key, now, of, loops, origin);
    }
    int fits =
        everywhere(
            loops,
            () ->
                core.not(
                    core.binary(
                        BinaryOp.ILT,
                        core.integer(of.capacity()),
                        core.select(
                            found(of, origin),
                            element(of, 2, List.of(), origin),
                            core.binary(
                                BinaryOp.IADD,
                                element(of, 2, List.of(), origin),
                                core.integer(1),
                                origin),
                            origin),
                        origin),
                    origin),
            origin);
    draft.check(
        Sink.Failure.FULL, "the table of `" + state.owner(of) + "`", fits, sizes.yes(), origin);
  }

  private int everywhere(
      List<Binder> loops, java.util.function.IntSupplier condition, Origin origin) {
    if (loops.isEmpty()) {
      return condition.getAsInt();
    }
    Placement.Scope scope = core.open(TermLowering.counts(loops, List.of()));
    TermLowering.Body holds =
        _ -> {
          int away = core.not(state.there(terms, loops, origin), origin);
          return Value.of(core.or(away, condition.getAsInt(), origin));
        };
    Value value = terms.inside(loops, scope.indices(), holds);
    return core.reduce(Reduction.ALL, scope, Op.Region.UNMASKED, value.yes(), origin);
  }

  private int found(Term.Occurrences of, Origin origin) {
    return core.binary(BinaryOp.LT, core.number(0), before(of, origin), origin);
  }

  private int isNew(Term.Occurrences of, int entry, Origin origin) {
    int next = core.binary(BinaryOp.IEQ, entry, element(of, 2, List.of(), origin), origin);
    return core.and(core.not(found(of, origin), origin), next, origin);
  }
}
