package org.rewlang.core;

/**
 * What a program costs, known before it runs.
 *
 * @param ops operations in its step, each counted once: all that compute, regions included, but not
 *     the leaves (constants, inputs, parameters, slots, tables) and sinks, which only name memory
 * @param operations carried out by a step at most: {@code ops} plus, for each region, its rounds
 *     times one more than what its body carries out; sorting n elements is n times one more than
 *     the binary logarithm of n, rounded up
 * @param resetOperations the same of the reset
 * @param stateBytes 8 for each number in a slot, and for each place of a history
 */
public record CoreFacts(int ops, long operations, long resetOperations, long stateBytes) {

  public static CoreFacts of(CoreProgram program) {
    long places = 0;
    for (SlotInfo slot : program.slots()) {
      places += slot.type().size();
    }
    for (HistoryInfo history : program.histories()) {
      // The ring's next place and its count are state too.
      places += (long) history.type().size() * history.length() + 2;
    }
    return new CoreFacts(
        ops(program.step().block()),
        operations(program, program.step().block()),
        operations(program, program.reset().block()),
        8 * places);
  }

  private static int ops(Block block) {
    int ops = 0;
    for (Stmt stmt : block.statements()) {
      ops += isLeaf(stmt.op()) ? 0 : 1;
      Op.Region region = Regions.of(stmt.op());
      if (region != null) {
        ops += ops(region.body());
      }
    }
    return ops;
  }

  /** Saturates: a count too large for a long is over any limit. */
  private static long operations(CoreProgram program, Block block) {
    long sum = 0;
    for (Stmt stmt : block.statements()) {
      sum = plus(sum, operations(program, stmt));
    }
    return sum;
  }

  /** Those of one statement, with all the rounds of a region. */
  static long operations(CoreProgram program, Stmt stmt) {
    if (stmt.op() instanceof Op.Sort sort) {
      int n = program.type(sort.array()).size();
      return times(33 - Integer.numberOfLeadingZeros(n - 1), n);
    }
    Op.Region region = Regions.of(stmt.op());
    if (region == null) {
      return isLeaf(stmt.op()) ? 0 : 1;
    }
    long total = plus(operations(program, region.body()), 1);
    for (int count : region.counts()) {
      total = times(total, count);
    }
    return plus(total, 1);
  }

  private static boolean isLeaf(Op op) {
    return switch (op) {
      case Op.Const _,
          Op.Flag _,
          Op.Int _,
          Op.Input _,
          Op.Present _,
          Op.Param _,
          Op.Slot _,
          Op.Table _ ->
          true;
      default -> false;
    };
  }

  private static long plus(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  private static long times(long a, int b) {
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    return high != 0 || low < 0 ? Long.MAX_VALUE : low;
  }
}
