package org.rewlang.truffle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.core.Block;
import org.rewlang.core.Body;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.HistoryInfo;
import org.rewlang.core.Kind;
import org.rewlang.core.Op;
import org.rewlang.core.Stmt;
import org.rewlang.engine.Layout;
import org.rewlang.engine.Ring;
import org.rewlang.schedule.Fusion;
import org.rewlang.schedule.Place;
import org.rewlang.schedule.Schedule;
import org.rewlang.schedule.Scope;

/** Makes the nodes of one body, each value's at the place that its {@link Schedule} says. */
final class BodyBuilder {

  /** Taller trees are cut by a local: execution recurses into them. */
  private static final int MAX_HEIGHT = 48;

  /** Larger trees are cut by a local: long sequences are cut only between statements. */
  private static final int MAX_SIZE = 400;

  /** Rounds times operations up to which a region is copied out; beyond, code only grows. */
  private static final int MAX_EXPLOSION = 64;

  private final Layout layout;
  private final CoreProgram program;
  private final Schedule<Tree<StatementNode>> schedule;
  private final Leaves leaves;
  private final Scratch scratch;
  private final Parts parts;
  private final Locals locals = new Locals();
  private final Map<Integer, Tree<ValueNode>> pending = new HashMap<>();
  private final Map<Integer, Integer> slots = new HashMap<>();
  private final Map<Integer, Area> areas = new HashMap<>();

  /** How many rounds a region's index counts. */
  private final Map<Integer, Integer> counts = new HashMap<>();

  BodyBuilder(Layout layout, Body body, Leaves leaves, Scratch scratch, Parts parts) {
    this.layout = layout;
    this.program = layout.program();
    this.schedule = new Schedule<>(program, body);
    this.leaves = leaves;
    this.scratch = scratch;
    this.parts = parts;
    build(body.block());
  }

  Locals locals() {
    return locals;
  }

  /** What comes before the sinks. */
  StatementNode values() {
    List<Tree<StatementNode>> all = new ArrayList<>();
    leaves.before().forEach(statement -> all.add(Tree.leaf(statement)));
    all.addAll(schedule.top().start());
    return parts.sequence(all).node();
  }

  /** Where an array lies. */
  Area area(int id) {
    Area area = areas.get(id);
    if (area == null) {
      area = leaves.array(definition(id).op(), program.type(id));
      areas.put(id, area);
    }
    return area;
  }

  private Stmt definition(int id) {
    Stmt stmt = schedule.definition(id);
    if (stmt == null) {
      throw new IllegalArgumentException("value " + id + " is used before it is defined");
    }
    return stmt;
  }

  private Kind kind(int id) {
    return program.type(id).kind();
  }

  /** The nodes of a scalar, to be put into the tree. */
  Tree<ValueNode> take(int id) {
    Integer slot = slots.get(id);
    if (slot != null) {
      return Tree.leaf(new Local.Read(slot));
    }
    Tree<ValueNode> tree = pending.remove(id);
    if (tree != null) {
      return tree;
    }
    Stmt stmt = definition(id);
    ValueNode leaf = leaves.scalar(stmt.op(), kind(id));
    leaf.setOrigin(stmt.origin());
    return Tree.leaf(leaf);
  }

  /** As {@link #take}, in the form that memory has. */
  private Tree<ValueNode> takeNumber(int id) {
    Tree<ValueNode> tree = take(id);
    return Tree.join(Operations.number(kind(id), tree.node()), tree);
  }

  private void build(Block block) {
    for (Stmt stmt : block.statements()) {
      if (Schedule.isLeaf(stmt.op())) {
        continue;
      }
      for (int result : stmt.results()) {
        Place<Tree<StatementNode>> place = schedule.place(result);
        if (place != null) {
          build(stmt, block, place);
          break;
        }
      }
    }
  }

  private void build(Stmt stmt, Block block, Place<Tree<StatementNode>> place) {
    switch (stmt.op()) {
      case Op.Put put -> statement(stmt, place, put(stmt.result(), put));
      case Op.Sort sort -> statement(stmt, place, sort(stmt.result(), sort));
      case Op.Build build -> statement(stmt, place, build(stmt.result(), build));
      case Op.Fold fold -> statement(stmt, place, fold(stmt.results(), fold));
      case Op.Reduce _ -> {
        if (!isBuilt(stmt.result())) {
          reduce(Fusion.loop(stmt, block, schedule, this::isBuilt), block, place);
        }
      }
      default -> value(stmt, place, scalar(stmt.result(), stmt.op()));
    }
  }

  private boolean isBuilt(int scalar) {
    return slots.containsKey(scalar) || pending.containsKey(scalar);
  }

  private static void statement(
      Stmt stmt, Place<Tree<StatementNode>> place, Tree<StatementNode> tree) {
    tree.node().setOrigin(stmt.origin());
    place.add(tree);
  }

  private void value(Stmt stmt, Place<Tree<StatementNode>> place, Tree<ValueNode> tree) {
    tree.node().setOrigin(stmt.origin());
    int id = stmt.result();
    if (schedule.isStored(id) || tree.height() > MAX_HEIGHT || tree.size() > MAX_SIZE) {
      int slot = locals.allocate();
      place.add(Tree.join(Local.write(kind(id), slot, tree.node()), tree));
      slots.put(id, slot);
    } else {
      pending.put(id, tree);
    }
  }

  private Tree<ValueNode> scalar(int result, Op op) {
    return switch (op) {
      case Op.Unary u -> {
        Tree<ValueNode> x = take(u.operand());
        yield Tree.join(Operations.unary(u.op(), x.node()), x);
      }
      case Op.Binary b -> {
        Tree<ValueNode> left = take(b.left());
        Tree<ValueNode> right = take(b.right());
        yield Tree.join(Operations.binary(b.op(), left.node(), right.node()), left, right);
      }
      case Op.Select s -> {
        Tree<ValueNode> condition = take(s.condition());
        Tree<ValueNode> then = arm(schedule.then(result), s.then());
        Tree<ValueNode> otherwise = arm(schedule.otherwise(result), s.otherwise());
        ValueNode node = new Select(condition.node(), then.node(), otherwise.node());
        yield Tree.join(node, condition, then, otherwise);
      }
      case Op.At a -> {
        Area area = area(a.array());
        yield index(area.type().shape(), a.indices()).load(area);
      }
      case Op.Ago a -> {
        HistoryInfo history = program.histories().get(a.history());
        Tree<ValueNode> age = take(a.indices().getFirst());
        Index index = index(history.type().shape(), a.indices().subList(1, a.indices().size()));
        Tree<ValueNode> inner = index.whole();
        Ring ring = Ring.of(layout, a.history());
        yield Tree.join(leaves.ago(ring, kind(result), age.node(), inner.node()), age, inner);
      }
      default -> throw new IllegalArgumentException("not a scalar: " + op);
    };
  }

  /** A value after what only it needs. */
  private Tree<ValueNode> arm(Place<Tree<StatementNode>> place, int id) {
    Tree<ValueNode> value = take(id);
    if (place.code().isEmpty()) {
      return value;
    }
    Tree<StatementNode> first = parts.sequence(place.code());
    return Tree.join(Sequence.then(first.node(), value.node()), first, value);
  }

  /** The place of an element: a sum of what is constant and what is not. */
  private Index index(List<Integer> shape, List<Integer> indices) {
    Index index = Index.NONE;
    int stride = 1;
    for (int d = shape.size() - 1; d >= 0; d--) {
      int id = indices.get(d);
      int length = shape.get(d);
      Stmt stmt = schedule.definition(id);
      if (stmt != null && stmt.op() instanceof Op.Int i) {
        index = index.plus(Math.clamp(i.value(), 0, length - 1) * stride);
      } else {
        boolean inside = counts.getOrDefault(id, Integer.MAX_VALUE) <= length;
        index = index.plus(take(id), inside ? Index.ANY : length, stride);
      }
      stride *= length;
    }
    return index;
  }

  private Tree<StatementNode> put(int result, Op.Put put) {
    Area area = area(put.array());
    areas.put(result, area);
    Tree<ValueNode> value = takeNumber(put.value());
    Index index = index(area.type().shape(), put.indices());
    Tree<ValueNode> place = index.whole();
    return Tree.join(new Store.Element(area.offset(), place.node(), value.node()), place, value);
  }

  private Tree<StatementNode> sort(int result, Op.Sort sort) {
    Area area = scratch.allocate(program.type(result));
    areas.put(result, area);
    StatementNode copy = new Store.Copy(area(sort.array()), area.memory(), area.offset());
    return Tree.leaf(new Store.Sorted(area.offset(), area.type().size(), copy));
  }

  private Tree<StatementNode> build(int result, Op.Build build) {
    Area area = scratch.allocate(program.type(result));
    areas.put(result, area);
    int[] indices = indices(build.region());
    Tree<RegionNode> region = region(result, build.region(), indices);
    Tree<ValueNode> element = takeNumber(build.region().yields().getFirst());
    Round round = new Build(area.offset(), region.node(), element.node());
    return loop(indices, List.of(build.region()), List.of(round), List.of(region, element));
  }

  /** Reductions in one loop. */
  private void reduce(List<Stmt> stmts, Block block, Place<Tree<StatementNode>> place) {
    List<Op.Region> regions = new ArrayList<>();
    List<Round> rounds = new ArrayList<>();
    List<Tree<?>> made = new ArrayList<>();
    List<ValueNode> results = new ArrayList<>();
    int[] indices = indices(((Op.Reduce) stmts.getFirst().op()).region());
    for (Stmt stmt : stmts) {
      Op.Reduce reduce = (Op.Reduce) stmt.op();
      Tree<RegionNode> region = region(stmt.result(), reduce.region(), indices);
      Tree<ValueNode> element = take(reduce.region().yields().getFirst());
      Accumulator to = Accumulator.of(reduce, locals);
      regions.add(reduce.region());
      rounds.add(to.round(region.node(), element.node()));
      made.addAll(List.of(region, element));
      results.add(to.result());
    }
    Tree<StatementNode> loop = loop(indices, regions, rounds, made);
    if (Fusion.isEarly(stmts, block)) {
      place.addEarly(loop);
    } else {
      place.add(loop);
    }
    for (int i = 0; i < results.size(); i++) {
      value(stmts.get(i), place, Tree.leaf(results.get(i)));
    }
  }

  /** Slots for the indices of a region. */
  private int[] indices(Op.Region region) {
    return region.indices().stream().mapToInt(_ -> locals.allocate()).toArray();
  }

  private Tree<RegionNode> region(int first, Op.Region region, int[] indices) {
    for (int d = 0; d < indices.length; d++) {
      slots.put(region.indices().get(d), indices[d]);
      counts.put(region.indices().get(d), region.counts().get(d));
    }
    build(region.body());
    Scope<Tree<StatementNode>> scope = schedule.region(first);
    Tree<StatementNode> start = parts.sequence(scope.start());
    if (!region.isMasked()) {
      return Tree.join(new RegionNode(start.node(), null, Sequence.of(List.of())), start);
    }
    Tree<ValueNode> where = take(region.where());
    Tree<StatementNode> admitted = parts.sequence(scope.admitted());
    RegionNode node = new RegionNode(start.node(), where.node(), admitted.node());
    return Tree.join(node, start, where, admitted);
  }

  private static Tree<StatementNode> loop(
      int[] indices, List<Op.Region> regions, List<Round> rounds, List<Tree<?>> made) {
    Op.Region first = regions.getFirst();
    long cost = regions.stream().mapToLong(region -> Cost.of(region.body())).sum();
    boolean exploded = first.rounds() * cost <= MAX_EXPLOSION;
    int[] counts = first.counts().stream().mapToInt(n -> n).toArray();
    StatementNode node = new Loop(indices, counts, exploded, rounds);
    Tree<StatementNode> tree = Tree.join(node, made.toArray(Tree<?>[]::new));
    return exploded ? new Tree<>(node, tree.height(), tree.size() * first.rounds()) : tree;
  }

  private Tree<StatementNode> fold(List<Integer> results, Op.Fold fold) {
    List<Tree<?>> made = new ArrayList<>();
    List<StatementNode> initial = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      int accumulator = fold.accumulators().get(i);
      int from = fold.initial().get(i);
      if (program.type(accumulator).isScalar()) {
        Tree<ValueNode> tree = take(from);
        int slot = locals.allocate();
        slots.put(accumulator, slot);
        slots.put(results.get(i), slot);
        initial.add(Local.write(kind(accumulator), slot, tree.node()));
        made.add(tree);
      } else {
        Area area = accumulator(from);
        areas.put(accumulator, area);
        areas.put(results.get(i), area);
        if (!area.equals(area(from))) {
          initial.add(new Store.Copy(area(from), area.memory(), area.offset()));
        }
      }
    }
    int[] indices = indices(fold.region());
    Tree<RegionNode> region = region(results.getFirst(), fold.region(), indices);
    made.add(region);
    StatementNode next = Sequence.of(next(fold, made));
    Round round = new Fold(Sequence.of(initial), region.node(), next);
    return loop(indices, List.of(fold.region()), List.of(round), made);
  }

  /** Memory for an accumulator: that of its initial value if nothing else ever looks there. */
  private Area accumulator(int initial) {
    boolean made = schedule.definition(initial) instanceof Stmt s && !Schedule.isLeaf(s.op());
    return made && schedule.isUsedOnce(initial)
        ? area(initial)
        : scratch.allocate(program.type(initial));
  }

  /** Gives accumulators their next values: all are read before any is written. */
  private List<StatementNode> next(Op.Fold fold, List<Tree<?>> made) {
    List<StatementNode> read = new ArrayList<>();
    List<StatementNode> write = new ArrayList<>();
    for (int i = 0; i < fold.accumulators().size(); i++) {
      int accumulator = fold.accumulators().get(i);
      int from = fold.region().yields().get(i);
      if (from == accumulator) {
        continue;
      }
      Integer slot = slots.get(accumulator);
      if (slot != null) {
        Tree<ValueNode> tree = take(from);
        made.add(tree);
        int staged = locals.allocate();
        read.add(Local.write(kind(from), staged, tree.node()));
        ValueNode value = new Local.Read(staged);
        write.add(Local.write(kind(from), slot, value));
      } else if (!area(from).equals(area(accumulator))) {
        Area to = area(accumulator);
        Area source = area(from);
        if (fold.accumulators().stream().anyMatch(a -> area(from).equals(areas.get(a)))) {
          source = scratch.allocate(to.type());
          read.add(new Store.Copy(area(from), source.memory(), source.offset()));
        }
        write.add(new Store.Copy(source, to.memory(), to.offset()));
      }
    }
    read.addAll(write);
    return read;
  }
}
