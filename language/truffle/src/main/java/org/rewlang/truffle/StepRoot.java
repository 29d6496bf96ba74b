package org.rewlang.truffle;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.frame.FrameDescriptor;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.api.source.SourceSection;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Origin;
import org.rewlang.engine.Evaluator;

/** The root of a step or a reset: takes a lane, gives the sink that failed. */
final class StepRoot extends RootNode {

  /** One object for every step that succeeds: no boxing. */
  static final Integer PASSED = Evaluator.OK;

  private final CoreProgram program;
  private final String name;
  @Child private ValueNode body;

  StepRoot(
      @Nullable TruffleLanguage<?> language,
      FrameDescriptor locals,
      CoreProgram program,
      String name,
      ValueNode body) {
    super(language, locals);
    this.program = program;
    this.name = name;
    this.body = body;
  }

  @Override
  public Object execute(VirtualFrame frame) {
    int failed = body.executeInt(frame);
    return failed == Evaluator.OK ? PASSED : (Object) failed;
  }

  /** Made anew each time: tools ask seldom, and programs that no tool looks at are many. */
  @TruffleBoundary
  SourceSection section(Origin origin) {
    org.rewlang.source.Source text = program.sources().get(origin.source());
    Source source = Source.newBuilder(RewLanguage.ID, text.text(), text.name()).build();
    return source.createSection(origin.start(), origin.end() - origin.start());
  }

  @Override
  public @Nullable SourceSection getSourceSection() {
    return body.getSourceSection();
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public String toString() {
    return name;
  }
}
