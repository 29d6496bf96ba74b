package org.rewlang.truffle;

import com.oracle.truffle.api.frame.VirtualFrame;

/** Arithmetic of numbers: IEEE binary64 in the order written, never fused or reordered. */
final class Arithmetic {

  private Arithmetic() {}

  static final class Neg extends UnaryNode {
    Neg(ValueNode operand) {
      super(operand);
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      return -operand.executeDouble(frame);
    }
  }

  static final class Abs extends UnaryNode {
    Abs(ValueNode operand) {
      super(operand);
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      return Math.abs(operand.executeDouble(frame));
    }
  }

  static final class Sqrt extends UnaryNode {
    Sqrt(ValueNode operand) {
      super(operand);
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      return Math.sqrt(operand.executeDouble(frame));
    }
  }

  static final class Floor extends UnaryNode {
    Floor(ValueNode operand) {
      super(operand);
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      return Math.floor(operand.executeDouble(frame));
    }
  }

  static final class Rint extends UnaryNode {
    Rint(ValueNode operand) {
      super(operand);
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      return Math.rint(operand.executeDouble(frame));
    }
  }

  static final class Add extends BinaryNode {
    Add(ValueNode left, ValueNode right) {
      super(left, right);
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      return left.executeDouble(frame) + right.executeDouble(frame);
    }
  }

  static final class Sub extends BinaryNode {
    Sub(ValueNode left, ValueNode right) {
      super(left, right);
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      return left.executeDouble(frame) - right.executeDouble(frame);
    }
  }

  static final class Mul extends BinaryNode {
    Mul(ValueNode left, ValueNode right) {
      super(left, right);
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      return left.executeDouble(frame) * right.executeDouble(frame);
    }
  }

  static final class Div extends BinaryNode {
    Div(ValueNode left, ValueNode right) {
      super(left, right);
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      return left.executeDouble(frame) / right.executeDouble(frame);
    }
  }

  static final class Min extends BinaryNode {
    Min(ValueNode left, ValueNode right) {
      super(left, right);
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      return Math.min(left.executeDouble(frame), right.executeDouble(frame));
    }
  }

  static final class Max extends BinaryNode {
    Max(ValueNode left, ValueNode right) {
      super(left, right);
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      return Math.max(left.executeDouble(frame), right.executeDouble(frame));
    }
  }
}
