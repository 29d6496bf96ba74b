package org.rewlang.truffle;

import org.jspecify.annotations.Nullable;

/** A place in a row-major array: a constant and what must be computed, if anything. */
record Index(int constant, @Nullable Tree<ValueNode> variable) {

  static final Index NONE = new Index(0, null);

  /** The length of a dimension whose index is known to lie inside. */
  static final int ANY = Integer.MAX_VALUE;

  Index plus(int more) {
    return new Index(constant + more, variable);
  }

  /** Adds an index into a dimension of {@code length} elements {@code stride} apart. */
  Index plus(Tree<ValueNode> more, int length, int stride) {
    Tree<ValueNode> term = more;
    if (length != ANY) {
      term = Tree.join(new IndexNode.Clamp(term.node(), length), term);
    }
    if (stride != 1) {
      term = Tree.join(new IndexNode.Scale(term.node(), stride), term);
    }
    if (variable != null) {
      term = Tree.join(new Integers.IAdd(term.node(), variable.node()), term, variable);
    }
    return new Index(constant, term);
  }

  /** All of it. */
  Tree<ValueNode> whole() {
    Tree<ValueNode> fixed = Tree.leaf(new Literal.OfInt(constant));
    if (variable == null) {
      return fixed;
    }
    return constant == 0
        ? variable
        : Tree.join(new Integers.IAdd(variable.node(), fixed.node()), variable, fixed);
  }

  /** The element there. */
  Tree<ValueNode> load(Area area) {
    int offset = area.offset() + constant;
    return variable == null
        ? Tree.leaf(new Load.Fixed(area.memory(), offset))
        : Tree.join(new Load.At(area.memory(), offset, variable.node()), variable);
  }
}
