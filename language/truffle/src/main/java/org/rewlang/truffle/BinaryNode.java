package org.rewlang.truffle;

/** An operation on two scalars. */
abstract class BinaryNode extends ValueNode {

  @Child protected ValueNode left;
  @Child protected ValueNode right;

  BinaryNode(ValueNode left, ValueNode right) {
    this.left = left;
    this.right = right;
  }
}
