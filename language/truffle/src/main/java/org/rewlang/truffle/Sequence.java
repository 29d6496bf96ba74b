package org.rewlang.truffle;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.BlockNode;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import java.util.List;

/** Statements in order. */
final class Sequence {

  /** Above this many statements the compiler may make several units of one sequence. */
  private static final int MANY = 64;

  private Sequence() {}

  static StatementNode of(List<StatementNode> statements) {
    StatementNode[] nodes = statements.toArray(StatementNode[]::new);
    return switch (nodes.length) {
      case 0 -> new Nothing();
      case 1 -> nodes[0];
      default -> nodes.length <= MANY ? new Some(nodes) : new Many(nodes);
    };
  }

  /** {@code value} after what is computed at {@code place}. */
  static Tree<ValueNode> then(Place place, Tree<ValueNode> value) {
    if (place.isEmpty()) {
      return value;
    }
    Tree<StatementNode> first = place.sequence();
    return Tree.join(new Then(first.node(), value.node()), first, value);
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

  /** Truffle compiles a block too large for one unit in parts; below that it costs nothing. */
  private static final class Many extends StatementNode
      implements BlockNode.ElementExecutor<StatementNode> {
    @Child private BlockNode<StatementNode> block;

    Many(StatementNode[] statements) {
      this.block = BlockNode.create(statements, this);
    }

    @Override
    void executeVoid(VirtualFrame frame) {
      block.executeVoid(frame, BlockNode.NO_ARGUMENT);
    }

    @Override
    public void executeVoid(VirtualFrame frame, StatementNode node, int index, int argument) {
      node.executeVoid(frame);
    }
  }

  private static final class Then extends ValueNode {
    @Child private StatementNode first;
    @Child private ValueNode value;

    Then(StatementNode first, ValueNode value) {
      this.first = first;
      this.value = value;
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      first.executeVoid(frame);
      return value.executeDouble(frame);
    }

    @Override
    boolean executeBoolean(VirtualFrame frame) {
      first.executeVoid(frame);
      return value.executeBoolean(frame);
    }

    @Override
    int executeInt(VirtualFrame frame) {
      first.executeVoid(frame);
      return value.executeInt(frame);
    }
  }
}
