package org.rewlang.automata;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntConsumer;

/**
 * Diagrams read upwards, from what a leaf holds to the diagrams it is in. Places are numbers: first
 * what leaves hold, then nodes in ascending order, then the diagrams asked about.
 */
final class Uses {

  /** The nodes, ascending. */
  final int[] nodes;

  private final int leaves;

  /** The places directly below: two for each node, then one for each diagram. */
  private final int[] below;

  /** The places directly above place i are in {@code above} from {@code start[i]} on. */
  private final int[] start;

  private final int[] above;
  private int[] open = new int[64];

  /**
   * @param leaves one more than the greatest number in a leaf
   */
  Uses(Diagrams store, int[] diagrams, int leaves) {
    this.leaves = leaves;
    this.nodes = store.reach(diagrams).stream().toArray();
    below = new int[2 * nodes.length + diagrams.length];
    int[] to = new int[below.length];
    for (int i = 0; i < nodes.length; i++) {
      below[2 * i] = place(store.low(nodes[i]));
      below[2 * i + 1] = place(store.high(nodes[i]));
      to[2 * i] = leaves + i;
      to[2 * i + 1] = leaves + i;
    }
    for (int d = 0; d < diagrams.length; d++) {
      below[2 * nodes.length + d] = place(diagrams[d]);
      to[2 * nodes.length + d] = leaves + nodes.length + d;
    }
    start = new int[leaves + nodes.length + diagrams.length + 1];
    for (int place : below) {
      start[place + 1]++;
    }
    Arrays.parallelPrefix(start, Integer::sum);
    int[] at = start.clone();
    above = new int[below.length];
    for (int i = 0; i < below.length; i++) {
      above[at[below[i]]++] = to[i];
    }
  }

  private int place(int diagram) {
    return diagram < 0 ? Diagrams.number(diagram) : leaves + Arrays.binarySearch(nodes, diagram);
  }

  /** Where node number i's diagram for false is. */
  int low(int i) {
    return below[2 * i];
  }

  int high(int i) {
    return below[2 * i + 1];
  }

  /** Where a diagram is. */
  int top(int diagram) {
    return below[2 * nodes.length + diagram];
  }

  /** Adds all that is above a leaf's number to what was seen, and tells of each diagram added. */
  void climb(int number, BitSet seen, IntConsumer diagram) {
    int firstDiagram = leaves + nodes.length;
    int count = 1;
    open[0] = number;
    while (count > 0) {
      int place = open[--count];
      for (int i = start[place]; i < start[place + 1]; i++) {
        int to = above[i];
        if (!seen.get(to)) {
          seen.set(to);
          if (to >= firstDiagram) {
            diagram.accept(to - firstDiagram);
            continue;
          }
          if (count == open.length) {
            open = Arrays.copyOf(open, 2 * count);
          }
          open[count++] = to;
        }
      }
    }
  }

  /** The index of the first node seen from {@code index} on, or as many as there are nodes. */
  int nextNode(BitSet seen, int index) {
    int place = seen.nextSetBit(leaves + index);
    return place < 0 ? nodes.length : Math.min(place - leaves, nodes.length);
  }
}
