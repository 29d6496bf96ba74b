package org.rewlang.lower;

import java.util.ArrayList;
import java.util.List;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.Origin;
import org.rewlang.core.UnaryOp;
import org.rewlang.model.Base;
import org.rewlang.model.Term;

/** Arrays made of others by moving elements: each is a function of its index. */
final class ArrayLowering {

  private final TermLowering terms;
  private final CoreBuilder core;
  private final Scalars scalars;

  ArrayLowering(TermLowering terms, CoreBuilder core, Scalars scalars) {
    this.terms = terms;
    this.core = core;
    this.scalars = scalars;
  }

  /** The index in the old shape of an index in the new one. */
  List<Integer> reshaped(Term.Reshape reshape, List<Integer> index, Origin origin) {
    List<Integer> from = reshape.of().type().shape();
    List<Integer> to = reshape.type().shape();
    int flat = core.integer(0);
    for (int d = 0; d < to.size(); d++) {
      int before = core.binary(BinaryOp.IMUL, flat, core.integer(to.get(d)), origin);
      flat = core.binary(BinaryOp.IADD, before, index.get(d), origin);
    }
    List<Integer> result = new ArrayList<>();
    int rest = flat;
    for (int d = from.size() - 1; d > 0; d--) {
      int count = from.get(d);
      int above = quotient(rest, count, origin);
      int whole = core.binary(BinaryOp.IMUL, above, core.integer(-count), origin);
      result.addFirst(core.binary(BinaryOp.IADD, rest, whole, origin));
      rest = above;
    }
    result.addFirst(rest);
    return result;
  }

  /** Exact: an index is far below 2^53, so a quotient is rounded to no whole number but its own. */
  private int quotient(int index, int by, Origin origin) {
    if (by == 1) {
      return index;
    }
    int number = core.unary(UnaryOp.ITOF, index, origin);
    int divided = core.binary(BinaryOp.DIV, number, core.number(by), origin);
    return core.unary(UnaryOp.FTOI, core.unary(UnaryOp.FLOOR, divided, origin), origin);
  }

  Value concatenated(Term.Concatenate concatenate, List<Integer> index, Origin origin) {
    int axis = concatenate.axis();
    int place = index.get(axis);
    Value chosen = null;
    int end = concatenate.type().shape().get(axis);
    for (Term part : concatenate.parts().reversed()) {
      int begin = end - part.type().shape().get(axis);
      int before = core.binary(BinaryOp.ILT, place, core.integer(end), origin);
      int moved = core.binary(BinaryOp.IADD, place, core.integer(-begin), origin);
      List<Integer> own = new ArrayList<>(index);
      // An index of a loop that goes further than the part is never one into the part.
      own.set(axis, chosen == null ? moved : core.select(before, moved, core.integer(0), origin));
      Value here = terms.at(part, own);
      chosen = chosen == null ? here : scalars.choose(before, here, chosen, origin);
      end = begin;
    }
    if (chosen == null) {
      throw new IllegalStateException("nothing to put together");
    }
    return chosen;
  }

  Value put(Term.Put put, List<Integer> index, Origin origin) {
    int here = core.flag(true);
    for (int d = 0; d < put.indices().size(); d++) {
      int own = terms.index(put.indices().get(d));
      here = core.and(here, core.binary(BinaryOp.IEQ, index.get(d), own, origin), origin);
    }
    Value value = terms.at(put.value(), index.subList(put.indices().size(), index.size()));
    Value all = scalars.choose(here, value, terms.at(put.of(), index), origin);
    int inside = terms.inside(put.of(), put.indices(), origin);
    Base base = put.type().base();
    return scalars.choose(inside, all, scalars.undefined(base), origin);
  }
}
