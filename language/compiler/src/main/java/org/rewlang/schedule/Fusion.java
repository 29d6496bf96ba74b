package org.rewlang.schedule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.Block;
import org.rewlang.core.Op;
import org.rewlang.core.Regions;
import org.rewlang.core.Stmt;

/** Which reductions of a block share a loop. */
public final class Fusion {

  /** The most of them: their accumulators are to stay in registers. */
  private static final int WIDTH = 8;

  private Fusion() {}

  /**
   * The reduction {@code first}, and those after it that may as well begin where it does: they are
   * wanted at the same place, count over the same indices and read nothing computed meanwhile.
   *
   * @param isBuilt of those that an earlier loop has taken already
   */
  public static List<Stmt> loop(
      Stmt first, Block block, Schedule<?> schedule, IntPredicate isBuilt) {
    List<Stmt> loop = new ArrayList<>(List.of(first));
    if (isHeavy(Regions.of(first.op()))) {
      return loop;
    }
    Set<Integer> later = new HashSet<>(first.results());
    List<Stmt> all = block.statements();
    for (Stmt stmt : all.subList(all.indexOf(first) + 1, all.size())) {
      if (loop.size() == WIDTH) {
        break;
      }
      if (stmt.op() instanceof Op.Reduce reduce
          && !isBuilt.test(stmt.result())
          && schedule.place(stmt.result()) == schedule.place(first.result())
          && counts(reduce).equals(counts(first.op()))
          && !isHeavy(reduce.region())
          && !reads(reduce.region(), later)) {
        loop.add(stmt);
      }
      if (!Schedule.isLeaf(stmt.op())) {
        later.addAll(stmt.results());
      }
    }
    return loop;
  }

  /** Whether a loop reads nothing that its block computes. */
  public static boolean isEarly(List<Stmt> loop, Block block) {
    Set<Integer> computed = new HashSet<>();
    for (Stmt stmt : block.statements()) {
      if (!Schedule.isLeaf(stmt.op())) {
        computed.addAll(stmt.results());
      }
    }
    return loop.stream()
        .map(stmt -> Regions.of(stmt.op()))
        .noneMatch(region -> region != null && reads(region, computed));
  }

  private static List<Integer> counts(Op op) {
    Op.Region region = Regions.of(op);
    return region == null ? List.of() : region.counts();
  }

  private static boolean reads(Op.Region region, Collection<Integer> values) {
    for (Stmt stmt : region.body().statements()) {
      Op.Region inner = Regions.of(stmt.op());
      if (Regions.operands(stmt.op()).stream().anyMatch(values::contains)
          || inner != null && reads(inner, values)) {
        return true;
      }
    }
    return region.yields().stream().anyMatch(values::contains) || values.contains(region.where());
  }

  /** Whether a region computes elementary functions, whose code leaves no register for sums. */
  private static boolean isHeavy(Op.@Nullable Region region) {
    return region != null
        && region.body().statements().stream()
            .anyMatch(stmt -> isElementary(stmt.op()) || isHeavy(Regions.of(stmt.op())));
  }

  private static boolean isElementary(Op op) {
    return switch (op) {
      case Op.Unary u ->
          switch (u.op()) {
            case EXP, EXPM1, LOG, LOG1P, SIN, COS, TAN, ASIN, ACOS, TANH -> true;
            case NEG, ABS, SQRT, FLOOR, RINT, FINITE, NOT, ITOF, FTOI, BTOI -> false;
          };
      case Op.Binary b -> b.op() == BinaryOp.POW || b.op() == BinaryOp.ATAN2;
      default -> false;
    };
  }
}
