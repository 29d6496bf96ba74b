package org.rewlang.bytecode;

import java.util.Arrays;

/** The constants of a program that its class holds in one array. */
final class Tables {

  private double[] values = new double[64];
  private int size;

  /** Where they begin. */
  int add(double... more) {
    int at = size;
    size = Math.addExact(size, more.length);
    if (size > values.length) {
      values = Arrays.copyOf(values, Math.max(size, 2 * values.length));
    }
    System.arraycopy(more, 0, values, at, more.length);
    return at;
  }

  double at(int place) {
    return values[place];
  }

  double[] all() {
    return Arrays.copyOf(values, size);
  }
}
