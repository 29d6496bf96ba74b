package org.rewlang.truffle;

import com.oracle.truffle.api.frame.VirtualFrame;

/** Comparisons; false where an operand is NaN. */
final class Comparison {

  private Comparison() {}

  static final class Lt extends BinaryNode {
    Lt(ValueNode left, ValueNode right) {
      super(left, right);
    }

    @Override
    boolean executeBoolean(VirtualFrame frame) {
      return left.executeDouble(frame) < right.executeDouble(frame);
    }
  }

  static final class Le extends BinaryNode {
    Le(ValueNode left, ValueNode right) {
      super(left, right);
    }

    @Override
    boolean executeBoolean(VirtualFrame frame) {
      return left.executeDouble(frame) <= right.executeDouble(frame);
    }
  }

  static final class Eq extends BinaryNode {
    Eq(ValueNode left, ValueNode right) {
      super(left, right);
    }

    @Override
    boolean executeBoolean(VirtualFrame frame) {
      return left.executeDouble(frame) == right.executeDouble(frame);
    }
  }

  static final class ILt extends BinaryNode {
    ILt(ValueNode left, ValueNode right) {
      super(left, right);
    }

    @Override
    boolean executeBoolean(VirtualFrame frame) {
      return left.executeInt(frame) < right.executeInt(frame);
    }
  }

  static final class IEq extends BinaryNode {
    IEq(ValueNode left, ValueNode right) {
      super(left, right);
    }

    @Override
    boolean executeBoolean(VirtualFrame frame) {
      return left.executeInt(frame) == right.executeInt(frame);
    }
  }

  static final class Finite extends UnaryNode {
    Finite(ValueNode operand) {
      super(operand);
    }

    @Override
    boolean executeBoolean(VirtualFrame frame) {
      double x = operand.executeDouble(frame);
      return x - x == 0;
    }
  }
}
