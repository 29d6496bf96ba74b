package org.rewlang.truffle;

import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.StandardTags.RootTag;
import com.oracle.truffle.api.instrumentation.Tag;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.nodes.ExplodeLoop.LoopExplosionKind;
import java.util.Arrays;
import org.rewlang.engine.Evaluator;

/** A step or a reset: reads everything, then commits. */
final class BodyNode extends ValueNode {

  @Child private StatementNode values;
  @Children private final ValueNode[] checks;

  @CompilationFinal(dimensions = 1)
  private final int[] sinks;

  @Child private StatementNode staged;
  @Child private StatementNode commit;

  /**
   * @param values what more than one sink needs
   * @param checks in the order of their sinks
   * @param staged computes what the other sinks take
   * @param commit lets the sinks take effect: the first to write what a step reads
   */
  BodyNode(StatementNode values, CheckNode[] checks, StatementNode staged, StatementNode commit) {
    this.values = values;
    // Of a wider type than CheckNode: tools put wrappers around elements.
    this.checks = Arrays.copyOf(checks, checks.length, ValueNode[].class);
    this.sinks = Arrays.stream(checks).mapToInt(CheckNode::sink).toArray();
    this.staged = staged;
    this.commit = commit;
  }

  @Override
  int executeInt(VirtualFrame frame) {
    values.executeVoid(frame);
    int failed = firstFailure(frame);
    if (failed != Evaluator.OK) {
      return failed;
    }
    staged.executeVoid(frame);
    commit.executeVoid(frame);
    return Evaluator.OK;
  }

  @ExplodeLoop(kind = LoopExplosionKind.FULL_EXPLODE_UNTIL_RETURN)
  private int firstFailure(VirtualFrame frame) {
    for (int i = 0; i < checks.length; i++) {
      if (!checks[i].executeBoolean(frame)) {
        return sinks[i];
      }
    }
    return Evaluator.OK;
  }

  @Override
  public boolean hasTag(Class<? extends Tag> tag) {
    return tag == RootTag.class;
  }
}
