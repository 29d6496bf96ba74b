package org.rewlang.truffle;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.FrameDescriptor;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.api.source.SourceSection;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Origin;

/** A root of a program's nodes, which find the texts they come from here. */
abstract class ProgramRoot extends RootNode {

  private final CoreProgram program;
  private final String name;

  ProgramRoot(
      @Nullable RewLanguage language, FrameDescriptor locals, CoreProgram program, String name) {
    super(language, locals);
    this.program = program;
    this.name = name;
  }

  /** Made anew each time: tools ask seldom, and programs that no tool looks at are many. */
  @TruffleBoundary
  final SourceSection section(Origin origin) {
    org.rewlang.source.Source text = program.sources().get(origin.source());
    Source source = Source.newBuilder(RewLanguage.ID, text.text(), text.name()).build();
    return source.createSection(origin.start(), origin.end() - origin.start());
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
