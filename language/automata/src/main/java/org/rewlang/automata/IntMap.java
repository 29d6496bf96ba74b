package org.rewlang.automata;

import java.util.Arrays;

/** Numbers by numbers, any but {@link #NONE}: open addressing, at most half full. */
final class IntMap {

  /** No key, and what an absent one gives. No diagram is this number. */
  static final int NONE = Integer.MIN_VALUE;

  private int count;
  private int[] keys = new int[16];
  private int[] values = new int[16];

  IntMap() {
    Arrays.fill(keys, NONE);
  }

  int size() {
    return count;
  }

  int get(int key) {
    int at = place(key);
    return keys[at] == NONE ? NONE : values[at];
  }

  void put(int key, int value) {
    int at = place(key);
    if (keys[at] == NONE) {
      if (2 * ++count > keys.length) {
        grow();
        at = place(key);
      }
      keys[at] = key;
    }
    values[at] = value;
  }

  private int place(int key) {
    int mask = keys.length - 1;
    int at = Diagrams.mix(key, 0, 0) & mask;
    while (keys[at] != key && keys[at] != NONE) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    int[] oldKeys = keys;
    int[] oldValues = values;
    keys = new int[4 * oldKeys.length];
    values = new int[keys.length];
    Arrays.fill(keys, NONE);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != NONE) {
        int at = place(oldKeys[i]);
        keys[at] = oldKeys[i];
        values[at] = oldValues[i];
      }
    }
  }
}
