package org.rewlang.truffle;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.GenerateWrapper;
import com.oracle.truffle.api.instrumentation.InstrumentableNode.WrapperNode;
import com.oracle.truffle.api.instrumentation.ProbeNode;
import com.oracle.truffle.api.instrumentation.StandardTags.ExpressionTag;
import com.oracle.truffle.api.instrumentation.Tag;

/**
 * Computes a scalar. Kinds are known before nodes are made, so a parent calls the one method that
 * fits and a node implements those that its kinds need: there is nothing to specialise at run time.
 */
@GenerateWrapper
abstract class ValueNode extends CoreNode {

  double executeDouble(VirtualFrame frame) {
    throw wrongKind();
  }

  boolean executeBoolean(VirtualFrame frame) {
    throw wrongKind();
  }

  int executeInt(VirtualFrame frame) {
    throw wrongKind();
  }

  private RuntimeException wrongKind() {
    return CompilerDirectives.shouldNotReachHere(getClass().getName());
  }

  @Override
  public boolean hasTag(Class<? extends Tag> tag) {
    return tag == ExpressionTag.class;
  }

  @Override
  public WrapperNode createWrapper(ProbeNode probe) {
    return new ValueNodeWrapper(this, probe);
  }
}
