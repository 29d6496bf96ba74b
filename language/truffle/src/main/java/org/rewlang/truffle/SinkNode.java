package org.rewlang.truffle;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.StandardTags.StatementTag;
import com.oracle.truffle.api.instrumentation.Tag;

/** Computes what a sink takes, a statement to tools. Its effect waits until all are computed. */
final class SinkNode extends StatementNode {

  @Child private StatementNode stage;

  SinkNode(StatementNode stage) {
    this.stage = stage;
  }

  @Override
  void executeVoid(VirtualFrame frame) {
    stage.executeVoid(frame);
  }

  @Override
  public boolean hasTag(Class<? extends Tag> tag) {
    return tag == StatementTag.class;
  }
}
