package org.rewlang.truffle;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.GenerateWrapper;
import com.oracle.truffle.api.instrumentation.InstrumentableNode.WrapperNode;
import com.oracle.truffle.api.instrumentation.ProbeNode;
import com.oracle.truffle.api.instrumentation.StandardTags.ExpressionTag;
import com.oracle.truffle.api.instrumentation.Tag;

/** Computes something into a local or an array. */
@GenerateWrapper
abstract class StatementNode extends CoreNode {

  abstract void executeVoid(VirtualFrame frame);

  /**
   * Operations on arrays give no value to look at, and are expressions in the program all the same.
   */
  @Override
  public boolean hasTag(Class<? extends Tag> tag) {
    return tag == ExpressionTag.class;
  }

  @Override
  public WrapperNode createWrapper(ProbeNode probe) {
    return new StatementNodeWrapper(this, probe);
  }
}
