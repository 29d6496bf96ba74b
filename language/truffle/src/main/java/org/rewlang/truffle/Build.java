package org.rewlang.truffle;

import com.oracle.truffle.api.frame.VirtualFrame;

/** A region that makes an array; elements masked out are 0. */
final class Build extends Round {

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
  void start(VirtualFrame frame) {}

  @Override
  void run(VirtualFrame frame, int round) {
    double value = region.admits(frame) ? element.executeDouble(frame) : 0;
    CoreNode.lane(frame).scratch[offset + round] = value;
  }
}
