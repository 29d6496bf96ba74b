package org.rewlang.automata;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.PrimitiveIterator;

/** States that lead to each other, by Tarjan's algorithm without recursion. */
final class Components {

  private final Moore moore;
  private final int[] index;
  private final int[] low;
  private final BitSet open = new BitSet();
  private final int[] stack;
  private int stacked;
  private int visited;
  private final List<BitSet> found = new ArrayList<>();

  private Components(Moore moore) {
    this.moore = moore;
    this.index = new int[moore.size()];
    this.low = new int[moore.size()];
    this.stack = new int[moore.size()];
  }

  /** Sets of states in which a word can stay for ever; what no word stays in is in none. */
  static List<BitSet> of(Moore moore) {
    Components components = new Components(moore);
    for (int state = 0; state < moore.size(); state++) {
      if (components.index[state] == 0) {
        components.visit(state);
      }
    }
    return components.found;
  }

  private record Frame(int state, BitSet next, PrimitiveIterator.OfInt rest) {}

  private Frame enter(int state) {
    index[state] = ++visited;
    low[state] = visited;
    stack[stacked++] = state;
    open.set(state);
    BitSet next = moore.diagrams().leaves(moore.next()[state]);
    return new Frame(state, next, next.stream().iterator());
  }

  private void visit(int root) {
    List<Frame> path = new ArrayList<>(List.of(enter(root)));
    while (!path.isEmpty()) {
      Frame top = path.getLast();
      if (top.rest.hasNext()) {
        int next = top.rest.nextInt();
        if (index[next] == 0) {
          path.add(enter(next));
        } else if (open.get(next)) {
          low[top.state] = Math.min(low[top.state], index[next]);
        }
        continue;
      }
      path.removeLast();
      if (low[top.state] == index[top.state]) {
        close(top);
      }
      if (!path.isEmpty()) {
        int before = path.getLast().state;
        low[before] = Math.min(low[before], low[top.state]);
      }
    }
  }

  private void close(Frame top) {
    BitSet component = new BitSet();
    int state;
    do {
      state = stack[--stacked];
      open.clear(state);
      component.set(state);
    } while (state != top.state);
    if (component.cardinality() > 1 || top.next.get(top.state)) {
      found.add(component);
    }
  }
}
