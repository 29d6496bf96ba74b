package org.rewlang.bytecode;

/** What the code of programs does with histories, as {@link org.rewlang.engine.Layout} has them. */
final class Rings {

  private Rings() {}

  /** An element of the value pushed {@code age} pushes ago, or what stands for none. */
  static double ago(
      double[] state,
      int age,
      int element,
      int base,
      int head,
      int count,
      int size,
      int length,
      double absent) {
    if (age < 0 || age >= (int) state[count]) {
      return absent;
    }
    int place = (int) state[head] - 1 - age;
    return state[base + (place < 0 ? place + length : place) * size + element];
  }

  /** Moves a ring on; returns where the place just left begins. */
  static int advance(double[] state, int base, int head, int count, int size, int length) {
    int place = (int) state[head];
    state[head] = place + 1 == length ? 0 : place + 1;
    state[count] = Math.min(state[count] + 1, length);
    return base + place * size;
  }
}
