package org.rewlang.lower;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rewlang.analysis.Terms;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.HistoryInfo;
import org.rewlang.core.Kind;
import org.rewlang.core.Op;
import org.rewlang.core.Origin;
import org.rewlang.core.Reduction;
import org.rewlang.core.Sink;
import org.rewlang.core.Type;
import org.rewlang.core.UnaryOp;
import org.rewlang.model.Base;
import org.rewlang.model.Binder;
import org.rewlang.model.ReduceOp;
import org.rewlang.model.Term;
import org.rewlang.model.Window;

/**
 * State: reads it where a term does, and once all is read, advances it. Every piece advances in
 * every step, and is checked to be defined. State in a loop has one element for each round.
 */
final class StateLowering {

  /** How a piece of state goes on, put off until all terms are lowered. */
  private interface Advance {
    void run();
  }

  private final Unit unit;
  private final Draft draft;
  private final Map<Object, String> owners;
  private final CoreBuilder core;
  private final TermLowering terms;
  private final TermLowering atReset;
  private final Deque<Advance> pending = new ArrayDeque<>();

  private final Map<Term, Integer> slots = new IdentityHashMap<>();
  private final Map<Term, List<Integer>> moreSlots = new IdentityHashMap<>();
  private final Map<Window, Integer> histories = new IdentityHashMap<>();

  /**
   * By the inputs that a reset observation must have, or null: whether a value is there to be read.
   */
  private final Map<List<Integer>, Integer> flags = new LinkedHashMap<>();

  private int stepSlot = -1;

  private static final List<Integer> NEVER_AT_RESET = List.of(-1);

  StateLowering(Unit unit, Draft draft, Map<Object, String> owners) {
    this.unit = unit;
    this.draft = draft;
    this.owners = owners;
    core = draft.step();
    terms = new TermLowering(unit, core, this);
    atReset = new TermLowering(unit, draft.reset(), null);
  }

  TermLowering terms() {
    return terms;
  }

  /** Advances all state that has been read, and what that reads. */
  void finish() {
    while (!pending.isEmpty()) {
      pending.removeFirst().run();
    }
  }

  Value read(Term term, List<Integer> index, Origin origin) {
    return switch (term) {
      case Term.StepIndex _ -> stepIndex(origin);
      case Term.Prev prev -> prev(prev, index, origin);
      case Term.Initial initial -> initial(initial, index, origin);
      case Term.Past past -> past(past, index, origin);
      case Term.WindowCount count ->
          count.window().steps() == 1
              ? Value.of(core.number(1))
              : Value.of(
                  core.unary(
                      UnaryOp.ITOF,
                      core.binary(
                          BinaryOp.IADD,
                          core.filled(history(count.window(), origin), origin),
                          core.integer(1),
                          origin),
                      origin));
      case Term.WindowAt at -> windowAt(at, index, origin);
      case Term.Occurrences occurrences -> occurrences(occurrences, origin);
      default -> throw new IllegalArgumentException("no state: " + term);
    };
  }

  // Names and places.

  private String owner(Object state) {
    return owners.getOrDefault(state, "state");
  }

  private String what(Object state) {
    return "the state of `" + owner(state) + "`";
  }

  /** The loops around a piece of state, each of whose rounds has its own. */
  private List<Binder> loops(Term term) {
    return List.copyOf(unit.ranges().graph().free(term));
  }

  private Type memory(Term term, Kind kind) {
    return new Type(kind, TermLowering.counts(loops(term), term.type().shape()));
  }

  private List<Integer> place(Term term, List<Integer> index) {
    List<Integer> place = new ArrayList<>();
    loops(term).forEach(b -> place.add(terms.loop(b)));
    place.addAll(index);
    return place;
  }

  private Value readSlot(int slot, Term term, List<Integer> index, Origin origin) {
    return Value.of(core.at(core.slot(slot, origin), place(term, index), origin));
  }

  /** A term's value for every round of the loops around it, as memory holds it. */
  private Value all(Term of, Term owner, Origin origin) {
    List<Binder> loops = loops(owner);
    return loops.isEmpty()
        ? terms.whole(of)
        : terms.elements(loops, of.type().shape(), origin, index -> terms.at(of, index));
  }

  // Whether there is a value of before.

  /** A flag that is set from the first step on, or from a reset that has these inputs. */
  private int flag(List<Integer> inputs) {
    Integer known = flags.get(inputs);
    if (known != null) {
      return known;
    }
    boolean never = inputs.equals(NEVER_AT_RESET);
    int slot = unit.slot(never ? "stepped" : "primed", Type.BOOL, List.of(0.0));
    flags.put(inputs, slot);
    draft.next(slot, core.flag(true), Origin.NONE);
    if (!never) {
      draft.atReset(slot, present(inputs), Origin.NONE);
    }
    return slot;
  }

  private int present(List<Integer> inputs) {
    CoreBuilder reset = draft.reset();
    int all = reset.flag(true);
    for (int input : inputs) {
      all = reset.and(all, reset.present(input), Origin.NONE);
    }
    return all;
  }

  /** The ports that a stateless term reads. */
  private List<Integer> inputs(Term term) {
    TreeSet<Integer> ports = new TreeSet<>();
    Deque<Term> work = new ArrayDeque<>(List.of(term));
    Map<Term, Boolean> seen = new IdentityHashMap<>();
    while (!work.isEmpty()) {
      Term next = work.pop();
      if (seen.put(next, true) == null) {
        if (next instanceof Term.Input input) {
          ports.add(unit.port(input.input()));
        }
        Terms.children(next).forEach(work::push);
      }
    }
    return List.copyOf(ports);
  }

  private List<Integer> readable(Term of, boolean primable) {
    return primable ? inputs(of) : NEVER_AT_RESET;
  }

  // The value of the step before.

  private Value prev(Term.Prev prev, List<Integer> index, Origin origin) {
    Term initially = prev.initially();
    List<Double> literal = initially == null ? null : literal(initially, prev.type().shape());
    Integer slot = slots.get(prev);
    if (slot == null) {
      Kind kind = Unit.kind(prev.type().base());
      List<Double> first = literal == null ? List.of(0.0) : repeat(literal, prev);
      slot = unit.slot(owner(prev) + "'", memory(prev, kind), first);
      slots.put(prev, slot);
      advance(prev, prev.of(), prev.primable(), slot, literal != null);
    }
    Value before = readSlot(slot, prev, index, origin);
    if (literal != null) {
      return before;
    }
    int readable = core.slot(flag(readable(prev.of(), prev.primable())), origin);
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
      case Term.Apply apply -> apply.operands().stream().allMatch(StateLowering::isPure);
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
    int rounds = memory(prev, Kind.F64).size() / numbers.size();
    for (int i = 0; i < rounds; i++) {
      all.addAll(numbers);
    }
    return all;
  }

  /** Keeps {@code of} for the next step, and what a reset observation makes of it. */
  private void advance(Term owner, Term of, boolean primable, int slot, boolean hasInitial) {
    pending.add(
        () -> {
          Origin origin = unit.origin(owner);
          Value now = all(of, owner, origin);
          draft.next(slot, now.yes(), origin);
          check(of, now, owner, slot, origin);
          if (primable) {
            prime(owner, of, slot, hasInitial, origin);
          }
        });
  }

  private void prime(Term owner, Term of, int slot, boolean hasInitial, Origin origin) {
    CoreBuilder reset = draft.reset();
    int primed = present(inputs(of));
    List<Binder> loops = loops(owner);
    List<Integer> shape = of.type().shape();
    TermLowering.Body body =
        index -> {
          Value value = atReset.at(of, index);
          Value before =
              hasInitial
                  ? Value.of(
                      reset.at(reset.slot(slot, origin), place(atReset, loops, index), origin))
                  : atReset.scalars().constant(0, of.type().base());
          return new Value(reset.select(primed, value.yes(), before.yes(), origin), Value.NONE);
        };
    draft.atReset(slot, atReset.elements(loops, shape, origin, body).yes(), origin);
    if (unit.ranges().mayBeUndefined(of)) {
      int missing = reset.not(primed, origin);
      Value value = atReset.elements(loops, shape, origin, index -> atReset.at(of, index));
      int defined = defined(atReset, of, loops, index -> atReset.at(of, index), origin);
      draft.checkAtReset(
          what(owner), reset.or(missing, defined, origin), value.yes(), slot, origin);
    }
  }

  private static List<Integer> place(TermLowering terms, List<Binder> loops, List<Integer> index) {
    List<Integer> place = new ArrayList<>();
    loops.forEach(b -> place.add(terms.loop(b)));
    place.addAll(index);
    return place;
  }

  /** Whether every element is defined. */
  static int defined(
      TermLowering terms, Term of, List<Binder> loops, TermLowering.Body body, Origin origin) {
    List<Integer> counts = TermLowering.counts(loops, of.type().shape());
    Base base = of.type().base();
    if (counts.isEmpty()) {
      return terms.scalars().defined(body.at(List.of()), base, origin);
    }
    CoreBuilder core = terms.core();
    CoreBuilder.Scope scope = core.open(counts);
    Value value = terms.inside(loops, scope.indices(), body);
    int defined = terms.scalars().defined(value, base, origin);
    return core.reduce(Reduction.ALL, scope, Op.Region.UNMASKED, defined, origin);
  }

  /** State that may be undefined fails the step. */
  private void check(Term of, Value now, Term owner, int slot, Origin origin) {
    if (unit.ranges().mayBeUndefined(of)) {
      checkDefined(of, now, owner, loops(owner), slot, Draft.NONE, origin);
    }
  }

  private void checkDefined(
      Term of, Value now, Object owner, List<Binder> loops, int slot, int history, Origin origin) {
    int condition = defined(terms, of, loops, storedBody(terms, now, loops), origin);
    draft.check(Sink.Failure.UNDEFINED, what(owner), condition, now.yes(), slot, history, origin);
  }

  /** Reads back what has just been computed. */
  private static TermLowering.Body storedBody(TermLowering terms, Value now, List<Binder> loops) {
    return index -> {
      List<Integer> place = place(terms, loops, index);
      CoreBuilder core = terms.core();
      return new Value(
          core.at(now.yes(), place, core.origin(now.yes())),
          now.isPair() ? core.at(now.no(), place, core.origin(now.no())) : Value.NONE);
    };
  }

  private Value initial(Term.Initial initial, List<Integer> index, Origin origin) {
    Integer slot = slots.get(initial);
    if (slot == null) {
      Kind kind = Unit.kind(initial.type().base());
      slot = unit.slot(owner(initial) + ".initial", memory(initial, kind), List.of(0.0));
      slots.put(initial, slot);
      advance(initial, initial, false, slot, false);
      if (initial.primable()) {
        int to = slot;
        pending.add(() -> prime(initial, initial.of(), to, false, origin));
      }
    }
    int readable = core.slot(flag(readable(initial.of(), initial.primable())), origin);
    Value kept = readSlot(slot, initial, index, origin);
    return terms.scalars().choose(readable, kept, terms.at(initial.of(), index), origin);
  }

  private Value stepIndex(Origin origin) {
    if (stepSlot < 0) {
      stepSlot = unit.slot("step", Type.F64, List.of(0.0));
      int now = core.slot(stepSlot, origin);
      draft.next(stepSlot, core.binary(BinaryOp.ADD, now, core.number(1), origin), origin);
    }
    return Value.of(core.slot(stepSlot, origin));
  }

  // All steps so far.

  private Value past(Term.Past past, List<Integer> index, Origin origin) {
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
      slot = unit.slot(owner(past) + suffix, memory(past, Unit.kind(base)), List.of(identity));
      slots.put(past, slot);
      if (mayBeEmpty) {
        int some = unit.slot(owner(past) + ".some", memory(past, Kind.BOOL), List.of(0.0));
        moreSlots.put(past, List.of(some));
      }
      int to = slot;
      pending.add(() -> advancePast(past, to, origin));
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
    Value before = readSlot(slot, past, index, origin);
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
            ? Value.of(core.slot(flag(NEVER_AT_RESET), origin))
            : readSlot(more.getFirst(), past, index, origin);
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
    List<Binder> loops = loops(past);
    List<Integer> shape = past.type().shape();
    List<Integer> more = moreSlots.getOrDefault(past, List.of());
    Value now =
        more.isEmpty() && loops.isEmpty()
            ? terms.whole(past)
            : terms.elements(loops, shape, origin, i -> accumulate(past, slot, i, origin).value);
    draft.next(slot, now.yes(), origin);
    if (more.isEmpty()) {
      check(past, now, past, slot, origin);
      return;
    }
    Value some = terms.elements(loops, shape, origin, i -> accumulate(past, slot, i, origin).some);
    draft.next(more.getFirst(), some.yes(), origin);
    Term where = past.where();
    boolean open =
        unit.ranges().mayBeUndefined(past.of())
            || (where != null && unit.ranges().mayBeUndefined(where))
            || (past.since() != null && unit.ranges().mayBeUndefined(past.since()));
    if (open) {
      checkDefined(past, now, past, loops, slot, Draft.NONE, origin);
      if (some.isPair()) {
        org.rewlang.model.Type bools = org.rewlang.model.Type.BOOL.withShape(shape);
        Term like = new Term.Const(0, bools, past.at());
        checkDefined(like, some, past, loops, more.getFirst(), Draft.NONE, origin);
      }
    }
  }

  // Windows.

  private int history(Window window, Origin origin) {
    Integer history = histories.get(window);
    if (history == null) {
      history = unit.tables().histories().size();
      Term of = window.of();
      unit.tables()
          .histories()
          .add(
              new HistoryInfo(
                  unit.stateName(owner(window) + ".last"),
                  memory(of, Unit.kind(of.type().base())),
                  window.steps() - 1));
      histories.put(window, history);
      int to = history;
      pending.add(
          () -> {
            Value now = all(of, of, origin);
            draft.push(to, now.yes(), origin);
            if (unit.ranges().mayBeUndefined(of)) {
              checkDefined(of, now, window, loops(of), Draft.NONE, to, origin);
            }
          });
    }
    return history;
  }

  /** The newest is this step's; those before lie in the history. */
  private Value windowAt(Term.WindowAt at, List<Integer> index, Origin origin) {
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
    int filled = core.filled(history, origin);
    int minusPlace = core.binary(BinaryOp.IMUL, place, core.integer(-1), origin);
    int last = core.binary(BinaryOp.IADD, filled, core.integer(-1), origin);
    int ago = core.binary(BinaryOp.IADD, last, minusPlace, origin);
    List<Integer> indices = new ArrayList<>(List.of(ago));
    indices.addAll(place(of, index));
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

  // Counting equal keys.

  private Value occurrences(Term.Occurrences of, Origin origin) {
    Integer slot = slots.get(of);
    List<Binder> loops = loops(of);
    Term key = of.key();
    if (slot == null) {
      List<Integer> table = new ArrayList<>(TermLowering.counts(loops, List.of()));
      table.add(of.capacity());
      List<Integer> keys = new ArrayList<>(table);
      keys.addAll(key.type().shape());
      String name = owner(of);
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
      pending.add(() -> advanceOccurrences(of, origin));
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
    loops(of).forEach(b -> place.add(terms.loop(b)));
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
    CoreBuilder.Scope scope = core.open(key.type().shape());
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
    CoreBuilder.Scope scope = core.open(List.of(of.capacity()));
    int entry = scope.indices().getFirst();
    int matches = matches(of, entry, origin);
    int count = element(of, 0, List.of(entry), origin);
    return core.reduce(Reduction.SUM, scope, matches, count, origin);
  }

  private void advanceOccurrences(Term.Occurrences of, Origin origin) {
    List<Binder> loops = loops(of);
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
            _ -> {
              int size = element(of, 2, List.of(), origin);
              int grown = core.binary(BinaryOp.IADD, size, core.integer(1), origin);
              return Value.of(core.select(found(of, origin), size, grown, origin));
            });
    draft.next(slotOf(of, 0), counts.yes(), origin);
    draft.next(slotOf(of, 1), keys.yes(), origin);
    draft.next(slotOf(of, 2), sizes.yes(), origin);
    if (unit.ranges().mayBeUndefined(key)) {
      Value now = all(key, of, origin);
      checkDefined(key, now, of, loops, slotOf(of, 0), Draft.NONE, origin);
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
        Sink.Failure.FULL,
        "the table of `" + owner(of) + "`",
        fits,
        sizes.yes(),
        slotOf(of, 0),
        Draft.NONE,
        origin);
  }

  private int everywhere(
      List<Binder> loops, java.util.function.IntSupplier condition, Origin origin) {
    if (loops.isEmpty()) {
      return condition.getAsInt();
    }
    CoreBuilder.Scope scope = core.open(TermLowering.counts(loops, List.of()));
    Value value = terms.inside(loops, scope.indices(), _ -> Value.of(condition.getAsInt()));
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
