package org.rewlang.automata;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * States in classes: the coarsest that tell outputs apart and, for every letter, the classes of
 * successors.
 *
 * <p>A state's signature is its diagram with states replaced by their classes. Where a class
 * splits, the largest part keeps its number, so only diagrams above the others are worked out
 * again: each state changes its class at most log n times, however long a difference takes to show.
 */
final class Partition {

  private final Uses uses;
  private final int[] variables;

  /** Signatures: diagrams whose leaves hold classes. */
  private final Diagrams signatures;

  /** By place in {@link #uses}: leaves and nodes with classes in place of states. */
  private final int[] mapped;

  private final int[] signature;
  private final int[] classOf;
  private int classes;

  /** States by class: class c has {@code members} from {@code start[c]} to {@code end[c]}. */
  private final int[] members;

  private final int[] position;
  private final int[] start;
  private final int[] end;

  private Partition(Diagrams diagrams, int[] next, Meter meter) {
    this.uses = new Uses(diagrams, next, next.length);
    this.signatures = new Diagrams(meter);
    this.variables = Arrays.stream(uses.nodes).map(diagrams::variable).toArray();
    this.mapped = new int[next.length + uses.nodes.length];
    this.signature = new int[next.length];
    this.classOf = new int[next.length];
    this.members = new int[next.length];
    this.position = new int[next.length];
    this.start = new int[next.length];
    this.end = new int[next.length];
    Arrays.setAll(members, s -> s);
    Arrays.setAll(position, s -> s);
  }

  static Partition coarsest(Diagrams diagrams, int[] next, int[] outputs, Meter meter) {
    Partition partition = new Partition(diagrams, next, meter);
    BitSet changed = new BitSet();
    partition.classes = 1;
    partition.end[0] = next.length;
    partition.split(0, next.length, outputs, changed);
    changed.set(0, next.length);
    while (!changed.isEmpty()) {
      meter.tick();
      changed = partition.refine(changed);
    }
    return partition;
  }

  /** A state's class. */
  int of(int state) {
    return classOf[state];
  }

  /** Splits by what the states that changed class lead to; gives those that change class now. */
  private BitSet refine(BitSet changed) {
    int states = classOf.length;
    BitSet stale = new BitSet();
    BitSet affected = new BitSet();
    for (int s = changed.nextSetBit(0); s >= 0; s = changed.nextSetBit(s + 1)) {
      mapped[s] = Diagrams.leaf(classOf[s]);
      uses.climb(s, stale, affected::set);
    }
    int nodes = variables.length;
    for (int i = uses.nextNode(stale, 0); i < nodes; i = uses.nextNode(stale, i + 1)) {
      mapped[states + i] = signatures.node(variables[i], mapped[uses.low(i)], mapped[uses.high(i)]);
    }
    // The affected states of each class go to the front of its members.
    Map<Integer, Integer> fronts = new HashMap<>();
    for (int s = affected.nextSetBit(0); s >= 0; s = affected.nextSetBit(s + 1)) {
      signature[s] = mapped[uses.top(s)];
      int c = classOf[s];
      if (end[c] - start[c] > 1) {
        int front = fronts.merge(c, 1, Integer::sum);
        swap(position[s], start[c] + front - 1);
      }
    }
    BitSet moved = new BitSet();
    fronts.forEach((c, front) -> split(c, front, signature, moved));
    return moved;
  }

  private void swap(int i, int j) {
    int s = members[i];
    members[i] = members[j];
    members[j] = s;
    position[members[i]] = i;
    position[members[j]] = j;
  }

  /** Splits a class by the keys of its first members, which the others don't share. */
  private void split(int c, int front, int[] keys, BitSet moved) {
    int from = start[c];
    int until = end[c];
    sortByKey(from, from + front, keys);
    int keepFrom = from + front;
    int keepUntil = until;
    for (int i = from, j; i < from + front; i = j) {
      j = sameKey(i, from + front, keys);
      if (j - i > keepUntil - keepFrom) {
        keepFrom = i;
        keepUntil = j;
      }
    }
    for (int i = from, j; i < until; i = j) {
      j = i < from + front ? sameKey(i, from + front, keys) : until;
      int d = i == keepFrom ? c : classes++;
      start[d] = i;
      end[d] = j;
      for (int k = i; d != c && k < j; k++) {
        classOf[members[k]] = d;
        moved.set(members[k]);
      }
    }
  }

  private int sameKey(int i, int until, int[] keys) {
    int j = i + 1;
    while (j < until && keys[members[j]] == keys[members[i]]) {
      j++;
    }
    return j;
  }

  /** Equal keys together, in an order that only depends on the keys and the states. */
  private void sortByKey(int from, int until, int[] keys) {
    long[] sorted = new long[until - from];
    for (int i = from; i < until; i++) {
      sorted[i - from] = (long) keys[members[i]] << 32 | members[i];
    }
    Arrays.sort(sorted);
    for (int i = from; i < until; i++) {
      members[i] = (int) sorted[i - from];
      position[members[i]] = i;
    }
  }
}
