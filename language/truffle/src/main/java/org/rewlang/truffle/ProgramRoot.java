package org.rewlang.truffle;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.Frame;
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
  private final @Nullable Source text;

  ProgramRoot(
      RewLanguage.@Nullable Attached attached,
      FrameDescriptor locals,
      CoreProgram program,
      String name) {
    super(attached == null ? null : attached.language(), locals);
    this.program = program;
    this.name = name;
    this.text = attached == null ? null : attached.text();
  }

  final CoreProgram program() {
    return program;
  }

  /** The frame of a whole step: a part of one has it as its argument. */
  static Frame whole(Frame frame) {
    return frame.getArguments()[0] instanceof Frame outer ? outer : frame;
  }

  /** Made anew each time: tools ask seldom, and programs that no tool looks at are many. */
  @TruffleBoundary
  final SourceSection section(Origin origin) {
    return source(origin.source()).createSection(origin.start(), origin.end() - origin.start());
  }

  /** The context's own, where it is that text: a debugger knows it by its file. */
  private Source source(int index) {
    org.rewlang.source.Source of = program.sources().get(index);
    return text != null && of.text().contentEquals(text.getCharacters())
        ? text
        : Source.newBuilder(RewLanguage.ID, of.text(), of.name()).build();
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
