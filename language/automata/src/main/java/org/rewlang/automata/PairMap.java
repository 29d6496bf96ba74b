package org.rewlang.automata;

import java.util.Arrays;

/** Numbers by pairs of numbers, as {@link IntMap}. */
final class PairMap {

  private int count;
  private long[] keys = new long[16];
  private int[] values = new int[16];

  PairMap() {
    Arrays.fill(values, IntMap.NONE);
  }

  /** What was put, or {@link IntMap#NONE}. */
  int get(int a, int b) {
    return values[place(key(a, b))];
  }

  void put(int a, int b, int value) {
    long key = key(a, b);
    int at = place(key);
    if (values[at] == IntMap.NONE) {
      if (2 * ++count > keys.length) {
        grow();
        at = place(key);
      }
      keys[at] = key;
    }
    values[at] = value;
  }

  private static long key(int a, int b) {
    return (long) a << 32 | b & 0xFFFFFFFFL;
  }

  private int place(long key) {
    int mask = keys.length - 1;
    int at = Diagrams.mix((int) (key >>> 32), (int) key, 0) & mask;
    while (values[at] != IntMap.NONE && keys[at] != key) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    keys = new long[4 * oldKeys.length];
    values = new int[keys.length];
    Arrays.fill(values, IntMap.NONE);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != IntMap.NONE) {
        int at = place(oldKeys[i]);
        keys[at] = oldKeys[i];
        values[at] = oldValues[i];
      }
    }
  }
}
