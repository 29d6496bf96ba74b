package org.rewlang.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;
import org.rewlang.core.Block;
import org.rewlang.core.Op;
import org.rewlang.core.Origin;
import org.rewlang.core.Regions;
import org.rewlang.core.Stmt;

/** Operations with other numbers in the place of theirs. */
public final class Ops {

  /** How to rename: values, slots, histories, tables; and whether statements keep their origins. */
  public record Renaming(
      IntUnaryOperator values,
      IntUnaryOperator slots,
      IntUnaryOperator histories,
      IntUnaryOperator tables,
      boolean origins) {

    public static Renaming of(IntUnaryOperator values) {
      IntUnaryOperator same = IntUnaryOperator.identity();
      return new Renaming(values, same, same, same, false);
    }
  }

  private Ops() {}

  /** The operation renamed, with all that its region defines. */
  public static Op rename(Op op, Renaming to) {
    IntUnaryOperator value = to.values;
    return switch (op) {
      case Op.Const _, Op.Flag _, Op.Int _, Op.Input _, Op.Present _, Op.Param _ -> op;
      case Op.Slot s -> new Op.Slot(to.slots.applyAsInt(s.slot()));
      case Op.Table t -> new Op.Table(to.tables.applyAsInt(t.table()));
      case Op.Filled f -> new Op.Filled(to.histories.applyAsInt(f.history()));
      case Op.Unary u -> new Op.Unary(u.op(), value.applyAsInt(u.operand()));
      case Op.Binary b ->
          new Op.Binary(b.op(), value.applyAsInt(b.left()), value.applyAsInt(b.right()));
      case Op.Select s ->
          new Op.Select(
              value.applyAsInt(s.condition()),
              value.applyAsInt(s.then()),
              value.applyAsInt(s.otherwise()));
      case Op.At a -> new Op.At(value.applyAsInt(a.array()), all(a.indices(), value));
      case Op.Put p ->
          new Op.Put(
              value.applyAsInt(p.array()), all(p.indices(), value), value.applyAsInt(p.value()));
      case Op.Sort s -> new Op.Sort(value.applyAsInt(s.array()));
      case Op.Ago a -> new Op.Ago(to.histories.applyAsInt(a.history()), all(a.indices(), value));
      case Op.Reduce r -> new Op.Reduce(r.op(), region(r.region(), to));
      case Op.Build b -> new Op.Build(region(b.region(), to));
      case Op.Fold f ->
          new Op.Fold(
              all(f.initial(), value), all(f.accumulators(), value), region(f.region(), to));
    };
  }

  private static Op.Region region(Op.Region region, Renaming to) {
    IntUnaryOperator value = to.values;
    return new Op.Region(
        all(region.indices(), value),
        region.counts(),
        block(region.body(), to),
        region.isMasked() ? value.applyAsInt(region.where()) : Op.Region.UNMASKED,
        all(region.yields(), value));
  }

  static Block block(Block block, Renaming to) {
    List<Stmt> statements = new ArrayList<>(block.statements().size());
    for (Stmt s : block.statements()) {
      Origin origin = to.origins ? s.origin() : Origin.NONE;
      statements.add(new Stmt(all(s.results(), to.values), rename(s.op(), to), origin));
    }
    return new Block(statements);
  }

  private static List<Integer> all(List<Integer> ids, IntUnaryOperator to) {
    Integer[] renamed = new Integer[ids.size()];
    for (int i = 0; i < renamed.length; i++) {
      renamed[i] = to.applyAsInt(ids.get(i));
    }
    return List.of(renamed);
  }

  /**
   * Tells {@code see} every value that an operation mentions, those its region defines included.
   */
  public static void values(Op op, IntConsumer see) {
    Regions.operands(op).forEach(see::accept);
    if (op instanceof Op.Fold fold) {
      fold.accumulators().forEach(see::accept);
    }
    Op.Region region = Regions.of(op);
    if (region != null) {
      region.indices().forEach(see::accept);
      for (Stmt s : region.body().statements()) {
        s.results().forEach(see::accept);
        values(s.op(), see);
      }
      if (region.isMasked()) {
        see.accept(region.where());
      }
      region.yields().forEach(see::accept);
    }
  }
}
