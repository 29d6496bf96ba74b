package org.rewlang.truffle;

import com.oracle.truffle.api.frame.VirtualFrame;

/** Logic on two values. Both operands are always evaluated: none traps, and branches cost more. */
final class Logic {

  private Logic() {}

  static final class And extends BinaryNode {
    And(ValueNode left, ValueNode right) {
      super(left, right);
    }

    @Override
    boolean executeBoolean(VirtualFrame frame) {
      return left.executeBoolean(frame) & right.executeBoolean(frame);
    }
  }

  static final class Or extends BinaryNode {
    Or(ValueNode left, ValueNode right) {
      super(left, right);
    }

    @Override
    boolean executeBoolean(VirtualFrame frame) {
      return left.executeBoolean(frame) | right.executeBoolean(frame);
    }
  }

  static final class Xor extends BinaryNode {
    Xor(ValueNode left, ValueNode right) {
      super(left, right);
    }

    @Override
    boolean executeBoolean(VirtualFrame frame) {
      return left.executeBoolean(frame) ^ right.executeBoolean(frame);
    }
  }

  static final class Not extends UnaryNode {
    Not(ValueNode operand) {
      super(operand);
    }

    @Override
    boolean executeBoolean(VirtualFrame frame) {
      return !operand.executeBoolean(frame);
    }
  }
}
