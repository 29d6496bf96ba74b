package org.rewlang.code;

import org.jspecify.annotations.Nullable;
import org.rewlang.core.BinaryOp;

/** A place in a row-major array: a constant and what must be computed, if anything. */
record Index(int constant, @Nullable Expression variable) {

  static final Index NONE = new Index(0, null);

  Index plus(int more) {
    return new Index(constant + more, variable);
  }

  /** Adds an index into a dimension whose elements are {@code stride} apart. */
  Index plus(Expression more, int stride) {
    Expression term =
        stride == 1
            ? more
            : new Expression.Binary(BinaryOp.IMUL, more, Expression.Literal.of(stride));
    return new Index(
        constant, variable == null ? term : new Expression.Binary(BinaryOp.IADD, term, variable));
  }

  /** All of it. */
  Expression whole() {
    Expression fixed = Expression.Literal.of(constant);
    if (variable == null) {
      return fixed;
    }
    return constant == 0 ? variable : new Expression.Binary(BinaryOp.IADD, variable, fixed);
  }

  /** The element there. */
  Expression load(Area area) {
    return new Expression.Load(
        area.type().kind(), area.memory(), area.offset() + constant, variable);
  }

  Statement store(Area area, Expression value) {
    return new Statement.Store(area.memory(), area.offset() + constant, variable, value);
  }
}
