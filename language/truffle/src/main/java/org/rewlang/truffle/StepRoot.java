package org.rewlang.truffle;

import com.oracle.truffle.api.frame.FrameDescriptor;
import com.oracle.truffle.api.frame.VirtualFrame;
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
      @Nullable RewLanguage language,
      FrameDescriptor locals,
      CoreProgram program,
      String name,
      ValueNode body) {
    super(language, locals, program, name);
    this.body = body;
  }

  @Override
  public Object execute(VirtualFrame frame) {
    int failed = body.executeInt(frame);
    return failed == Evaluator.OK ? PASSED : (Object) failed;
  }

  @Override
  public @Nullable SourceSection getSourceSection() {
    return body.getSourceSection();
  }
}
