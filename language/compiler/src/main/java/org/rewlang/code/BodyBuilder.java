package org.rewlang.code;

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
import org.rewlang.schedule.Fusion;
import org.rewlang.schedule.Place;
import org.rewlang.schedule.Schedule;
import org.rewlang.schedule.Scope;

/** Makes the statements of one body, each value's at the place that its {@link Schedule} says. */
final class BodyBuilder {

  /** Larger expressions are cut by a variable: long bodies are cut between statements. */
  private static final int MAX_SIZE = 400;

  /** Taller ones too: who runs a tree recurses into it. */
  private static final int MAX_HEIGHT = 48;

  private final CoreProgram program;
  private final Schedule<Statement> schedule;
  private final Leaves leaves;
  private final Scratch scratch;
  private final Map<Integer, Expression> pending = new HashMap<>();
  private final Map<Integer, Variable> variables = new HashMap<>();
  private final Map<Integer, Area> areas = new HashMap<>();

  /** How many rounds a region's index counts. */
  private final Map<Integer, Integer> counts = new HashMap<>();

  BodyBuilder(Layout layout, Body body, Leaves leaves, Scratch scratch) {
    this.program = layout.program();
    this.schedule = new Schedule<>(program, body);
    this.leaves = leaves;
    this.scratch = scratch;
    build(body.block());
  }

  /** What comes before the sinks. */
  List<Statement> values() {
    List<Statement> all = new ArrayList<>(leaves.before());
    all.addAll(schedule.top().start());
    return all;
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

  /** A scalar, where it is to be used. */
  Expression take(int id) {
    Variable variable = variables.get(id);
    if (variable != null) {
      return new Expression.Read(variable);
    }
    Expression made = pending.remove(id);
    if (made != null) {
      return made;
    }
    Stmt stmt = definition(id);
    return Expression.from(stmt.origin(), leaves.scalar(stmt.op(), kind(id)));
  }

  private void build(Block block) {
    for (Stmt stmt : block.statements()) {
      if (Schedule.isLeaf(stmt.op())) {
        continue;
      }
      for (int result : stmt.results()) {
        Place<Statement> place = schedule.place(result);
        if (place != null) {
          build(stmt, block, place);
          break;
        }
      }
    }
  }

  private void build(Stmt stmt, Block block, Place<Statement> place) {
    switch (stmt.op()) {
      case Op.Put put -> place.add(from(stmt, put(stmt.result(), put)));
      case Op.Sort sort -> sort(stmt, sort, place);
      case Op.Build build -> place.add(from(stmt, build(stmt.result(), build)));
      case Op.Fold fold -> fold(stmt, fold, place);
      case Op.Select select -> select(stmt, select, place);
      case Op.Reduce _ -> {
        if (!isBuilt(stmt.result())) {
          reduce(Fusion.loop(stmt, block, schedule, this::isBuilt), block, place);
        }
      }
      default -> value(stmt, place, scalar(stmt.result(), stmt.op()));
    }
  }

  private static Statement from(Stmt stmt, Statement statement) {
    return Statement.from(stmt.origin(), statement);
  }

  private boolean isBuilt(int scalar) {
    return variables.containsKey(scalar) || pending.containsKey(scalar);
  }

  private void value(Stmt stmt, Place<Statement> place, Expression pure) {
    int id = stmt.result();
    Expression value = Expression.from(stmt.origin(), pure);
    if (schedule.isStored(id) || Size.of(value) > MAX_SIZE || Size.height(value) > MAX_HEIGHT) {
      place.add(new Statement.Write(variable(id), value));
    } else {
      pending.put(id, value);
    }
  }

  private Variable variable(int id) {
    return variables.computeIfAbsent(id, i -> new Variable(kind(i)));
  }

  /** A choice whose arms have something to do first is a statement. */
  private void select(Stmt stmt, Op.Select select, Place<Statement> place) {
    int id = stmt.result();
    Expression condition = take(select.condition());
    Expression then = take(select.then());
    Expression otherwise = take(select.otherwise());
    List<Statement> thenFirst = schedule.then(id).code();
    List<Statement> otherwiseFirst = schedule.otherwise(id).code();
    if (thenFirst.isEmpty() && otherwiseFirst.isEmpty()) {
      value(stmt, place, new Expression.Select(condition, then, otherwise));
    } else {
      place.add(
          from(
              stmt,
              new Statement.If(
                  condition, with(thenFirst, id, then), with(otherwiseFirst, id, otherwise))));
    }
  }

  private List<Statement> with(List<Statement> first, int id, Expression value) {
    List<Statement> all = new ArrayList<>(first);
    all.add(new Statement.Write(variable(id), value));
    return all;
  }

  private Expression scalar(int result, Op op) {
    return switch (op) {
      case Op.Unary u -> new Expression.Unary(u.op(), take(u.operand()));
      case Op.Binary b -> new Expression.Binary(b.op(), take(b.left()), take(b.right()));
      case Op.At a -> {
        Area area = area(a.array());
        yield index(area.type().shape(), a.indices()).load(area);
      }
      case Op.Ago a -> {
        HistoryInfo history = program.histories().get(a.history());
        Expression age = take(a.indices().getFirst());
        Index index = index(history.type().shape(), a.indices().subList(1, a.indices().size()));
        yield leaves.ago(a.history(), kind(result), age, index.whole());
      }
      default -> throw new IllegalArgumentException("not a scalar: " + op);
    };
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
        Expression place = take(id);
        index = index.plus(inside ? place : new Expression.Clamp(place, length), stride);
      }
      stride *= length;
    }
    return index;
  }

  private Statement put(int result, Op.Put put) {
    Area area = area(put.array());
    areas.put(result, area);
    Expression value = take(put.value());
    return index(area.type().shape(), put.indices()).store(area, value);
  }

  private void sort(Stmt stmt, Op.Sort sort, Place<Statement> place) {
    int result = stmt.result();
    Area area = scratch.allocate(program.type(result));
    areas.put(result, area);
    place.add(new Statement.Copy(area(sort.array()), area.memory(), area.offset()));
    place.add(from(stmt, new Statement.Sort(area.offset(), area.type().size())));
  }

  private Statement build(int result, Op.Build build) {
    Area area = scratch.allocate(program.type(result));
    areas.put(result, area);
    Op.Region region = build.region();
    List<Variable> indices = indices(region);
    Index at = round(indices, region.counts());
    Statement zero = at.store(area, new Expression.Literal(area.type().kind(), 0));
    List<Statement> body =
        round(
            result,
            region,
            indices,
            () -> List.of(at.store(area, take(region.yields().getFirst()))),
            List.of(zero));
    return new Statement.Loop(indices, region.counts(), body);
  }

  /** Which round of a region it is. */
  private static Index round(List<Variable> indices, List<Integer> counts) {
    Index index = Index.NONE;
    int stride = 1;
    for (int d = counts.size() - 1; d >= 0; d--) {
      index = index.plus(new Expression.Read(indices.get(d)), stride);
      stride *= counts.get(d);
    }
    return index;
  }

  /** Reductions in one loop. */
  private void reduce(List<Stmt> stmts, Block block, Place<Statement> place) {
    List<Statement> start = new ArrayList<>();
    List<Statement> body = new ArrayList<>();
    List<Accumulator> accumulators = new ArrayList<>();
    Op.Region first = ((Op.Reduce) stmts.getFirst().op()).region();
    List<Variable> indices = indices(first);
    for (Stmt stmt : stmts) {
      Op.Reduce reduce = (Op.Reduce) stmt.op();
      Accumulator to = Accumulator.of(reduce);
      accumulators.add(to);
      start.addAll(to.start());
      Expression round = round(indices, first.counts()).whole();
      body.addAll(
          round(
              stmt.result(),
              reduce.region(),
              indices,
              () -> to.add(round, take(reduce.region().yields().getFirst())),
              List.of()));
    }
    start.add(new Statement.Loop(indices, first.counts(), body));
    if (Fusion.isEarly(stmts, block)) {
      start.forEach(place::addEarly);
    } else {
      start.forEach(place::add);
    }
    for (int i = 0; i < stmts.size(); i++) {
      value(stmts.get(i), place, accumulators.get(i).result());
    }
  }

  /** What is done at the end of a round that the mask admits. */
  private interface End {
    List<Statement> statements();
  }

  /**
   * One round: what the mask needs, and where that admits it the rest.
   *
   * @param refused what is done otherwise
   */
  private List<Statement> round(
      int first, Op.Region region, List<Variable> indices, End end, List<Statement> refused) {
    for (int d = 0; d < indices.size(); d++) {
      variables.put(region.indices().get(d), indices.get(d));
      counts.put(region.indices().get(d), region.counts().get(d));
    }
    build(region.body());
    Scope<Statement> scope = schedule.region(first);
    List<Statement> all = new ArrayList<>(scope.start());
    if (!region.isMasked()) {
      all.addAll(end.statements());
      return all;
    }
    Expression where = take(region.where());
    List<Statement> admitted = new ArrayList<>(scope.admitted());
    admitted.addAll(end.statements());
    all.add(new Statement.If(where, admitted, refused));
    return all;
  }

  private static List<Variable> indices(Op.Region region) {
    return region.indices().stream().map(_ -> new Variable(Kind.I32)).toList();
  }

  private void fold(Stmt stmt, Op.Fold fold, Place<Statement> place) {
    List<Integer> results = stmt.results();
    for (int i = 0; i < results.size(); i++) {
      int accumulator = fold.accumulators().get(i);
      int from = fold.initial().get(i);
      if (program.type(accumulator).isScalar()) {
        Expression initial = take(from);
        Variable variable = variable(accumulator);
        variables.put(results.get(i), variable);
        place.add(new Statement.Write(variable, initial));
      } else {
        Area area = accumulator(from);
        areas.put(accumulator, area);
        areas.put(results.get(i), area);
        if (!area.equals(area(from))) {
          place.add(new Statement.Copy(area(from), area.memory(), area.offset()));
        }
      }
    }
    List<Variable> indices = indices(fold.region());
    List<Statement> body =
        round(results.getFirst(), fold.region(), indices, () -> next(fold), List.of());
    place.add(from(stmt, new Statement.Loop(indices, fold.region().counts(), body)));
  }

  /** Memory for an accumulator: that of its initial value if nothing else ever looks there. */
  private Area accumulator(int initial) {
    boolean made = schedule.definition(initial) instanceof Stmt s && !Schedule.isLeaf(s.op());
    return made && schedule.isUsedOnce(initial)
        ? area(initial)
        : scratch.allocate(program.type(initial));
  }

  /** Gives accumulators their next values: all are read before any is written. */
  private List<Statement> next(Op.Fold fold) {
    List<Statement> read = new ArrayList<>();
    List<Statement> write = new ArrayList<>();
    for (int i = 0; i < fold.accumulators().size(); i++) {
      int accumulator = fold.accumulators().get(i);
      int from = fold.region().yields().get(i);
      if (from == accumulator) {
        continue;
      }
      Variable variable = variables.get(accumulator);
      if (variable != null) {
        Variable staged = new Variable(variable.kind());
        read.add(new Statement.Write(staged, take(from)));
        write.add(new Statement.Write(variable, new Expression.Read(staged)));
      } else if (!area(from).equals(area(accumulator))) {
        Area to = area(accumulator);
        Area source = area(from);
        if (fold.accumulators().stream().anyMatch(a -> area(from).equals(areas.get(a)))) {
          source = scratch.allocate(to.type());
          read.add(new Statement.Copy(area(from), source.memory(), source.offset()));
        }
        write.add(new Statement.Copy(source, to.memory(), to.offset()));
      }
    }
    read.addAll(write);
    return read;
  }
}
