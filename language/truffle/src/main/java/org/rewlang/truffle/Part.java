package org.rewlang.truffle;

import com.oracle.truffle.api.CallTarget;
import com.oracle.truffle.api.frame.FrameDescriptor;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.IndirectCallNode;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.CoreProgram;

/**
 * Part of a sequence too long for one compilation, compiled by itself. It works on the frame of the
 * whole, which therefore lives on the heap.
 */
final class Part extends StatementNode {

  private final CallTarget target;

  // An indirect call is never inlined: that would join again what was cut.
  @Child private IndirectCallNode call = IndirectCallNode.create();

  Part(
      RewLanguage.@Nullable Attached attached,
      CoreProgram program,
      String name,
      StatementNode body) {
    target = new Root(attached, program, name, body).getCallTarget();
  }

  CallTarget target() {
    return target;
  }

  @Override
  void executeVoid(VirtualFrame frame) {
    call.call(target, frame.materialize());
  }

  private static final class Root extends ProgramRoot {

    @Child private StatementNode body;

    Root(
        RewLanguage.@Nullable Attached attached,
        CoreProgram program,
        String name,
        StatementNode body) {
      super(attached, new FrameDescriptor(), program, name);
      this.body = body;
    }

    @Override
    public Object execute(VirtualFrame frame) {
      body.executeVoid((VirtualFrame) frame.getArguments()[0]);
      return StepRoot.PASSED;
    }
  }
}
