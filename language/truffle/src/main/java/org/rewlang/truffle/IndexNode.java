package org.rewlang.truffle;

import com.oracle.truffle.api.frame.VirtualFrame;

/** From indices to a place in a row-major array. */
final class IndexNode {

  private IndexNode() {}

  /** Keeps an index inside an array where nothing proves that it is. */
  static final class Clamp extends UnaryNode {
    private final int length;

    Clamp(ValueNode operand, int length) {
      super(operand);
      this.length = length;
    }

    @Override
    int executeInt(VirtualFrame frame) {
      return Math.min(Math.max(operand.executeInt(frame), 0), length - 1);
    }
  }

  static final class Scale extends UnaryNode {
    private final int stride;

    Scale(ValueNode operand, int stride) {
      super(operand);
      this.stride = stride;
    }

    @Override
    int executeInt(VirtualFrame frame) {
      return operand.executeInt(frame) * stride;
    }
  }
}
