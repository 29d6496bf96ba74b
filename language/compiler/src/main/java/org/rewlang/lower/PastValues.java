package org.rewlang.lower;

import java.util.HashMap;
import java.util.Map;
import org.rewlang.automata.Formula.Window;
import org.rewlang.core.Kind;
import org.rewlang.temporal.Network;

/** The values that parts of a formula have in this step, as far as they look back only. */
final class PastValues {

  /** Up to here going through all values costs less. */
  private static final int FEW = 6;

  private final Robust robust;
  private final Network network;
  private final Distances distances;
  private final Map<Integer, Integer> slots = new HashMap<>();
  private final Map<Integer, Integer> histories = new HashMap<>();
  private final Map<Integer, Integer> delays = new HashMap<>();
  private final Map<Integer, Blocks> blocks = new HashMap<>();

  PastValues(Robust robust) {
    this.robust = robust;
    network = robust.network;
    distances = robust.distances;
  }

  /** The value of a part in this step. */
  private record Now(int node) {}

  int now(int node) {
    return robust.remembered(new Now(node), () -> made(node));
  }

  private int made(int node) {
    return switch (network.node(node)) {
      case Network.Atom a -> robust.atom(a);
      case Network.Constant c -> distances.infinite(c.holds());
      case Network.Meet m -> distances.join(true, now(m.left()), now(m.right()));
      case Network.Join j -> distances.join(false, now(j.left()), now(j.right()));
      case Network.Shift s -> {
        int history = history(s.of(), s.steps());
        yield unlessEarly(s.steps(), ago(history, s.steps() - 1), s.weak());
      }
      case Network.Extreme e -> extreme(node, e);
      case Network.Until u -> since(node, u);
    };
  }

  /** What adds nothing, where there were not so many steps before. */
  private int unlessEarly(int steps, int value, boolean least) {
    return robust
        .core()
        .select(robust.isBefore(steps), distances.infinite(least), value, robust.origin());
  }

  /** The last values of a part, at least so many. */
  int history(int node, int length) {
    Integer known = histories.get(node);
    if (known == null) {
      known = robust.history("last", length, () -> now(node));
      histories.put(node, known);
    }
    robust.lengthen(known, length);
    return known;
  }

  int ago(int history, int steps) {
    return robust.ago(history, robust.core().integer(steps));
  }

  private int extreme(int node, Network.Extreme e) {
    if (e.window().to() == Window.UNBOUNDED) {
      int begun = running(node, e);
      return e.window().from() == 0 ? begun : delayed(node, e);
    }
    return e.window().from() == 0 ? recent(node, e) : delayed(node, e);
  }

  /** Of the window moved to this step. */
  private int recent(int node, Network.Extreme e) {
    if (e.window().to() == Window.UNBOUNDED) {
      return running(node, e);
    }
    int width = e.window().to() - e.window().from() + 1;
    int now = now(e.of());
    if (width <= FEW || robust.comesAndGoes()) {
      return few(e, now, width);
    }
    Blocks known = blocks.get(node);
    if (known == null) {
      known = robust.blocks("window", e.least(), width, () -> now(e.of()));
      blocks.put(node, known);
    }
    return known.join(now, robust.place());
  }

  private int few(Network.Extreme e, int now, int width) {
    int all = now;
    if (width > 1) {
      int history = history(e.of(), width - 1);
      if (width <= FEW) {
        for (int k = 0; k < width - 1; k++) {
          int there = unlessEarly(k + 1, ago(history, k), e.least());
          all = distances.join(e.least(), all, there);
        }
        return all;
      }
      return robust.joined(e.least(), now, width - 1, k -> robust.ago(history, k));
    }
    return all;
  }

  private int running(int node, Network.Extreme e) {
    Integer slot = slots.get(node);
    if (slot == null) {
      double identity = Distances.identity(e.least());
      int made = robust.slot("running", Kind.F64, identity);
      slots.put(node, made);
      slot = made;
      robust.keep(made, identity, () -> distances.join(e.least(), robust.read(made), now(e.of())));
    }
    return distances.join(e.least(), robust.read(slot), now(e.of()));
  }

  private int delayed(int node, Network.Extreme e) {
    int from = e.window().from();
    Integer delay = delays.get(node);
    if (delay == null) {
      delay = robust.history("ago", from, () -> recent(node, e));
      delays.put(node, delay);
    }
    return unlessEarly(from, ago(delay, from - 1), e.least());
  }

  private int since(int node, Network.Until u) {
    Window window = u.window();
    if (!window.isAll()) {
      return now(unbounded(u));
    }
    Integer slot = slots.get(node);
    if (slot == null) {
      double identity = Distances.identity(u.dual());
      int made = robust.slot("since", Kind.F64, identity);
      slots.put(node, made);
      slot = made;
      robust.keep(made, identity, () -> since(u, made));
    }
    return since(u, slot);
  }

  private int since(Network.Until u, int slot) {
    int held = distances.join(!u.dual(), now(u.left()), robust.read(slot));
    return distances.join(u.dual(), now(u.right()), held);
  }

  /**
   * {@code p since[a, b] q} as {@code ever[a, b] q and p since r}, where {@code r} is {@code q} so
   * many steps before with {@code p} from then on.
   */
  private int unbounded(Network.Until u) {
    Window window = u.window();
    int start = u.right();
    if (window.from() > 0) {
      Window held = new Window(0, window.from() - 1);
      Window then = new Window(window.from(), window.from());
      int since = network.extreme(u.left(), held, true, !u.dual());
      int event = network.extreme(u.right(), then, true, u.dual());
      start = u.dual() ? network.join(since, event) : network.meet(since, event);
    }
    int all = network.until(u.left(), start, Window.ALL, true, u.dual());
    if (window.to() == Window.UNBOUNDED) {
      return all;
    }
    int in = network.extreme(u.right(), window, true, u.dual());
    return u.dual() ? network.join(in, all) : network.meet(in, all);
  }
}
