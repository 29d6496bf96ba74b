package org.rewlang.truffle;

import com.oracle.truffle.api.frame.VirtualFrame;

/** Bounded iteration over accumulators, which are locals and scratch arrays. */
final class Fold extends Round {

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
  void start(VirtualFrame frame) {
    initial.executeVoid(frame);
  }

  @Override
  void run(VirtualFrame frame, int round) {
    if (region.admits(frame)) {
      next.executeVoid(frame);
    }
  }
}
