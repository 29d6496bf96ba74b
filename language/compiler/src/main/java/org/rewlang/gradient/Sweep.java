package org.rewlang.gradient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.Op;
import org.rewlang.core.Origin;
import org.rewlang.core.Reduction;
import org.rewlang.core.Stmt;
import org.rewlang.core.Type;
import org.rewlang.core.UnaryOp;
import org.rewlang.lower.CoreBuilder;
import org.rewlang.lower.Placement;

/**
 * The reverse sweep over one instance of a block: from what its values are worth to what their
 * operands are worth, last statement first.
 *
 * <p>A scalar's adjoint is the sum of what each use adds. An array's is made when the sweep reaches
 * the array, by putting together what is read from it: in this block, and, round by round, in the
 * regions after it. A region that reads scalars from outside sums their adjoints over its rounds.
 */
final class Sweep {

  /** One element read, and what it is worth. */
  private record Read(List<Integer> indices, int adjoint, Origin origin) {}

  private final Activity activity;
  private final Instance at;
  private final CoreBuilder core;

  private final Map<Integer, Integer> scalars = new LinkedHashMap<>();
  private final Map<Integer, List<Read>> reads = new HashMap<>();

  /** Adjoints of whole arrays, to be added up. */
  private final Map<Integer, List<Integer>> whole = new HashMap<>();

  private final Map<Integer, Integer> arrays = new HashMap<>();
  private final Map<Stmt, Rounds> rounds = new IdentityHashMap<>();

  Sweep(Activity activity, Instance at) {
    this.activity = activity;
    this.at = at;
    this.core = at.core;
  }

  Instance at() {
    return at;
  }

  /** What a scalar of the program is worth as far as is known; -1 if nothing. */
  int scalar(int id) {
    return scalars.getOrDefault(activity.same(id), -1);
  }

  /** Adds to what a value is worth: to a scalar a number, to an array an array of its shape. */
  void add(int id, int adjoint) {
    if (!activity.isActive(id)) {
      return;
    }
    int one = activity.same(id);
    if (at.program.type(id).isScalar()) {
      scalars.merge(one, adjoint, (a, b) -> core.binary(BinaryOp.ADD, a, b, core.origin(b)));
    } else {
      whole.computeIfAbsent(one, _ -> new ArrayList<>()).add(adjoint);
    }
  }

  /** Scalars from outside that this block reads, and what they are worth to it. */
  Map<Integer, Integer> outside() {
    Map<Integer, Integer> outside = new LinkedHashMap<>();
    scalars.forEach(
        (id, adjoint) -> {
          if (!at.owns(id)) {
            outside.put(id, adjoint);
          }
        });
    return outside;
  }

  /** Goes back over the whole block. */
  Sweep run() {
    for (Stmt stmt : at.block.statements().reversed()) {
      statement(stmt);
    }
    return this;
  }

  private void statement(Stmt stmt) {
    if (stmt.results().stream().noneMatch(activity::isActive)) {
      return;
    }
    Partials partials = new Partials(core, stmt.origin());
    switch (stmt.op()) {
      case Op.Unary u -> {
        int adjoint = scalar(stmt.result());
        if (adjoint >= 0) {
          add(
              u.operand(),
              partials.unary(u.op(), at.value(u.operand()), at.value(stmt.result()), adjoint));
        }
      }
      case Op.Binary b -> binary(b, stmt.result(), partials);
      case Op.Select s -> {
        int adjoint = scalar(stmt.result());
        if (adjoint >= 0) {
          int condition = at.value(s.condition());
          int zero = core.number(0);
          if (activity.isActive(s.then())) {
            add(s.then(), core.select(condition, adjoint, zero, stmt.origin()));
          }
          if (activity.isActive(s.otherwise())) {
            add(s.otherwise(), core.select(condition, zero, adjoint, stmt.origin()));
          }
        }
      }
      case Op.At a -> {
        int adjoint = scalar(stmt.result());
        if (adjoint >= 0) {
          reads
              .computeIfAbsent(activity.same(a.array()), _ -> new ArrayList<>())
              .add(new Read(at.values(a.indices()), adjoint, stmt.origin()));
        }
      }
      case Op.Put p -> {
        int adjoint = array(stmt.result());
        if (adjoint >= 0) {
          List<Integer> indices = at.values(p.indices());
          add(p.value(), core.at(adjoint, indices, stmt.origin()));
          add(p.array(), at.put(adjoint, indices, core.number(0), stmt.origin()));
        }
      }
      case Op.Sort s -> {
        int adjoint = array(stmt.result());
        if (adjoint >= 0) {
          add(s.array(), unsorted(at.value(s.array()), adjoint, stmt.origin()));
        }
      }
      case Op.Reduce _, Op.Build _, Op.Fold _ -> region(stmt);
      case Op.Const _,
          Op.Flag _,
          Op.Int _,
          Op.Input _,
          Op.Present _,
          Op.Param _,
          Op.Slot _,
          Op.Table _,
          Op.Ago _,
          Op.Filled _ -> {}
    }
  }

  private void binary(Op.Binary b, int result, Partials partials) {
    int adjoint = scalar(result);
    if (adjoint < 0) {
      return;
    }
    int x = at.value(b.left());
    int y = at.value(b.right());
    int z = at.value(result);
    if (activity.isActive(b.left())) {
      add(b.left(), partials.left(b.op(), x, y, z, adjoint));
    }
    if (activity.isActive(b.right())) {
      add(b.right(), partials.right(b.op(), x, y, z, adjoint));
    }
  }

  /** Each element has the adjoint of the place that it was sorted to; equal ones in their order. */
  private int unsorted(int array, int adjoint, Origin origin) {
    int n = core.type(array).size();
    Placement.Scope each = core.open(List.of(n));
    int i = each.indices().getFirst();
    int x = core.at(array, List.of(i), origin);
    Placement.Scope others = core.open(List.of(n));
    int j = others.indices().getFirst();
    int y = core.at(array, List.of(j), origin);
    int below = core.binary(BinaryOp.LT, y, x, origin);
    int equal = core.binary(BinaryOp.EQ, y, x, origin);
    int earlier = core.and(equal, core.binary(BinaryOp.ILT, j, i, origin), origin);
    int before =
        core.select(core.or(below, earlier, origin), core.number(1), core.number(0), origin);
    int rank = core.reduce(Reduction.SUM, others, Op.Region.UNMASKED, before, origin);
    int place = core.unary(UnaryOp.FTOI, rank, origin);
    int defined = core.binary(BinaryOp.EQ, x, x, origin);
    int moved = core.at(adjoint, List.of(place), origin);
    return core.build(each, core.select(defined, moved, core.number(0), origin), origin);
  }

  // Regions.

  private void region(Stmt stmt) {
    Rounds all = rounds(stmt);
    if (all == null) {
      return;
    }
    if (activity.readsScalars(Instance.region(stmt.op()))) {
      if (all.isOne()) {
        all.at(List.of()).outside().forEach(this::add);
      } else {
        sum(all, stmt.origin());
      }
    }
    all.initial().forEach(w -> add(w.id(), w.adjoint()));
  }

  /** The rounds of a region after which the sweep is; null if its results are worth nothing. */
  private @Nullable Rounds rounds(Stmt stmt) {
    Rounds known = rounds.get(stmt);
    if (known == null) {
      known = Rounds.of(activity, this, stmt);
      if (known != null) {
        rounds.put(stmt, known);
      }
    }
    return known;
  }

  /** Adds up what all rounds read of scalars from outside. */
  private void sum(Rounds all, Origin origin) {
    Placement.Scope scope = core.open(all.counts());
    Sweep round = all.at(scope.indices());
    List<Map.Entry<Integer, Integer>> read = List.copyOf(round.outside().entrySet());
    if (read.isEmpty()) {
      core.discard(scope);
      return;
    }
    int where = round.at.where;
    if (read.size() == 1) {
      Map.Entry<Integer, Integer> only = read.getFirst();
      add(only.getKey(), core.reduce(Reduction.SUM, scope, where, only.getValue(), origin));
      return;
    }
    List<Integer> sums = read.stream().map(_ -> core.accumulator(scope, Type.F64)).toList();
    List<Integer> yields = new ArrayList<>();
    for (int i = 0; i < sums.size(); i++) {
      yields.add(core.binary(BinaryOp.ADD, sums.get(i), read.get(i).getValue(), origin));
    }
    List<Integer> zeros = sums.stream().map(_ -> core.number(0)).toList();
    int first = core.fold(zeros, sums, scope, where, yields, origin);
    for (int i = 0; i < sums.size(); i++) {
      add(read.get(i).getKey(), first + i);
    }
  }

  // Arrays.

  /** The adjoint of an array of this block, or of a leaf; -1 if it is worth nothing. */
  int array(int id) {
    int one = activity.same(id);
    Integer known = arrays.get(one);
    if (known == null) {
      known = gather(one);
      arrays.put(one, known);
    }
    return known;
  }

  private int gather(int array) {
    int sum = -1;
    for (int part : whole.getOrDefault(array, List.of())) {
      sum = sum < 0 ? part : plus(sum, part);
    }
    List<Read> here = reads.getOrDefault(array, List.of());
    if (!here.isEmpty()) {
      Placement.Scope scope = core.open(List.of(1));
      sum = put(array, sum, scope, Op.Region.UNMASKED, here);
    }
    for (Stmt stmt : at.block.statements()) {
      for (List<Stmt> path : Paths.to(activity, stmt, array)) {
        sum = along(path, array, sum);
      }
    }
    return sum;
  }

  private int plus(int a, int b) {
    Origin origin = core.origin(b);
    Placement.Scope scope = core.open(core.type(a).shape());
    int left = core.at(a, scope.indices(), origin);
    int right = core.at(b, scope.indices(), origin);
    return core.build(scope, core.binary(BinaryOp.ADD, left, right, origin), origin);
  }

  /** What the innermost of regions in regions reads of an array, over all their rounds. */
  private int along(List<Stmt> path, int array, int before) {
    List<Integer> counts = new ArrayList<>();
    path.forEach(stmt -> counts.addAll(Rounds.counts(stmt.op())));
    Placement.Scope scope = core.open(counts.isEmpty() ? List.of(1) : counts);
    Reached end = follow(path, scope.indices());
    List<Read> read = end == null ? List.of() : end.sweep.reads.getOrDefault(array, List.of());
    int sum = before;
    if (read.isEmpty()) {
      core.discard(scope);
    } else if (end != null) {
      sum = put(array, before, scope, end.where, read);
    }
    return end != null && end.sweep.whole.containsKey(array)
        ? wholeAlong(path, array, sum, counts)
        : sum;
  }

  /** The same of whole arrays, element by element. */
  private int wholeAlong(List<Stmt> path, int array, int before, List<Integer> outer) {
    List<Integer> counts = new ArrayList<>(outer);
    counts.addAll(at.program.type(array).shape());
    Placement.Scope scope = core.open(counts);
    Reached end = follow(path, scope.indices());
    if (end == null) {
      throw new IllegalStateException("the way led somewhere a moment ago");
    }
    List<Integer> element = scope.indices().subList(outer.size(), counts.size());
    List<Read> read = new ArrayList<>();
    for (int part : end.sweep.whole.getOrDefault(array, List.of())) {
      read.add(new Read(element, core.at(part, element, core.origin(part)), core.origin(part)));
    }
    return put(array, before, scope, end.where, read);
  }

  /**
   * @param where the masks of all rounds on the way
   */
  private record Reached(Sweep sweep, int where) {}

  private @Nullable Reached follow(List<Stmt> path, List<Integer> indices) {
    Sweep sweep = this;
    int where = Op.Region.UNMASKED;
    int from = 0;
    for (Stmt stmt : path) {
      Rounds all = sweep.rounds(stmt);
      if (all == null) {
        return null;
      }
      int to = from + Rounds.counts(stmt.op()).size();
      sweep = all.at(indices.subList(from, to));
      from = to;
      int mask = all.isOne() ? Op.Region.UNMASKED : sweep.at.where;
      if (mask != Op.Region.UNMASKED) {
        where = where == Op.Region.UNMASKED ? mask : core.and(where, mask, core.origin(mask));
      }
    }
    return new Reached(sweep, where);
  }

  /** Closes a region with an array to which what was read is added; -1 stands for zeros. */
  private int put(int array, int before, Placement.Scope scope, int where, List<Read> read) {
    Type type = at.program.type(array);
    Read one = read.getFirst();
    if (read.size() == 1
        && one.indices.equals(scope.indices())
        && scope.counts().equals(type.shape())) {
      int element = one.adjoint;
      if (where != Op.Region.UNMASKED) {
        element = core.select(where, element, core.number(0), one.origin);
      }
      if (before >= 0) {
        int old = core.at(before, one.indices, one.origin);
        element = core.binary(BinaryOp.ADD, old, element, one.origin);
      }
      return core.build(scope, element, one.origin);
    }
    int sum = core.accumulator(scope, type);
    int next = sum;
    for (Read r : read) {
      int old = core.at(next, r.indices, r.origin);
      int more = core.binary(BinaryOp.ADD, old, r.adjoint, r.origin);
      next = core.put(next, r.indices, more, r.origin);
    }
    int initial = before < 0 ? at.nothing(type) : before;
    return core.fold(initial, sum, scope, where, next, one.origin);
  }
}
