package org.rewlang.truffle;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.Node;
import org.jspecify.annotations.Nullable;

/** The body of a region up to what it yields: what the mask needs, the mask, the rest. */
final class RegionNode extends Node {

  @Child private StatementNode before;
  @Child private @Nullable ValueNode where;
  @Child private StatementNode after;

  RegionNode(StatementNode before, @Nullable ValueNode where, StatementNode after) {
    this.before = before;
    this.where = where;
    this.after = after;
  }

  /** Runs it for the indices as they are. Whether the mask lets this round happen. */
  boolean admits(VirtualFrame frame) {
    before.executeVoid(frame);
    if (where != null && !where.executeBoolean(frame)) {
      return false;
    }
    after.executeVoid(frame);
    return true;
  }
}
