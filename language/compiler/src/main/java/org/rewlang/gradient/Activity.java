package org.rewlang.gradient;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.rewlang.core.Block;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Kind;
import org.rewlang.core.Op;
import org.rewlang.core.Regions;
import org.rewlang.core.Stmt;
import org.rewlang.core.UnaryOp;

/**
 * Which values of a step change smoothly with what is differentiated by, and where those are read.
 * State, tables and comparisons don't change.
 */
final class Activity {

  private final CoreProgram program;
  private final Set<Op> wrt;

  /** Each leaf's value by what it reads: all places that read it are one. */
  private final Map<Op, Integer> leaves = new HashMap<>();

  private final Map<Integer, Integer> same = new HashMap<>();
  private final Set<Integer> active = new HashSet<>();
  private final Map<Op.Region, Set<Integer>> own = new IdentityHashMap<>();

  /**
   * @param wrt inputs and parameters, as the operations that read them
   */
  Activity(CoreProgram program, Set<Op> wrt) {
    this.program = program;
    this.wrt = wrt;
    int before = -1;
    // A fold's accumulators are active if any round makes them so.
    while (active.size() > before) {
      before = active.size();
      block(program.step().block());
    }
  }

  /** Whether {@code id} is a number, or array of numbers, that changes smoothly. */
  boolean isActive(int id) {
    return active.contains(id);
  }

  /** The one value that stands for {@code id}: for what reads a leaf, the first that does. */
  int same(int id) {
    return same.getOrDefault(id, id);
  }

  /** The value that reads this leaf; -1 if none does. */
  int leaf(Op leaf) {
    return leaves.getOrDefault(leaf, -1);
  }

  /** Whether a region, or one inside it, reads active scalars from outside. */
  boolean readsScalars(Op.Region region) {
    return reads(region, own(region));
  }

  private boolean reads(Op.Region region, Set<Integer> inside) {
    for (Stmt stmt : region.body().statements()) {
      Op.Region inner = Regions.of(stmt.op());
      if (outer(Regions.operands(stmt.op()), inside) || inner != null && reads(inner, inside)) {
        return true;
      }
    }
    return outer(region.yields(), inside);
  }

  private boolean outer(List<Integer> read, Set<Integer> inside) {
    return read.stream()
        .anyMatch(id -> isActive(id) && program.type(id).isScalar() && !inside.contains(same(id)));
  }

  /** Whether a region's own statements read this array. */
  boolean reads(Op.Region region, int array) {
    return Stream.concat(
            region.yields().stream(),
            region.body().statements().stream().flatMap(s -> Regions.operands(s.op()).stream()))
        .anyMatch(id -> same(id) == array);
  }

  /** All that a region defines, regions inside it included, but for leaves. */
  private Set<Integer> own(Op.Region region) {
    return own.computeIfAbsent(
        region,
        r -> {
          Set<Integer> ids = new HashSet<>();
          define(r, ids);
          return ids;
        });
  }

  private void define(Op.Region region, Set<Integer> ids) {
    ids.addAll(region.indices());
    for (Stmt stmt : region.body().statements()) {
      if (!isLeaf(stmt.op())) {
        ids.addAll(stmt.results());
      }
      if (stmt.op() instanceof Op.Fold fold) {
        ids.addAll(fold.accumulators());
      }
      Op.Region inner = Regions.of(stmt.op());
      if (inner != null) {
        define(inner, ids);
      }
    }
  }

  static boolean isLeaf(Op op) {
    return op instanceof Op.Input || op instanceof Op.Param;
  }

  private void block(Block block) {
    for (Stmt stmt : block.statements()) {
      if (isLeaf(stmt.op())) {
        same.put(stmt.result(), leaves.computeIfAbsent(stmt.op(), _ -> stmt.result()));
      }
      Op.Region region = Regions.of(stmt.op());
      if (stmt.op() instanceof Op.Fold fold) {
        for (int i = 0; i < fold.accumulators().size(); i++) {
          if (isActive(fold.initial().get(i)) || isActive(fold.region().yields().get(i))) {
            active.add(fold.accumulators().get(i));
          }
        }
      }
      if (region != null) {
        block(region.body());
      }
      for (int i = 0; i < stmt.results().size(); i++) {
        if (program.type(stmt.results().get(i)).kind() == Kind.F64 && depends(stmt.op(), i)) {
          active.add(stmt.results().get(i));
        }
      }
    }
  }

  private boolean depends(Op op, int result) {
    return switch (op) {
      case Op.Input _, Op.Param _ -> wrt.contains(op);
      case Op.Unary u -> u.op() != UnaryOp.FLOOR && u.op() != UnaryOp.RINT && isActive(u.operand());
      case Op.Binary b -> isActive(b.left()) || isActive(b.right());
      case Op.Select s -> isActive(s.then()) || isActive(s.otherwise());
      case Op.At a -> isActive(a.array());
      case Op.Put p -> isActive(p.array()) || isActive(p.value());
      case Op.Sort s -> isActive(s.array());
      case Op.Reduce r -> isActive(r.region().yields().getFirst());
      case Op.Build b -> isActive(b.region().yields().getFirst());
      case Op.Fold f -> isActive(f.accumulators().get(result));
      case Op.Const _,
          Op.Flag _,
          Op.Int _,
          Op.Present _,
          Op.Slot _,
          Op.Table _,
          Op.Ago _,
          Op.Filled _ ->
          false;
    };
  }
}
