package org.rewlang.truffle;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.frame.FrameDescriptor;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.source.SourceSection;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.CoreProgram;
import org.rewlang.engine.Evaluator;

/** The root of a step or a reset: takes a lane, gives the sink that failed. */
final class StepRoot extends ProgramRoot {

  /** One object for every step that succeeds: no boxing. */
  static final Integer PASSED = Evaluator.OK;

  @Child private ValueNode body;

  StepRoot(
      RewLanguage.@Nullable Attached attached,
      FrameDescriptor locals,
      CoreProgram program,
      String name,
      ValueNode body) {
    super(attached, locals, program, name);
    this.body = body;
  }

  @Override
  public Object execute(VirtualFrame frame) {
    int failed = body.executeInt(frame);
    if (CompilerDirectives.inCompiledCode()) {
      forget(frame);
    }
    return failed == Evaluator.OK ? PASSED : (Object) failed;
  }

  /**
   * Says that no local is needed any more: compiled code would else carry them all to where the
   * step ends, in case it is left for the interpreter there.
   */
  @ExplodeLoop
  private static void forget(VirtualFrame frame) {
    for (int slot = 0; slot < frame.getFrameDescriptor().getNumberOfSlots(); slot++) {
      frame.clearPrimitiveStatic(slot);
    }
  }

  @Override
  public @Nullable SourceSection getSourceSection() {
    return body.getSourceSection();
  }
}
