package org.rewlang.truffle;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.nodes.LoopNode;

/** A region that makes an array; elements masked out are 0. */
final class Build extends StatementNode {

  private final int offset;
  @Child private RegionNode region;
  @Child private ValueNode element;

  /**
   * @param offset of the array in scratch memory
   * @param element as memory holds it
   */
  Build(int offset, RegionNode region, ValueNode element) {
    this.offset = offset;
    this.region = region;
    this.element = element;
  }

  @Override
  void executeVoid(VirtualFrame frame) {
    if (region.isExploded()) {
      exploded(frame);
    } else {
      looped(frame);
    }
  }

  @ExplodeLoop
  private void exploded(VirtualFrame frame) {
    for (int round = 0; round < region.rounds(); round++) {
      double value = region.admits(frame, round) ? element.executeDouble(frame) : 0;
      lane(frame).scratch[offset + round] = value;
    }
  }

  private void looped(VirtualFrame frame) {
    for (int round = 0; round < region.rounds(); round++) {
      double value = region.admits(frame, round) ? element.executeDouble(frame) : 0;
      lane(frame).scratch[offset + round] = value;
    }
    LoopNode.reportLoopCount(this, region.rounds());
  }
}
