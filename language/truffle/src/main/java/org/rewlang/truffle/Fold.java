package org.rewlang.truffle;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.nodes.LoopNode;

/** Bounded iteration over accumulators, which are locals and scratch arrays. */
final class Fold extends StatementNode {

  @Child private StatementNode initial;
  @Child private RegionNode region;
  @Child private StatementNode next;

  /**
   * @param initial gives the accumulators their first values
   * @param next gives them the values of the next round, having read all before it writes any
   */
  Fold(StatementNode initial, RegionNode region, StatementNode next) {
    this.initial = initial;
    this.region = region;
    this.next = next;
  }

  @Override
  void executeVoid(VirtualFrame frame) {
    initial.executeVoid(frame);
    if (region.isExploded()) {
      exploded(frame);
    } else {
      looped(frame);
    }
  }

  @ExplodeLoop
  private void exploded(VirtualFrame frame) {
    for (int round = 0; round < region.rounds(); round++) {
      if (region.admits(frame, round)) {
        next.executeVoid(frame);
      }
    }
  }

  private void looped(VirtualFrame frame) {
    for (int round = 0; round < region.rounds(); round++) {
      if (region.admits(frame, round)) {
        next.executeVoid(frame);
      }
    }
    LoopNode.reportLoopCount(this, region.rounds());
  }
}
