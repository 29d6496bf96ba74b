package org.rewlang.truffle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.Op;

/** What operations use. */
final class Operands {

  private Operands() {}

  /** The values used by an operation itself, not by the body of its region. */
  static List<Integer> of(Op op) {
    return switch (op) {
      case Op.Const c -> List.of();
      case Op.Flag f -> List.of();
      case Op.Int i -> List.of();
      case Op.Input i -> List.of();
      case Op.Present p -> List.of();
      case Op.Param p -> List.of();
      case Op.Slot s -> List.of();
      case Op.Table t -> List.of();
      case Op.Filled f -> List.of();
      case Op.Unary u -> List.of(u.operand());
      case Op.Binary b -> List.of(b.left(), b.right());
      case Op.Select s -> List.of(s.condition(), s.then(), s.otherwise());
      case Op.At a -> with(a.indices(), a.array());
      case Op.Put p -> with(p.indices(), p.array(), p.value());
      case Op.Sort s -> List.of(s.array());
      case Op.Ago a -> a.indices();
      case Op.Reduce r -> List.of();
      case Op.Build b -> List.of();
      case Op.Fold f -> f.initial();
    };
  }

  static Op.@Nullable Region region(Op op) {
    return switch (op) {
      case Op.Reduce r -> r.region();
      case Op.Build b -> b.region();
      case Op.Fold f -> f.region();
      default -> null;
    };
  }

  /** Whether an operation reads memory or nothing, at no more cost than a local. */
  static boolean isLeaf(Op op) {
    return switch (op) {
      case Op.Const c -> true;
      case Op.Flag f -> true;
      case Op.Int i -> true;
      case Op.Input i -> true;
      case Op.Present p -> true;
      case Op.Param p -> true;
      case Op.Slot s -> true;
      case Op.Table t -> true;
      case Op.Filled f -> true;
      default -> false;
    };
  }

  private static List<Integer> with(List<Integer> some, Integer... more) {
    List<Integer> all = new ArrayList<>(some);
    all.addAll(List.of(more));
    return all;
  }
}
