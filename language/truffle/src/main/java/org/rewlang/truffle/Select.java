package org.rewlang.truffle;

import com.oracle.truffle.api.frame.VirtualFrame;

/**
 * One of two values. What only one arm needs stands in that arm, and is not computed for the other.
 */
final class Select extends ValueNode {

  @Child private ValueNode condition;
  @Child private ValueNode then;
  @Child private ValueNode otherwise;

  Select(ValueNode condition, ValueNode then, ValueNode otherwise) {
    this.condition = condition;
    this.then = then;
    this.otherwise = otherwise;
  }

  @Override
  double executeDouble(VirtualFrame frame) {
    return condition.executeBoolean(frame)
        ? then.executeDouble(frame)
        : otherwise.executeDouble(frame);
  }

  @Override
  boolean executeBoolean(VirtualFrame frame) {
    return condition.executeBoolean(frame)
        ? then.executeBoolean(frame)
        : otherwise.executeBoolean(frame);
  }

  @Override
  int executeInt(VirtualFrame frame) {
    return condition.executeBoolean(frame) ? then.executeInt(frame) : otherwise.executeInt(frame);
  }
}
