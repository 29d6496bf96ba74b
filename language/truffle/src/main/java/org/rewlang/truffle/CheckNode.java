package org.rewlang.truffle;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.StandardTags.StatementTag;
import com.oracle.truffle.api.instrumentation.Tag;

/** Whether a check holds, a statement to tools. */
final class CheckNode extends ValueNode {

  private final int sink;
  @Child private ValueNode condition;

  /**
   * @param sink which of the body's sinks this is
   */
  CheckNode(int sink, ValueNode condition) {
    this.sink = sink;
    this.condition = condition;
  }

  int sink() {
    return sink;
  }

  @Override
  boolean executeBoolean(VirtualFrame frame) {
    return condition.executeBoolean(frame);
  }

  @Override
  public boolean hasTag(Class<? extends Tag> tag) {
    return tag == StatementTag.class;
  }
}
