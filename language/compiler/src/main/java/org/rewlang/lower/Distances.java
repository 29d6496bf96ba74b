package org.rewlang.lower;

import java.util.List;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.Origin;
import org.rewlang.core.UnaryOp;
import org.rewlang.model.Term;

/** Minimum and maximum of distances, or the soft ones that stand for them. */
final class Distances {

  private final TermLowering terms;
  private final CoreBuilder core;
  private final @org.jspecify.annotations.Nullable Term beta;
  private final Origin origin;

  Distances(TermLowering terms, Term.Robustness of, Origin origin) {
    this.terms = terms;
    this.core = terms.core();
    this.beta = of.beta();
    this.origin = origin;
  }

  boolean isExact() {
    return beta == null;
  }

  /** What nothing adds to: infinity to the least of some, minus infinity to the greatest. */
  static double identity(boolean least) {
    return least ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  int infinite(boolean above) {
    return core.number(identity(above));
  }

  int join(boolean least, int a, int b) {
    if (isInfinite(a, least)) {
      return b;
    }
    if (isInfinite(b, least)) {
      return a;
    }
    int exact = core.binary(least ? BinaryOp.MIN : BinaryOp.MAX, a, b, origin);
    if (beta == null) {
      return exact;
    }
    int same = core.binary(BinaryOp.EQ, a, b, origin);
    int distance = core.unary(UnaryOp.ABS, core.binary(BinaryOp.SUB, a, b, origin), origin);
    int apart = core.select(same, core.number(0), distance, origin);
    int sharpness = terms.scalar(beta).yes();
    int exponent =
        core.unary(UnaryOp.NEG, core.binary(BinaryOp.MUL, sharpness, apart, origin), origin);
    int log = core.unary(UnaryOp.LOG1P, core.unary(UnaryOp.EXP, exponent, origin), origin);
    int rest = core.binary(BinaryOp.DIV, log, sharpness, origin);
    return core.binary(least ? BinaryOp.SUB : BinaryOp.ADD, exact, rest, origin);
  }

  private boolean isInfinite(int id, boolean above) {
    return core.op(id) instanceof org.rewlang.core.Op.Const c && c.value() == identity(above);
  }

  int join(boolean least, List<Integer> all) {
    int joined = infinite(least);
    for (int one : all) {
      joined = join(least, joined, one);
    }
    return joined;
  }
}
