package org.rewlang.lower;

import java.util.List;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.HistoryInfo;
import org.rewlang.core.Kind;
import org.rewlang.core.Origin;
import org.rewlang.core.Type;
import org.rewlang.model.Binder;

/**
 * The least or greatest of the last values, in a number of operations that does not depend on how
 * many they are, in every step.
 *
 * <p>Steps are cut into blocks of half the width. The window is the end of an older block, a whole
 * block, and the beginning of the one that fills. What the end of a block makes is computed
 * backwards, one value a step, while the next one fills; so it is there when it is needed. Values
 * before the first step are the operation's identity.
 */
final class Blocks {

  private final StateContext state;
  private final CoreBuilder core;
  private final Join op;
  private final double identity;
  private final int length;
  private final boolean isOdd;
  private final Origin origin;

  /** The values, and what the ends of a block make, as they were computed. */
  private final int values;

  private final int ends;

  /** The end computed last, what the block that fills makes so far, what the one before made. */
  private final int end;

  private final int begun;
  private final int whole;

  /** The place in the block that fills, and whether there is a block before it. */
  private final int place;

  private final int later;

  /** An operation that may take its operands in any order and grouping. */
  interface Join {
    int of(int a, int b);
  }

  /**
   * @param identity what adds nothing
   * @param width at least 2
   */
  Blocks(
      StateContext state,
      String name,
      Type type,
      Join op,
      double identity,
      int width,
      Origin origin) {
    this.state = state;
    this.core = state.core;
    this.op = op;
    this.identity = identity;
    this.origin = origin;
    length = width / 2;
    isOdd = width % 2 == 1;
    Unit unit = state.unit;
    values = history(name + ".last", type, 2 * length - 1);
    ends = history(name + ".ends", type, isOdd ? 2 * length - 1 : Math.max(1, 2 * length - 2));
    end = unit.slot(name + ".end", type, List.of(identity));
    begun = unit.slot(name + ".begun", type, List.of(identity));
    whole = unit.slot(name + ".whole", type, List.of(identity));
    place = unit.slot(name + ".place", new Type(Kind.I32, List.of()), List.of(0.0));
    later = unit.slot(name + ".later", new Type(Kind.BOOL, List.of()), List.of(0.0));
  }

  private int history(String name, Type type, int length) {
    List<HistoryInfo> all = state.unit.tables().histories();
    all.add(new HistoryInfo(state.unit.stateName(name), type, length));
    return all.size() - 1;
  }

  /** What the window makes, its newest value being {@code now}, which lies at {@code at}. */
  int join(int now, List<Integer> at) {
    int older = select(ago(ends, isOdd ? 0 : 1, at));
    if (!isOdd) {
      // In the last place of a block nothing is left of the older one.
      older = core.select(isLast(), core.number(identity), older, origin);
    }
    int before = op.of(older, element(whole, at));
    return op.of(before, begun(now, at));
  }

  /** Goes on to the next step. */
  void advance(List<Binder> loops, List<Integer> shape, TermLowering.Body now) {
    TermLowering terms = state.terms;
    Draft draft = state.draft;
    interface Element {
      int at(int now, List<Integer> at);
    }
    java.util.function.Function<Element, Integer> all =
        element ->
            terms
                .elements(
                    loops,
                    shape,
                    origin,
                    index ->
                        Value.of(
                            element.at(
                                now.at(index).yes(), StateContext.place(terms, loops, index))))
                .yes();
    draft.push(values, all.apply((x, _) -> x), origin);
    draft.push(ends, all.apply((_, at) -> ended(at)), origin);
    draft.next(end, all.apply((_, at) -> ended(at)), origin);
    draft.next(begun, all.apply(this::begun), origin);
    draft.next(
        whole,
        all.apply((x, at) -> core.select(isLast(), begun(x, at), element(whole, at), origin)),
        origin);
    int here = core.slot(place, origin);
    int next = core.binary(BinaryOp.IADD, here, core.integer(1), origin);
    draft.next(place, core.select(isLast(), core.integer(0), next, origin), origin);
    draft.next(later, core.or(core.slot(later, origin), isLast(), origin), origin);
  }

  private int element(int slot, List<Integer> at) {
    return core.at(core.slot(slot, origin), at, origin);
  }

  private int isFirst() {
    return core.binary(BinaryOp.IEQ, core.slot(place, origin), core.integer(0), origin);
  }

  private int isLast() {
    return core.binary(BinaryOp.IEQ, core.slot(place, origin), core.integer(length - 1), origin);
  }

  /** What the block that fills makes, this value included. */
  private int begun(int now, List<Integer> at) {
    int more = op.of(element(begun, at), now);
    return core.select(isFirst(), now, more, origin);
  }

  /** One value further back in the block before. */
  private int ended(List<Integer> at) {
    int value = select(ago(values, 0, at));
    int more = op.of(element(end, at), value);
    return core.select(isFirst(), value, more, origin);
  }

  /** What was pushed twice as many steps ago as the place, and so many more, and one. */
  private int ago(int history, int more, List<Integer> at) {
    int twice = core.binary(BinaryOp.IMUL, core.slot(place, origin), core.integer(2), origin);
    int steps = core.binary(BinaryOp.IADD, twice, core.integer(more), origin);
    List<Integer> indices = new java.util.ArrayList<>(List.of(steps));
    indices.addAll(at);
    return core.ago(history, indices, origin);
  }

  /** Nothing, where there is no block before. */
  private int select(int value) {
    int before = core.slot(later, origin);
    return core.select(before, value, core.number(identity), origin);
  }
}
