package org.rewlang.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.HistoryInfo;
import org.rewlang.core.Kind;
import org.rewlang.core.Origin;
import org.rewlang.core.Type;
import org.rewlang.core.UnaryOp;
import org.rewlang.model.Base;
import org.rewlang.model.Binder;
import org.rewlang.model.Term;
import org.rewlang.temporal.Network;
import org.rewlang.temporal.Plan;

/**
 * One robustness. Its state may be infinite, and is not checked; its atoms are.
 *
 * <p>The numbers of a {@link Plan} are slots, and read the positions that are settled. Where some
 * are open, the last values of what looks back lie in histories; from them the open positions are
 * read in each step, starting from the numbers kept.
 */
final class Robust {

  private final StateContext state;
  private final Term.Robustness of;
  private final Origin origin;
  private final CoreBuilder core;
  private final String name;
  final Distances distances;
  final Network network;
  private final Plan plan;
  private final PastValues past;
  private final OpenValues open;

  /** The slots of each thread's numbers. */
  private final List<List<Integer>> numbers = new ArrayList<>();

  /** How many steps were done before this one, up to where that makes no difference. */
  private final int position;

  Robust(StateContext state, Term.Robustness of, Origin origin) {
    this.state = state;
    this.of = of;
    this.origin = origin;
    core = state.core;
    name = state.owner(of) + ".robustness";
    network = new Network(of.beta() == null);
    distances = new Distances(state.terms, of, origin);
    if (!(Plan.of(network, of.formula()) instanceof Plan.Made made)) {
      throw new IllegalStateException("a robustness that the checker should have refused");
    }
    plan = made.plan();
    position = slot("position", Kind.I32, 0);
    past = new PastValues(this);
    open = new OpenValues(this, past, plan.horizon() + 1);
    int farthest = farthest();
    keep(
        position,
        0,
        () -> {
          int here = position();
          int more = core.binary(BinaryOp.IADD, here, core.integer(1), origin);
          int before = core.binary(BinaryOp.ILT, here, core.integer(farthest), origin);
          return core.select(before, more, here, origin);
        });
    for (int thread = 0; thread < plan.threads().size(); thread++) {
      start(thread);
    }
    state.pending.add(this::checkAtoms);
  }

  private void checkAtoms() {
    for (Term atom : of.atoms()) {
      if (state.unit.ranges().mayBeUndefined(atom)) {
        state.checkDefined(atom, state.all(atom, of, origin), of, loops(), origin);
      }
    }
  }

  /** A position from which on nothing depends on which one it is. */
  private int farthest() {
    long most = plan.horizon();
    for (int node = 0; node < network.size(); node++) {
      most = Math.max(most, reach(network.node(node)));
    }
    return (int) Math.min(most + plan.horizon() + 2, Integer.MAX_VALUE - 1);
  }

  private static long reach(Network.Node node) {
    return switch (node) {
      case Network.Shift s -> s.steps();
      case Network.Extreme e -> bounded(e.window());
      case Network.Until u -> bounded(u.window());
      default -> 0;
    };
  }

  private static long bounded(org.rewlang.automata.Formula.Window window) {
    return window.to() == Network.UNBOUNDED ? window.from() : window.to();
  }

  // State.

  CoreBuilder core() {
    return core;
  }

  Origin origin() {
    return origin;
  }

  List<Binder> loops() {
    return state.loops(of);
  }

  /** Whether those that it is of come and go. */
  boolean comesAndGoes() {
    return !state.comings(of).isEmpty();
  }

  List<Integer> place() {
    return state.place(of, List.of());
  }

  int slot(String what, Kind kind, double initial) {
    return state.unit.slot(name + "." + what, state.memory(of, kind), List.of(initial));
  }

  int read(int slot) {
    return state.readSlot(slot, of, List.of(), origin).yes();
  }

  /** Lets a slot go on as {@code next}. */
  void keep(int slot, double initial, IntSupplier next) {
    boolean number = state.unit.tables().slots().get(slot).type().kind() == Kind.F64;
    state.pending.add(
        () -> {
          int start = number ? core.number(initial) : core.integer((int) initial);
          TermLowering.Body body =
              state.unlessAway(of, _ -> Value.of(next.getAsInt()), _ -> Value.of(start), origin);
          state.draft.next(slot, all(body), origin);
        });
  }

  private int all(TermLowering.Body body) {
    return state.terms.elements(loops(), List.of(), origin, body).yes();
  }

  int history(String what, int length, IntSupplier now) {
    List<HistoryInfo> all = state.unit.tables().histories();
    int history = all.size();
    all.add(
        new HistoryInfo(
            state.unit.stateName(name + "." + what), state.memory(of, Kind.F64), length));
    state.pending.add(() -> state.draft.push(history, all(_ -> Value.of(now.getAsInt())), origin));
    return history;
  }

  /** Lets a history hold at least so many values. */
  void lengthen(int history, int length) {
    List<HistoryInfo> all = state.unit.tables().histories();
    HistoryInfo info = all.get(history);
    if (info.length() < length) {
      all.set(history, new HistoryInfo(info.name(), info.type(), length));
    }
  }

  /** {@code first}, and what {@code value} is for so many steps back, as far as there were such. */
  int joined(boolean least, int first, int steps, IntUnaryOperator value) {
    Placement.Scope scope = core.open(List.of(steps));
    int so = core.accumulator(scope, Type.F64);
    int k = scope.indices().getFirst();
    int there = core.binary(BinaryOp.ILT, k, position(), origin);
    int next = distances.join(least, so, value.applyAsInt(k));
    return core.fold(first, so, scope, there, next, origin);
  }

  /** What was pushed so many steps before the last one. */
  int ago(int history, int steps) {
    List<Integer> at = new ArrayList<>(List.of(steps));
    at.addAll(place());
    return core.ago(history, at, origin);
  }

  Blocks blocks(String what, boolean least, int width, IntSupplier now) {
    Type type = state.memory(of, Kind.F64);
    Blocks made =
        new Blocks(
            state,
            name + "." + what,
            type,
            (a, b) -> distances.join(least, a, b),
            Distances.identity(least),
            width,
            origin);
    state.pending.add(() -> made.advance(loops(), List.of(), _ -> Value.of(now.getAsInt())));
    return made;
  }

  /** What is computed once in each round of the loops around. */
  int remembered(Object what, IntSupplier compute) {
    return remembered(what, 1, () -> List.of(compute.getAsInt())).getFirst();
  }

  private List<Integer> remembered(Object what, int count, Supplier<List<Integer>> compute) {
    List<Integer> around = new ArrayList<>();
    loops().forEach(b -> around.add(state.terms.loop(b)));
    Map<Object, Value> memo = core.scopeOf(around).memo;
    List<Integer> all = new ArrayList<>();
    if (!memo.containsKey(List.of(this, what, 0))) {
      all.addAll(compute.get());
      for (int i = 0; i < count; i++) {
        memo.put(List.of(this, what, i), Value.of(all.get(i)));
      }
      return all;
    }
    for (int i = 0; i < count; i++) {
      all.add(Objects.requireNonNull(memo.get(List.of(this, what, i))).yes());
    }
    return all;
  }

  int position() {
    return read(position);
  }

  /** Whether there were fewer steps before this one. */
  int isBefore(int steps) {
    return core.binary(BinaryOp.ILT, position(), core.integer(steps), origin);
  }

  /** The distance of an atom, infinite if it is a bool. */
  int atom(Network.Atom atom) {
    Term term = of.atoms().get(atom.number());
    Value value = state.terms.scalar(term);
    if (term.type().base() == Base.BOOL) {
      return core.select(
          value.yes(),
          distances.infinite(!atom.negated()),
          distances.infinite(atom.negated()),
          origin);
    }
    return atom.negated() ? core.unary(UnaryOp.NEG, value.yes(), origin) : value.yes();
  }

  // The whole.

  int value() {
    return value(plan.whole());
  }

  private int value(Plan.Whole whole) {
    return switch (whole) {
      case Plan.Now now -> past.now(now.node());
      case Plan.Of of -> {
        int thread = of.thread();
        yield remembered(List.of("at end", thread), () -> atEnd(thread, opened(thread)));
      }
      case Plan.Both both -> distances.join(both.least(), value(both.left()), value(both.right()));
    };
  }

  private Plan.Thread thread(int thread) {
    return plan.threads().get(thread);
  }

  private void start(int thread) {
    List<Integer> slots = new ArrayList<>();
    for (int i = 0; i < thread(thread).numbers(); i++) {
      double initial = initial(thread(thread), i);
      int number = i;
      int slot = slot("number", Kind.F64, initial);
      slots.add(slot);
      keep(slot, initial, () -> settled(thread).get(number));
    }
    numbers.add(slots);
  }

  private double initial(Plan.Thread thread, int number) {
    return switch (thread) {
      case Plan.Polynomial _ -> Distances.identity(number == 0);
      case Plan.Direct d ->
          switch (network.node(d.node())) {
            case Network.Extreme e -> Distances.identity(e.least());
            // What was found, and for how long the left side held.
            case Network.Until u -> Distances.identity(u.dual() == (number == 0));
            case Network.Shift s -> Distances.identity(s.weak());
            default -> Distances.identity(true);
          };
    };
  }

  /** The numbers after the position that is settled now, if one is. */
  private List<Integer> settled(int thread) {
    int count = thread(thread).numbers();
    return remembered(List.of("settled", thread), count, () -> settle(thread));
  }

  private List<Integer> settle(int thread) {
    List<Integer> before = new ArrayList<>();
    numbers.get(thread).forEach(slot -> before.add(read(slot)));
    int horizon = thread(thread).horizon();
    List<Integer> after = next(thread(thread), before, core.integer(horizon));
    if (horizon == 0) {
      return after;
    }
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      kept.add(core.select(isBefore(horizon), before.get(i), after.get(i), origin));
    }
    return kept;
  }

  /** The numbers after all positions, open ones included. */
  private List<Integer> opened(int which) {
    List<Integer> settled = settled(which);
    Plan.Thread thread = thread(which);
    if (thread.horizon() == 0) {
      return settled;
    }
    Placement.Scope scope = core.open(List.of(thread.horizon()));
    List<Integer> so = new ArrayList<>();
    settled.forEach(s -> so.add(core.accumulator(scope, core.type(s))));
    int turned = core.binary(BinaryOp.IMUL, scope.indices().getFirst(), core.integer(-1), origin);
    int ago = core.binary(BinaryOp.IADD, turned, core.integer(thread.horizon() - 1), origin);
    int there = core.not(core.binary(BinaryOp.ILT, position(), ago, origin), origin);
    List<Integer> next = next(thread, so, ago);
    int first = core.fold(settled, so, scope, there, next, origin);
    List<Integer> results = new ArrayList<>();
    for (int i = 0; i < next.size(); i++) {
      results.add(first + i);
    }
    return results;
  }

  private int atEnd(int thread, List<Integer> all) {
    return switch (thread(thread)) {
      case Plan.Direct _ -> all.getFirst();
      case Plan.Polynomial p -> {
        List<Integer> ends = new ArrayList<>();
        p.atEnd().forEach(i -> ends.add(all.get(i)));
        yield distances.join(false, ends);
      }
    };
  }

  /** The numbers after one more position, which lies so many steps back. */
  private List<Integer> next(Plan.Thread thread, List<Integer> before, int ago) {
    return switch (thread) {
      case Plan.Direct d -> direct(d, before, ago);
      case Plan.Polynomial p -> {
        List<Integer> all = new ArrayList<>();
        for (List<Plan.Product> products : p.next()) {
          List<Integer> sums = new ArrayList<>();
          for (Plan.Product product : products) {
            int least = before.get(product.source());
            for (Plan.Factor factor : product.factors()) {
              least = distances.join(true, least, factor(factor, ago));
            }
            sums.add(least);
          }
          all.add(distances.join(false, sums));
        }
        yield all;
      }
    };
  }

  private int factor(Plan.Factor factor, int ago) {
    return switch (factor) {
      case Plan.Value v -> open.at(v.node(), ago);
      case Plan.Gate g -> {
        int inside = inside(g.from(), g.to(), ago);
        yield core.select(
            inside, distances.infinite(g.inside()), distances.infinite(!g.inside()), origin);
      }
    };
  }

  /** Whether a position that lies so many steps back is one of these. */
  private int inside(int from, int to, int ago) {
    int back = core.binary(BinaryOp.IMUL, ago, core.integer(-1), origin);
    int here = core.binary(BinaryOp.IADD, position(), back, origin);
    int inside = core.flag(true);
    if (from > 0) {
      inside = core.not(core.binary(BinaryOp.ILT, here, core.integer(from), origin), origin);
    }
    if (to < Network.UNBOUNDED - 1) {
      int before = core.binary(BinaryOp.ILT, here, core.integer(to + 1), origin);
      inside = core.and(inside, before, origin);
    }
    return inside;
  }

  private List<Integer> direct(Plan.Direct direct, List<Integer> before, int ago) {
    return switch (network.node(direct.node())) {
      case Network.Extreme e when !e.back() -> {
        int value = open.at(e.of(), ago);
        int joined = distances.join(e.least(), before.getFirst(), value);
        int inside = inside(e.window().from(), e.window().to(), ago);
        yield List.of(core.select(inside, joined, before.getFirst(), origin));
      }
      case Network.Until u when !u.back() -> {
        int left = open.at(u.left(), ago);
        int right = open.at(u.right(), ago);
        int found = before.getFirst();
        int held = before.getLast();
        int here = distances.join(!u.dual(), right, held);
        int better = distances.join(u.dual(), found, here);
        int inside = inside(u.window().from(), u.window().to(), ago);
        yield List.of(
            core.select(inside, better, found, origin), distances.join(!u.dual(), held, left));
      }
      case Network.Shift s when !s.back() -> {
        int here = inside(s.steps(), s.steps(), ago);
        yield List.of(core.select(here, open.at(s.of(), ago), before.getFirst(), origin));
      }
      default -> {
        int first = inside(0, 0, ago);
        int value = open.at(direct.node(), ago);
        yield List.of(core.select(first, value, before.getFirst(), origin));
      }
    };
  }
}
