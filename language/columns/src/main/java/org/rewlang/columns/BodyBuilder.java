package org.rewlang.columns;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.core.Block;
import org.rewlang.core.Body;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Kind;
import org.rewlang.core.Op;
import org.rewlang.core.Stmt;
import org.rewlang.core.Type;
import org.rewlang.engine.Layout;
import org.rewlang.schedule.Place;
import org.rewlang.schedule.Schedule;
import org.rewlang.schedule.Scope;

/**
 * Makes the actions of one body, each at the place that its {@link Schedule} says. What only some
 * rows need stands behind a guard: a column that says which, and if there are none it is left out.
 */
final class BodyBuilder {

  private final CoreProgram program;
  private final Places places;
  private final Leaves leaves;
  private final Schedule<Action> schedule;

  /** By place, the column of its guard; none where all rows need what is there. */
  private final Map<Place<Action>, Integer> guards = new HashMap<>();

  BodyBuilder(Layout layout, Body body, Places places, boolean isStep) {
    this.program = layout.program();
    this.places = places;
    this.leaves = new Leaves(layout, places, isStep);
    this.schedule = new Schedule<>(program, body);
    guards.put(schedule.top().startPlace(), Places.NONE);
    build(body.block());
  }

  /** All that comes before the sinks. */
  Action values() {
    List<Action> all = leaves.before();
    all.addAll(schedule.top().start());
    return Action.all(all);
  }

  private int guard(Place<Action> place) {
    return guards.computeIfAbsent(place, _ -> places.newInt(1));
  }

  private void build(Block block) {
    for (Stmt stmt : block.statements()) {
      for (int result : stmt.results()) {
        Place<Action> place = schedule.place(result);
        if (place != null) {
          if (Schedule.isLeaf(stmt.op())) {
            leaves.read(stmt.result(), stmt.op());
          } else {
            build(stmt, place);
          }
          break;
        }
      }
    }
  }

  private void build(Stmt stmt, Place<Action> place) {
    int guard = guard(place);
    if (stmt.op() instanceof Op.Fold fold) {
      place.add(fold(stmt, fold, guard));
      return;
    }
    int id = stmt.result();
    boolean isUniform = places.isUniform(id);
    // One row's result is all rows', even where that row itself does not need it.
    int needed = isUniform ? Places.NONE : guard;
    Action action =
        switch (stmt.op()) {
          case Op.Unary u -> Operations.unary(u.op(), at(id), at(u.operand()), needed);
          case Op.Binary b ->
              Operations.binary(b.op(), at(id), at(b.left()), at(b.right()), needed);
          case Op.Select s -> select(id, s, needed);
          case Op.At a -> element(id, a, guard);
          case Op.Put p ->
              Operations.put(
                  places.isReal(p.array()),
                  at(p.array()),
                  Subscript.of(program.type(p.array()).shape(), p.indices(), places),
                  at(p.value()),
                  guard);
          case Op.Sort s -> Operations.sort(at(id), at(s.array()), places.size(id), guard);
          case Op.Ago a -> leaves.ago(id, a, guard);
          case Op.Reduce r -> {
            Loop loop = loop(stmt, r.region(), guard);
            yield Reduce.of(r, at(id), at(yielded(r.region(), 0)), loop, places);
          }
          case Op.Build b -> {
            Loop loop = loop(stmt, b.region(), guard);
            yield array(id, b.region(), at(yielded(b.region(), 0)), loop);
          }
          default -> throw new IllegalArgumentException("not computed: " + stmt.op());
        };
    if (!isUniform) {
      place.add(action);
      return;
    }
    place.add((c, _) -> action.run(c, 1));
    if (places.isSpread(id)) {
      place.add(Operations.spread(places.isReal(id), at(id)));
    }
  }

  private int at(int id) {
    return places.of(id);
  }

  private static int yielded(Op.Region region, int i) {
    return region.yields().get(i);
  }

  private Action select(int id, Op.Select s, int guard) {
    Action choose =
        Operations.select(
            program.type(id).kind(), at(id), at(s.condition()), at(s.then()), at(s.otherwise()));
    Place<Action> then = schedule.then(id);
    Place<Action> otherwise = schedule.otherwise(id);
    List<Action> all = new ArrayList<>();
    if (!then.code().isEmpty()) {
      all.add(arm(then, at(s.condition()), guard, true));
    }
    if (!otherwise.code().isEmpty()) {
      all.add(arm(otherwise, at(s.condition()), guard, false));
    }
    all.add(choose);
    return Action.all(all);
  }

  /** What only one arm needs, unless no row takes it. */
  private Action arm(Place<Action> place, int condition, int outer, boolean then) {
    int guard = guard(place);
    Action body = Action.all(place.code());
    return (c, n) -> {
      if (then && outer == Places.NONE) {
        System.arraycopy(c.ints[condition], 0, c.ints[guard], 0, n);
      } else if (then) {
        Kernels.and(c.ints[guard], c.ints[outer], c.ints[condition], n);
      } else if (outer == Places.NONE) {
        Kernels.not(c.ints[guard], c.ints[condition], n);
      } else {
        Kernels.andNot(c.ints[guard], c.ints[outer], c.ints[condition], n);
      }
      if (Kernels.any(c.ints[guard], n)) {
        body.run(c, n);
      }
    };
  }

  private Action element(int id, Op.At a, int guard) {
    Type type = program.type(a.array());
    boolean isReal = type.kind() == Kind.F64;
    Subscript at = Subscript.of(type.shape(), a.indices(), places);
    Stmt made = schedule.definition(a.array());
    if (made != null && (made.op() instanceof Op.Table || made.op() instanceof Op.Param)) {
      return Operations.lookUp(isReal, at(id), leaves.values(made.op()), at);
    }
    if (!at.isUniform()) {
      return Operations.gather(isReal, at(id), at(a.array()), at, guard);
    }
    boolean copied = places.isWritten(a.array()) || places.isKept(id);
    return Operations.element(isReal, at(id), at(a.array()), at, copied);
  }

  // Regions.

  private Loop loop(Stmt stmt, Op.Region region, int guard) {
    Scope<Action> scope = schedule.region(stmt.results().getFirst());
    // A column of its own: the mask may be an accumulator, which a round changes.
    int mask = region.isMasked() ? places.newInt(1) : guard;
    guards.put(scope.startPlace(), guard);
    guards.put(scope.admittedPlace(), mask);
    build(region.body());
    return new Loop(region, places, scope, guard, mask);
  }

  private Action array(int id, Op.Region region, int element, Loop loop) {
    boolean isReal = places.isReal(id);
    int to = at(id);
    int size = places.size(id);
    if (!region.isMasked()) {
      return (c, n) -> loop.run(c, n, round -> Operations.copy(c, isReal, to + round, element, n));
    }
    int mask = loop.mask();
    return (c, n) -> {
      for (int i = 0; i < size; i++) {
        Operations.clear(c, isReal, to + i, n);
      }
      loop.run(c, n, round -> Operations.copyWhere(c, isReal, to + round, element, mask, n));
    };
  }

  private Action fold(Stmt stmt, Op.Fold fold, int guard) {
    Loop loop = loop(stmt, fold.region(), guard);
    List<Action> begin = new ArrayList<>();
    List<Action> stage = new ArrayList<>();
    List<Action> next = new ArrayList<>();
    List<Integer> accumulators = fold.accumulators();
    boolean staged = isStaged(fold);
    for (int i = 0; i < accumulators.size(); i++) {
      int to = accumulators.get(i);
      int size = places.size(to);
      boolean isReal = places.isReal(to);
      begin.add(Operations.copy(isReal, at(to), at(fold.initial().get(i)), size));
      int from = yielded(fold.region(), i);
      if (places.isSame(from, to)) {
        // Written in place, where the mask let it.
        continue;
      }
      int source = at(from);
      if (staged) {
        source = isReal ? places.newReal(size) : places.newInt(size);
        stage.add(Operations.copy(isReal, source, at(from), size));
      }
      next.add(
          fold.region().isMasked()
              ? Operations.copyWhere(isReal, at(to), source, size, loop.mask())
              : Operations.copy(isReal, at(to), source, size));
    }
    stage.addAll(next);
    Action first = Action.all(begin);
    Action each = Action.all(stage);
    return (c, n) -> {
      first.run(c, n);
      loop.run(c, n, _ -> each.run(c, n));
    };
  }

  /** Whether what one accumulator becomes may be read from another's columns. */
  private boolean isStaged(Op.Fold fold) {
    List<Integer> accumulators = fold.accumulators();
    int moved = 0;
    boolean shared = false;
    for (int i = 0; i < accumulators.size(); i++) {
      int from = yielded(fold.region(), i);
      if (!places.isSame(from, accumulators.get(i))) {
        moved++;
        shared |= accumulators.stream().anyMatch(a -> places.isSame(from, a));
        shared |= schedule.definition(from) instanceof Stmt s && s.op() instanceof Op.At;
      }
    }
    return moved > 1 && shared;
  }
}
