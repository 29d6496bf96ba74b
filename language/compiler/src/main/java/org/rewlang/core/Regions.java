package org.rewlang.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all operations with a region have in common, and which values an operation reads. */
public final class Regions {

  private Regions() {}

  /** The region of {@code op}, or null if it has none. */
  public static Op.@Nullable Region of(Op op) {
    return switch (op) {
      case Op.Reduce r -> r.region();
      case Op.Build b -> b.region();
      case Op.Fold f -> f.region();
      default -> null;
    };
  }

  /** The values that {@code op} itself reads, in order; not those that its body reads. */
  public static List<Integer> operands(Op op) {
    return switch (op) {
      case Op.Const _,
          Op.Flag _,
          Op.Int _,
          Op.Input _,
          Op.Present _,
          Op.Param _,
          Op.Slot _,
          Op.Table _,
          Op.Filled _,
          Op.Reduce _,
          Op.Build _ ->
          List.of();
      case Op.Unary u -> List.of(u.operand());
      case Op.Binary b -> List.of(b.left(), b.right());
      case Op.Select s -> List.of(s.condition(), s.then(), s.otherwise());
      case Op.At a -> with(a.array(), a.indices());
      case Op.Put p -> {
        List<Integer> all = with(p.array(), p.indices());
        all.add(p.value());
        yield all;
      }
      case Op.Sort s -> List.of(s.array());
      case Op.Ago a -> a.indices();
      case Op.Fold f -> f.initial();
    };
  }

  private static List<Integer> with(int first, List<Integer> rest) {
    List<Integer> all = new ArrayList<>(rest);
    all.addFirst(first);
    return all;
  }
}
