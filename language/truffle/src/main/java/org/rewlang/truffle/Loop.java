package org.rewlang.truffle;

import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.nodes.ExplodeLoop.LoopExplosionKind;
import com.oracle.truffle.api.nodes.LoopNode;

/** Runs statements for every index, the last index fastest. */
final class Loop extends StatementNode {

  @CompilationFinal(dimensions = 1)
  private final int[] indices;

  @CompilationFinal(dimensions = 1)
  private final int[] counts;

  private final int rounds;
  private final boolean exploded;

  /**
   * As often, but no constant to the compiler. It copies out loops that it knows the length of, and
   * sorts the copies of several sums by sum: then too many values wait in memory.
   */
  private int rolled;

  @Child private StatementNode body;

  /**
   * @param indices slots of the indices
   * @param exploded whether the compiler is to copy the body for every round
   */
  Loop(int[] indices, int[] counts, boolean exploded, StatementNode body) {
    this.indices = indices;
    this.counts = counts;
    this.rounds = rounds(counts);
    this.rolled = rounds;
    this.exploded = exploded;
    this.body = body;
  }

  private static int rounds(int[] counts) {
    int rounds = 1;
    for (int n : counts) {
      rounds = Math.multiplyExact(rounds, n);
    }
    return rounds;
  }

  boolean isExploded() {
    return exploded;
  }

  @Override
  void executeVoid(VirtualFrame frame) {
    if (exploded) {
      exploded(frame);
    } else {
      looped(frame, rolled);
    }
  }

  @ExplodeLoop
  private void exploded(VirtualFrame frame) {
    for (int round = 0; round < rounds; round++) {
      run(frame, round);
    }
  }

  private void looped(VirtualFrame frame, int times) {
    for (int round = 0; round < times; round++) {
      run(frame, round);
    }
    LoopNode.reportLoopCount(this, rounds);
  }

  private void run(VirtualFrame frame, int round) {
    advance(frame, round);
    body.executeVoid(frame);
  }

  /** Counts up, the last index fastest. */
  @ExplodeLoop(kind = LoopExplosionKind.FULL_EXPLODE_UNTIL_RETURN)
  private void advance(VirtualFrame frame, int round) {
    if (indices.length == 1) {
      frame.setIntStatic(indices[0], round);
      return;
    }
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
