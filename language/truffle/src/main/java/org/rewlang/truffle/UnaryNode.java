package org.rewlang.truffle;

/** An operation on one scalar. */
abstract class UnaryNode extends ValueNode {

  @Child protected ValueNode operand;

  UnaryNode(ValueNode operand) {
    this.operand = operand;
  }
}
