package org.rewlang.truffle;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.InstrumentableNode;
import com.oracle.truffle.api.interop.NodeLibrary;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.source.SourceSection;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.Origin;
import org.rewlang.engine.Frame;

/**
 * What all nodes that stand for something in a program have in common: where it comes from, and
 * what a debugger shows there.
 */
@ExportLibrary(NodeLibrary.class)
abstract class CoreNode extends Node implements InstrumentableNode {

  private Origin origin = Origin.NONE;

  /** The lane being run, the only argument of every root. */
  static Frame lane(VirtualFrame frame) {
    return CompilerDirectives.castExact(frame.getArguments()[0], Frame.class);
  }

  final void setOrigin(Origin origin) {
    this.origin = origin;
  }

  final Origin origin() {
    return origin;
  }

  /** Instruments see nodes that have a place in a text; the others are how, not what. */
  @Override
  public boolean isInstrumentable() {
    return origin.isKnown();
  }

  @Override
  public @Nullable SourceSection getSourceSection() {
    return origin.isKnown() && getRootNode() instanceof ProgramRoot root
        ? root.section(origin)
        : null;
  }

  @ExportMessage
  final boolean hasScope(com.oracle.truffle.api.frame.@Nullable Frame frame) {
    return frame != null && getRootNode() instanceof ProgramRoot;
  }

  /** Inputs, parameters and state: locals are how, not what. */
  @ExportMessage
  final Object getScope(
      com.oracle.truffle.api.frame.@Nullable Frame frame,
      @SuppressWarnings("unused") boolean nodeEnter)
      throws UnsupportedMessageException {
    if (frame == null || !(getRootNode() instanceof ProgramRoot root)) {
      throw UnsupportedMessageException.create();
    }
    return LaneScope.of(root.program(), ProgramRoot.whole(frame).getArguments()[0]);
  }
}
