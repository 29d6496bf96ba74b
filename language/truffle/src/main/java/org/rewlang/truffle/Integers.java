package org.rewlang.truffle;

import com.oracle.truffle.api.frame.VirtualFrame;

/** Integers, wrapping as Java's, and conversions between kinds. */
final class Integers {

  private Integers() {}

  static final class IAdd extends BinaryNode {
    IAdd(ValueNode left, ValueNode right) {
      super(left, right);
    }

    @Override
    int executeInt(VirtualFrame frame) {
      return left.executeInt(frame) + right.executeInt(frame);
    }
  }

  static final class IMul extends BinaryNode {
    IMul(ValueNode left, ValueNode right) {
      super(left, right);
    }

    @Override
    int executeInt(VirtualFrame frame) {
      return left.executeInt(frame) * right.executeInt(frame);
    }
  }

  static final class IToF extends UnaryNode {
    IToF(ValueNode operand) {
      super(operand);
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      return operand.executeInt(frame);
    }
  }

  static final class FToI extends UnaryNode {
    FToI(ValueNode operand) {
      super(operand);
    }

    @Override
    int executeInt(VirtualFrame frame) {
      return (int) operand.executeDouble(frame);
    }
  }

  static final class BToI extends UnaryNode {
    BToI(ValueNode operand) {
      super(operand);
    }

    @Override
    int executeInt(VirtualFrame frame) {
      return operand.executeBoolean(frame) ? 1 : 0;
    }
  }

  /** A truth value as memory holds it. */
  static final class BToF extends UnaryNode {
    BToF(ValueNode operand) {
      super(operand);
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      return operand.executeBoolean(frame) ? 1 : 0;
    }
  }

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
}
