package org.rewlang.truffle;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import java.util.List;

/** Statements in order. */
final class Sequence {

  private Sequence() {}

  static StatementNode of(List<StatementNode> statements) {
    StatementNode[] nodes = statements.toArray(StatementNode[]::new);
    return switch (nodes.length) {
      case 0 -> new Nothing();
      case 1 -> nodes[0];
      default -> new Some(nodes);
    };
  }

  private static final class Nothing extends StatementNode {
    @Override
    void executeVoid(VirtualFrame frame) {}
  }

  private static final class Some extends StatementNode {
    @Children private final StatementNode[] statements;

    Some(StatementNode[] statements) {
      this.statements = statements;
    }

    @Override
    @ExplodeLoop
    void executeVoid(VirtualFrame frame) {
      for (StatementNode statement : statements) {
        statement.executeVoid(frame);
      }
    }
  }
}
