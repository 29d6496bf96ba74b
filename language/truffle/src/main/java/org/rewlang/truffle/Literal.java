package org.rewlang.truffle;

import com.oracle.truffle.api.frame.VirtualFrame;

/** Constants. */
final class Literal {

  private Literal() {}

  static final class OfDouble extends ValueNode {
    private final double value;

    OfDouble(double value) {
      this.value = value;
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      return value;
    }
  }

  static final class OfBoolean extends ValueNode {
    private final boolean value;

    OfBoolean(boolean value) {
      this.value = value;
    }

    @Override
    boolean executeBoolean(VirtualFrame frame) {
      return value;
    }
  }

  static final class OfInt extends ValueNode {
    private final int value;

    OfInt(int value) {
      this.value = value;
    }

    @Override
    int executeInt(VirtualFrame frame) {
      return value;
    }
  }
}
