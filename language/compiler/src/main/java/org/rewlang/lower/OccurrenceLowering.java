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

/**
 * Tables that count equal keys: keys and counts in the order in which they first came. A step looks
 * for its key once, through all places that there are, and writes one.
 */
final class OccurrenceLowering {

  private static final List<Double> ZERO = List.of(0.0);

  /** The state of a table: slots, each for every round of the loops around. */
  private record Table(int counts, int keys, int size) {}

  private final StateContext state;
  private final Unit unit;
  private final Draft draft;
  private final CoreBuilder core;
  private final TermLowering terms;
  private final Map<Term, Table> tables = new IdentityHashMap<>();

  OccurrenceLowering(StateContext state) {
    this.state = state;
    unit = state.unit;
    draft = state.draft;
    core = state.core;
    terms = state.terms;
  }

  Value occurrences(Term.Occurrences of, Origin origin) {
    Table table = tables.get(of);
    if (table == null) {
      table = table(of);
      tables.put(of, table);
      Table made = table;
      state.pending.add(() -> advance(of, made, origin));
    }
    return Value.of(new Entry(of, table, origin).count());
  }

  private Table table(Term.Occurrences of) {
    List<Integer> rounds = TermLowering.counts(state.loops(of), List.of());
    List<Integer> places = with(rounds, List.of(of.capacity()));
    String name = state.owner(of);
    Kind kind = Unit.kind(of.key().type().base());
    return new Table(
        unit.slot(name + ".counts", new Type(Kind.F64, places), ZERO),
        unit.slot(name + ".keys", new Type(kind, with(places, of.key().type().shape())), ZERO),
        unit.slot(name + ".size", new Type(Kind.I32, rounds), ZERO));
  }

  private static List<Integer> with(List<Integer> first, List<Integer> more) {
    List<Integer> all = new ArrayList<>(first);
    all.addAll(more);
    return all;
  }

  /** The key of this step in its table, for the round that is open. */
  private final class Entry {
    private final Term.Occurrences of;
    private final Table table;
    private final Origin origin;
    private final int size;

    /** The first place whose key is equal, in use or not; -1 if there is none. */
    private final int first;

    private final int known;

    Entry(Term.Occurrences of, Table table, Origin origin) {
      this.of = of;
      this.table = table;
      this.origin = origin;
      this.size = read(table.size, List.of());
      Placement.Scope scope = core.open(List.of(of.capacity()));
      int same = same(scope.indices().getFirst());
      this.first = core.reduce(Reduction.ARGMIN, scope, same, core.number(0), origin);
      // Places in use come first: what is equal by chance lies behind them.
      int found = core.not(core.binary(BinaryOp.ILT, first, core.integer(0), origin), origin);
      this.known = core.and(found, core.binary(BinaryOp.ILT, first, size, origin), origin);
    }

    private int read(int slot, List<Integer> index) {
      return core.at(
          core.slot(slot, origin), StateContext.place(terms, state.loops(of), index), origin);
    }

    private int same(int place) {
      if (of.key().type().isScalar()) {
        return same(List.of(place), List.of());
      }
      Placement.Scope scope = core.open(of.key().type().shape());
      int same = same(with(List.of(place), scope.indices()), scope.indices());
      return core.reduce(Reduction.ALL, scope, Op.Region.UNMASKED, same, origin);
    }

    private int same(List<Integer> then, List<Integer> now) {
      int key = terms.at(of.key(), now).yes();
      int other = read(table.keys, then);
      return switch (of.key().type().base()) {
        case REAL, INT -> core.binary(BinaryOp.EQ, key, other, origin);
        case ENUM -> core.binary(BinaryOp.IEQ, key, other, origin);
        case BOOL -> core.not(core.binary(BinaryOp.XOR, key, other, origin), origin);
      };
    }

    /** How often the key has come, this step included. */
    int count() {
      int before = core.select(known, read(table.counts, List.of(first)), core.number(0), origin);
      return core.binary(BinaryOp.ADD, before, core.number(1), origin);
    }

    int nextSize() {
      int grown = core.binary(BinaryOp.IADD, size, core.integer(1), origin);
      return core.select(known, size, grown, origin);
    }

    /** Where it is, or will be; a place in any case, also in a table that is full. */
    int place() {
      int last = core.integer(of.capacity() - 1);
      int room = core.binary(BinaryOp.ILT, size, last, origin);
      return core.select(known, first, core.select(room, size, last, origin), origin);
    }
  }

  private void advance(Term.Occurrences of, Table table, Origin origin) {
    List<Binder> loops = state.loops(of);
    Term key = of.key();
    int counts =
        put(table.counts, of, List.of(), _ -> new Entry(of, table, origin).count(), table, origin);
    int keys =
        put(table.keys, of, key.type().shape(), index -> terms.at(key, index).yes(), table, origin);
    Value sizes =
        terms.elements(
            loops,
            List.of(),
            origin,
            state.unlessAway(
                of,
                _ -> Value.of(new Entry(of, table, origin).nextSize()),
                _ -> Value.of(core.integer(0)),
                origin));
    draft.next(table.counts, counts, origin);
    draft.next(table.keys, keys, origin);
    draft.next(table.size, sizes.yes(), origin);
    if (unit.ranges().mayBeUndefined(key)) {
      state.checkDefined(key, state.all(key, of, origin), of, loops, origin);
    }
    String what = "the table of `" + state.owner(of) + "`";
    draft.check(Sink.Failure.FULL, what, fits(of, sizes, loops, origin), sizes.yes(), origin);
  }

  /** What is written at a table's place. */
  private interface Written {
    int at(List<Integer> index);
  }

  /**
   * A slot of a table with what is new at the place of this step's key.
   *
   * @param shape of what is written
   */
  private int put(
      int slot,
      Term.Occurrences of,
      List<Integer> shape,
      Written written,
      Table table,
      Origin origin) {
    List<Binder> loops = state.loops(of);
    int before = core.slot(slot, origin);
    List<Integer> rounds = TermLowering.counts(loops, shape);
    Placement.Scope scope = core.open(rounds.isEmpty() ? List.of(1) : rounds);
    int after = core.accumulator(scope, core.type(before));
    List<Integer> indices = rounds.isEmpty() ? List.of() : scope.indices();
    Value next =
        terms.inside(
            loops,
            indices,
            index -> {
              int place = new Entry(of, table, origin).place();
              int value = written.at(index);
              List<Integer> at = with(List.of(place), index);
              return Value.of(core.put(after, StateContext.place(terms, loops, at), value, origin));
            });
    return core.fold(before, after, scope, Op.Region.UNMASKED, next.yes(), origin);
  }

  /** Whether no table holds more than it may. */
  private int fits(Term.Occurrences of, Value sizes, List<Binder> loops, Origin origin) {
    int capacity = core.integer(of.capacity());
    if (loops.isEmpty()) {
      return core.not(core.binary(BinaryOp.ILT, capacity, sizes.yes(), origin), origin);
    }
    Placement.Scope scope = core.open(TermLowering.counts(loops, List.of()));
    int size = core.at(sizes.yes(), scope.indices(), origin);
    int fits = core.not(core.binary(BinaryOp.ILT, capacity, size, origin), origin);
    return core.reduce(Reduction.ALL, scope, Op.Region.UNMASKED, fits, origin);
  }
}
