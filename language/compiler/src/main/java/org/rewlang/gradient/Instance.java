package org.rewlang.gradient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.Block;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Kind;
import org.rewlang.core.Op;
import org.rewlang.core.Origin;
import org.rewlang.core.Regions;
import org.rewlang.core.Stmt;
import org.rewlang.core.Type;
import org.rewlang.lower.CoreBuilder;
import org.rewlang.lower.Ops;
import org.rewlang.lower.Placement;

/**
 * A block built once more: the function's own, or a region's for one round, with what its values
 * are there. Those of the blocks around it are known too.
 */
final class Instance {

  final CoreProgram program;
  final CoreBuilder core;
  final Block block;

  /** The mask of the round; {@link Op.Region#UNMASKED} if it always counts. */
  int where = Op.Region.UNMASKED;

  private final @Nullable Instance around;
  private final Map<Integer, Integer> values = new HashMap<>();
  private final Set<Integer> own = new HashSet<>();

  /** The only put that may write in place, into an accumulator; else null. */
  private final @Nullable Stmt inPlace;

  private Instance(
      CoreProgram program,
      CoreBuilder core,
      Block block,
      @Nullable Instance around,
      @Nullable Stmt inPlace) {
    this.program = program;
    this.core = core;
    this.block = block;
    this.around = around;
    this.inPlace = inPlace;
  }

  /** A function's own block. */
  static Instance of(CoreProgram program, CoreBuilder core, Block block) {
    Instance instance = new Instance(program, core, block, null, null);
    instance.build();
    return instance;
  }

  /**
   * A round of a region that stands in this block.
   *
   * @param accumulators what a fold has so far; empty for other regions
   */
  Instance round(Op op, List<Integer> indices, List<Integer> accumulators) {
    return round(op, indices, accumulators, null);
  }

  /** A round of a fold that goes forward, and so may write in place. */
  Instance next(Op.Fold fold, List<Integer> indices, List<Integer> accumulators) {
    return round(fold, indices, accumulators, inPlace(fold));
  }

  private Instance round(
      Op op, List<Integer> indices, List<Integer> accumulators, @Nullable Stmt inPlace) {
    Op.Region region = region(op);
    Instance instance = new Instance(program, core, region.body(), this, inPlace);
    instance.define(region.indices(), indices);
    if (op instanceof Op.Fold fold) {
      instance.define(fold.accumulators(), accumulators);
    }
    instance.build();
    if (region.isMasked()) {
      instance.where = instance.value(region.where());
    }
    return instance;
  }

  static Op.Region region(Op op) {
    Op.Region region = Regions.of(op);
    if (region == null) {
      throw new IllegalArgumentException("no region: " + op);
    }
    return region;
  }

  /** What stands for a value of the program here. */
  int value(int id) {
    for (Instance at = this; at != null; at = at.around) {
      Integer value = at.values.get(id);
      if (value != null) {
        return value;
      }
    }
    throw new IllegalArgumentException("%" + id + " is not known here");
  }

  List<Integer> values(List<Integer> ids) {
    return ids.stream().map(this::value).toList();
  }

  /** Whether it is one of this very block's values, indices and accumulators; leaves are not. */
  boolean owns(int id) {
    return own.contains(id);
  }

  private void define(List<Integer> ids, List<Integer> built) {
    for (int i = 0; i < ids.size(); i++) {
      define(ids.get(i), built.get(i));
    }
  }

  private void define(int id, int built) {
    values.put(id, built);
    own.add(id);
  }

  private void build() {
    for (Stmt stmt : block.statements()) {
      if (Regions.of(stmt.op()) != null) {
        int first = region(stmt);
        for (int i = 0; i < stmt.results().size(); i++) {
          define(stmt.results().get(i), first + i);
        }
      } else if (stmt.op() instanceof Op.Put put && !stmt.equals(inPlace)) {
        int array = value(put.array());
        define(stmt.result(), put(array, values(put.indices()), value(put.value()), stmt.origin()));
      } else {
        Op op = Ops.rename(stmt.op(), Ops.Renaming.of(this::value));
        values.put(stmt.result(), core.operation(op, stmt.origin()));
        if (!Activity.isLeaf(stmt.op())) {
          own.add(stmt.result());
        }
      }
    }
  }

  /** A copy with one element replaced. */
  int put(int array, List<Integer> indices, int value, Origin origin) {
    Placement.Scope scope = core.open(List.of(1));
    int copy = core.accumulator(scope, core.type(array));
    int put = core.put(copy, indices, value, origin);
    return core.fold(array, copy, scope, Op.Region.UNMASKED, put, origin);
  }

  private int region(Stmt stmt) {
    Op op = stmt.op();
    Op.Region region = region(op);
    Placement.Scope scope = core.open(region.counts());
    if (op instanceof Op.Fold fold) {
      List<Integer> accumulators = accumulators(scope, fold);
      Instance round = next(fold, scope.indices(), accumulators);
      return core.fold(
          values(fold.initial()),
          accumulators,
          scope,
          round.where,
          round.values(region.yields()),
          stmt.origin());
    }
    Instance round = round(op, scope.indices(), List.of());
    int yield = round.value(region.yields().getFirst());
    return op instanceof Op.Reduce reduce
        ? core.reduce(reduce.op(), scope, round.where, yield, stmt.origin())
        : core.build(scope, round.masked(yield, none(core.type(yield).kind())), stmt.origin());
  }

  List<Integer> accumulators(Placement.Scope scope, Op.Fold fold) {
    List<Integer> accumulators = new ArrayList<>();
    for (int id : fold.accumulators()) {
      accumulators.add(core.accumulator(scope, program.type(id)));
    }
    return accumulators;
  }

  /** {@code value}, or {@code otherwise} in a round that the mask leaves out. */
  int masked(int value, int otherwise) {
    return where == Op.Region.UNMASKED
        ? value
        : core.select(where, value, otherwise, core.origin(value));
  }

  /** What stands in an array where nothing was put. */
  int none(Kind kind) {
    return switch (kind) {
      case F64 -> core.number(0);
      case BOOL -> core.flag(false);
      case I32 -> core.integer(0);
    };
  }

  /** An array of {@link #none}. */
  int nothing(Type type) {
    Placement.Scope scope = core.open(type.shape());
    return core.build(scope, none(type.kind()), Origin.NONE);
  }

  /**
   * A put into an accumulator that nothing but the round's end sees. With several, one could be
   * carried out before another reads what it replaces.
   */
  private static @Nullable Stmt inPlace(Op.Fold fold) {
    List<Stmt> puts =
        fold.region().body().statements().stream().filter(s -> s.op() instanceof Op.Put).toList();
    if (puts.size() != 1 || !(puts.getFirst().op() instanceof Op.Put put)) {
      return null;
    }
    int result = puts.getFirst().result();
    List<Integer> yields = fold.region().yields();
    boolean only =
        fold.accumulators().contains(put.array())
            && !yields.contains(put.array())
            && yields.stream().filter(y -> y == result).count() == 1
            && fold.region().where() != result
            && fold.region().body().statements().stream()
                .noneMatch(s -> !s.equals(puts.getFirst()) && mentions(s.op(), result));
    return only ? puts.getFirst() : null;
  }

  private static boolean mentions(Op op, int id) {
    boolean[] found = {false};
    Ops.values(op, value -> found[0] |= value == id);
    return found[0];
  }
}
