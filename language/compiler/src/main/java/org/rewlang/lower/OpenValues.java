package org.rewlang.lower;

import java.util.List;
import java.util.function.IntUnaryOperator;
import org.rewlang.automata.Formula.Window;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.Kind;
import org.rewlang.core.Origin;
import org.rewlang.core.Type;
import org.rewlang.temporal.Network;

/**
 * The values that parts of a formula have at the last positions of the word so far, as if it ended
 * here: {@code ago} counts back from this step, which is 0.
 *
 * <p>What looks back only lies in histories. The other parts are arrays over the positions, made in
 * each step: a window by joining windows of half its width, one that reaches to the end of the word
 * by one pass.
 */
final class OpenValues {

  private final Robust robust;
  private final PastValues past;
  private final Network network;
  private final Distances distances;
  private final CoreBuilder core;
  private final Origin origin;

  /** How many positions there are values of. */
  private final int count;

  OpenValues(Robust robust, PastValues past, int count) {
    this.robust = robust;
    this.past = past;
    this.count = count;
    network = robust.network;
    distances = robust.distances;
    core = robust.core();
    origin = robust.origin();
  }

  int at(int node, int ago) {
    Network.Node part = network.node(node);
    if (part instanceof Network.Constant c) {
      return distances.infinite(c.holds());
    }
    if (!network.looksAhead(node)) {
      return last(node, ago);
    }
    return switch (part) {
      case Network.Meet m -> distances.join(true, at(m.left(), ago), at(m.right(), ago));
      case Network.Join j -> distances.join(false, at(j.left(), ago), at(j.right(), ago));
      case Network.Shift s -> later(s.of(), ago, s.steps(), s.weak());
      case Network.Extreme e -> extreme(node, e, ago);
      case Network.Until u -> element(until(node, u), ago);
      case Network.Atom _, Network.Constant _ -> throw new IllegalStateException("looks ahead");
    };
  }

  private int last(int node, int ago) {
    int now = past.now(node);
    if (count == 1) {
      return now;
    }
    int history = past.history(node, count - 1);
    int before = minus(ago, 1);
    int here = core.binary(BinaryOp.IEQ, ago, core.integer(0), origin);
    return core.select(here, now, robust.ago(history, before), origin);
  }

  private int minus(int ago, int steps) {
    return core.binary(BinaryOp.IADD, ago, core.integer(-steps), origin);
  }

  private int element(int array, int ago) {
    return core.at(array, List.of(ago), origin);
  }

  /** So many positions nearer to the end; beyond it, what adds nothing. */
  private int later(int node, int ago, int steps, boolean weak) {
    int beyond = core.binary(BinaryOp.ILT, ago, core.integer(steps), origin);
    return core.select(beyond, distances.infinite(weak), at(node, minus(ago, steps)), origin);
  }

  /** An array of a value at each position, made once. */
  private int array(Object what, IntUnaryOperator value) {
    return robust.remembered(
        what,
        () -> {
          Placement.Scope scope = core.open(List.of(count));
          int element = value.applyAsInt(scope.indices().getFirst());
          return core.build(scope, element, origin);
        });
  }

  /** What is kept in an array of its own, by what it is of. */
  private record Kept(String what, int node, int more) {}

  private int extreme(int node, Network.Extreme e, int ago) {
    Window w = e.window();
    if (!distances.isExact()) {
      return element(each(node, e), ago);
    }
    if (w.to() >= count - 1) {
      // All windows reach to the end of the word, or beyond it.
      int rest = rest(e.of(), e.least());
      int beyond = core.binary(BinaryOp.ILT, ago, core.integer(w.from()), origin);
      int value = element(rest, minus(ago, w.from()));
      return w.from() == 0
          ? element(rest, ago)
          : core.select(beyond, distances.infinite(e.least()), value, origin);
    }
    int width = w.to() - w.from() + 1;
    int level = 31 - Integer.numberOfLeadingZeros(width);
    int half = halves(e.of(), e.least(), level);
    int first = minus(ago, w.from());
    int second = minus(first, width - (1 << level));
    int near = core.binary(BinaryOp.ILT, second, core.integer(0), origin);
    int both = distances.join(e.least(), element(half, first), element(half, second));
    int value = core.select(near, element(half, first), both, origin);
    int beyond = core.binary(BinaryOp.ILT, first, core.integer(0), origin);
    return core.select(beyond, distances.infinite(e.least()), value, origin);
  }

  /** Windows of a power of two positions, as far as the word has them. */
  private int halves(int node, boolean least, int level) {
    if (level == 0) {
      return array(new Kept("all", node, 0), ago -> at(node, ago));
    }
    int smaller = halves(node, least, level - 1);
    return array(
        new Kept(least ? "least" : "greatest", node, level),
        ago -> {
          int other = minus(ago, 1 << (level - 1));
          int beyond = core.binary(BinaryOp.ILT, other, core.integer(0), origin);
          int one = element(smaller, ago);
          int both = distances.join(least, one, element(smaller, other));
          return core.select(beyond, one, both, origin);
        });
  }

  /** From each position to the end of the word. */
  private int rest(int node, boolean least) {
    return scan(
        new Kept(least ? "least rest" : "greatest rest", node, 0),
        least,
        (ago, so) -> distances.join(least, so, at(node, ago)));
  }

  /** What comes of a position and of what came of those after it. */
  private interface Step {
    int of(int ago, int so);
  }

  private int scan(Kept what, boolean identity, Step step) {
    return robust.remembered(
        what,
        () -> {
          Placement.Scope zeros = core.open(List.of(count));
          int array = core.build(zeros, core.number(0), origin);
          int start = distances.infinite(identity);
          Placement.Scope scope = core.open(List.of(count));
          int so = core.accumulator(scope, Type.F64);
          int all = core.accumulator(scope, new Type(Kind.F64, List.of(count)));
          int ago = scope.indices().getFirst();
          int next = step.of(ago, so);
          int put = core.put(all, List.of(ago), next, origin);
          int first =
              core.fold(
                  List.of(start, array),
                  List.of(so, all),
                  scope,
                  org.rewlang.core.Op.Region.UNMASKED,
                  List.of(next, put),
                  origin);
          return first + 1;
        });
  }

  /** Softmin and softmax may join each value once only: all are gone through. */
  private int each(int node, Network.Extreme e) {
    Window w = e.window();
    int width = Math.min(w.to(), count - 1) - w.from() + 1;
    if (width <= 0) {
      return array(new Kept("each", node, 0), _ -> distances.infinite(e.least()));
    }
    return array(
        new Kept("each", node, 0),
        ago -> {
          Placement.Scope scope = core.open(List.of(width));
          int so = core.accumulator(scope, Type.F64);
          int back =
              core.binary(BinaryOp.IMUL, scope.indices().getFirst(), core.integer(-1), origin);
          int at = core.binary(BinaryOp.IADD, minus(ago, w.from()), back, origin);
          int there = core.not(core.binary(BinaryOp.ILT, at, core.integer(0), origin), origin);
          int next = distances.join(e.least(), so, at(e.of(), at));
          return core.fold(distances.infinite(e.least()), so, scope, there, next, origin);
        });
  }

  private int until(int node, Network.Until u) {
    if (!distances.isExact()) {
      return eachUntil(node, u);
    }
    Window w = u.window();
    int start = u.right();
    if (w.from() > 0) {
      Window held = new Window(0, w.from() - 1);
      Window then = new Window(w.from(), w.from());
      int first = network.extreme(u.left(), held, false, !u.dual());
      int event = network.extreme(u.right(), then, false, u.dual());
      start = u.dual() ? network.join(first, event) : network.meet(first, event);
    }
    int from = start;
    int rest =
        scan(
            new Kept("until", node, 0),
            u.dual(),
            (ago, so) ->
                distances.join(
                    u.dual(), at(from, ago), distances.join(!u.dual(), at(u.left(), ago), so)));
    // An `until` without end whose right side comes in time is one with an end.
    int in = network.extreme(u.right(), w, false, u.dual());
    return array(
        new Kept("in time", node, 0),
        ago -> distances.join(!u.dual(), at(in, ago), element(rest, ago)));
  }

  private int eachUntil(int node, Network.Until u) {
    Window w = u.window();
    return array(
        new Kept("each until", node, 0),
        ago -> {
          Placement.Scope scope = core.open(List.of(Math.min(w.to(), count - 1) + 1));
          int found = core.accumulator(scope, Type.F64);
          int held = core.accumulator(scope, Type.F64);
          int step = scope.indices().getFirst();
          int back = core.binary(BinaryOp.IMUL, step, core.integer(-1), origin);
          int at = core.binary(BinaryOp.IADD, ago, back, origin);
          int there = core.not(core.binary(BinaryOp.ILT, at, core.integer(0), origin), origin);
          int here = distances.join(!u.dual(), at(u.right(), at), held);
          int better = distances.join(u.dual(), found, here);
          int early = core.binary(BinaryOp.ILT, step, core.integer(w.from()), origin);
          int first =
              core.fold(
                  List.of(distances.infinite(u.dual()), distances.infinite(!u.dual())),
                  List.of(found, held),
                  scope,
                  there,
                  List.of(
                      core.select(early, found, better, origin),
                      distances.join(!u.dual(), held, at(u.left(), at))),
                  origin);
          return first;
        });
  }
}
