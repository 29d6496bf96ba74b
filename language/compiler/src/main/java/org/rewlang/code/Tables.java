package org.rewlang.code;

import java.util.Arrays;

/** The constants of a program that are arrays, in one. */
public final class Tables {

  private double[] values = new double[64];
  private int size;

  /** Where they begin. */
  public int add(double... more) {
    int at = size;
    size = Math.addExact(size, more.length);
    if (size > values.length) {
      values = Arrays.copyOf(values, Math.max(size, 2 * values.length));
    }
    System.arraycopy(more, 0, values, at, more.length);
    return at;
  }

  public double at(int place) {
    return values[place];
  }

  public double[] all() {
    return Arrays.copyOf(values, size);
  }
}
