package org.rewlang.truffle;

import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.nodes.ExplodeLoop.LoopExplosionKind;
import com.oracle.truffle.api.nodes.Node;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The body of a region up to what it yields: indices, what the mask needs, the mask, the rest. */
final class RegionNode extends Node {

  @CompilationFinal(dimensions = 1)
  private final int[] indices;

  @CompilationFinal(dimensions = 1)
  private final int[] counts;

  private final int rounds;
  private final boolean exploded;
  @Child private StatementNode before;
  @Child private @Nullable ValueNode where;
  @Child private StatementNode after;

  /**
   * @param indices slots of the indices
   * @param exploded whether the compiler is to copy the body for every round
   */
  RegionNode(
      int[] indices,
      int[] counts,
      boolean exploded,
      StatementNode before,
      @Nullable ValueNode where,
      StatementNode after) {
    this.indices = indices;
    this.counts = counts;
    this.rounds = Arrays.stream(counts).reduce(1, Math::multiplyExact);
    this.exploded = exploded;
    this.before = before;
    this.where = where;
    this.after = after;
  }

  int rounds() {
    return rounds;
  }

  boolean isExploded() {
    return exploded;
  }

  boolean isMasked() {
    return where != null;
  }

  /** Starts a round; rounds come in order. Whether the mask lets it happen. */
  boolean admits(VirtualFrame frame, int round) {
    if (indices.length == 1) {
      frame.setIntStatic(indices[0], round);
    } else {
      advance(frame, round);
    }
    before.executeVoid(frame);
    if (where != null && !where.executeBoolean(frame)) {
      return false;
    }
    after.executeVoid(frame);
    return true;
  }

  /** Counts up, the last index fastest. */
  @ExplodeLoop(kind = LoopExplosionKind.FULL_EXPLODE_UNTIL_RETURN)
  private void advance(VirtualFrame frame, int round) {
    for (int d = indices.length - 1; d >= 0; d--) {
      int next = round == 0 ? 0 : frame.getIntStatic(indices[d]) + 1;
      if (round != 0 && next < counts[d]) {
        frame.setIntStatic(indices[d], next);
        return;
      }
      frame.setIntStatic(indices[d], 0);
    }
  }
}
