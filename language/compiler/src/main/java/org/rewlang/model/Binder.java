package org.rewlang.model;

/** The index variable of a loop: 0 up to its count. Identity is by object. */
public final class Binder {

  private final String name;
  private final int count;

  public Binder(String name, int count) {
    this.name = name;
    this.count = count;
  }

  public String name() {
    return name;
  }

  public int count() {
    return count;
  }

  @Override
  public String toString() {
    return name + "<" + count;
  }
}
