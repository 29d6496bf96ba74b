package org.rewlang.core;

import java.util.List;

/**
 * What a statement computes. Operands are ids of values defined before it, in its own block or in
 * one around it. No operation traps, so any may be evaluated whether or not its result is used.
 */
public sealed interface Op {

  /** An {@code f64} literal; NaN is the undefined number. */
  record Const(double value) implements Op {
    // Bits, not numbers: 0 and -0 are different constants, and NaN equals itself.
    @Override
    public boolean equals(Object o) {
      return o instanceof Const c
          && Double.doubleToRawLongBits(c.value) == Double.doubleToRawLongBits(value);
    }

    @Override
    public int hashCode() {
      return Long.hashCode(Double.doubleToRawLongBits(value));
    }
  }

  record Flag(boolean value) implements Op {}

  record Int(int value) implements Op {}

  /** The input {@link CoreProgram#inputs()}{@code [port]}, scalar or array. */
  record Input(int port) implements Op {}

  /** Whether the host supplied that input; always true in a step. */
  record Present(int port) implements Op {}

  /** The parameter {@link CoreProgram#params()}{@code [port]}. Never folded: it may change. */
  record Param(int port) implements Op {}

  /** The value of a slot as the last step left it. */
  record Slot(int slot) implements Op {}

  /** A constant array. */
  record Table(int table) implements Op {}

  record Unary(UnaryOp op, int operand) implements Op {}

  record Binary(BinaryOp op, int left, int right) implements Op {}

  /** {@code then} where the condition holds; both sides of one scalar kind. */
  record Select(int condition, int then, int otherwise) implements Op {}

  /**
   * One element of an array: as many {@code i32} indices as it has dimensions. An index outside
   * acts as the nearest one inside, on every engine; where a region's index, a constant or the
   * lowering keeps it inside, an engine need not look.
   */
  record At(int array, List<Integer> indices) implements Op {
    public At {
      indices = List.copyOf(indices);
    }
  }

  /**
   * The array with one element replaced, indices as in {@link At}. So that an engine may write in
   * place, the old array is one that the program made (by build, sort, fold or put) or an
   * accumulator, of the same block, is not used after, and no mask of its region depends on the new
   * one.
   */
  record Put(int array, List<Integer> indices, int value) implements Op {
    public Put {
      indices = List.copyOf(indices);
    }
  }

  /** An {@code f64} vector in ascending order, -0 before 0, NaN last. */
  record Sort(int array) implements Op {}

  /**
   * An element of a history: the value pushed {@code indices[0]} steps ago, 0 being the last
   * step's; further indices select within it, as in {@link At}. Where that is not filled, or {@code
   * indices[0]} is negative, the result is NaN (or false, or 0).
   */
  record Ago(int history, List<Integer> indices) implements Op {
    public Ago {
      indices = List.copyOf(indices);
    }
  }

  /** How many values a history holds, at most its length; an {@code i32}. */
  record Filled(int history) implements Op {}

  /** One scalar of what the region yields. */
  record Reduce(Reduction op, Region region) implements Op {}

  /** An array of what the region yields, of its counts' shape; elements masked out are 0. */
  record Build(Region region) implements Op {}

  /**
   * Bounded iteration: as many results as accumulators. Each round sees the accumulators as the
   * round before left them and yields their next values, all at once; a round masked out changes
   * nothing. Accumulators begin as copies: the initial arrays stay usable.
   *
   * @param initial values of the accumulators before the first round
   * @param accumulators ids that stand for them inside the region
   */
  record Fold(List<Integer> initial, List<Integer> accumulators, Region region) implements Op {
    public Fold {
      initial = List.copyOf(initial);
      accumulators = List.copyOf(accumulators);
    }
  }

  /**
   * A body run once for every index, left to right, the last index fastest. Counts are constants:
   * the same for every row, so engines run loops outside and rows inside.
   *
   * @param indices ids of the {@code i32} indices inside the body
   * @param where the id of a {@code bool} of the body that masks, or -1
   * @param yields ids of what the body gives
   */
  record Region(
      List<Integer> indices, List<Integer> counts, Block body, int where, List<Integer> yields) {
    public static final int UNMASKED = -1;

    public Region {
      indices = List.copyOf(indices);
      counts = List.copyOf(counts);
      yields = List.copyOf(yields);
    }

    public boolean isMasked() {
      return where != UNMASKED;
    }

    /** How often the body runs. */
    public int rounds() {
      int rounds = 1;
      for (int n : counts) {
        rounds = Math.multiplyExact(rounds, n);
      }
      return rounds;
    }
  }
}
