package org.rewlang.truffle;

import com.oracle.truffle.api.frame.VirtualFrame;

/** One of two sequences of statements: what only one arm needs is not computed for the other. */
final class Choice extends StatementNode {

  @Child private ValueNode condition;
  @Child private StatementNode then;
  @Child private StatementNode otherwise;

  Choice(ValueNode condition, StatementNode then, StatementNode otherwise) {
    this.condition = condition;
    this.then = then;
    this.otherwise = otherwise;
  }

  @Override
  void executeVoid(VirtualFrame frame) {
    if (condition.executeBoolean(frame)) {
      then.executeVoid(frame);
    } else {
      otherwise.executeVoid(frame);
    }
  }
}
