package org.rewlang.model;

import org.jspecify.annotations.Nullable;

/** The index variable of a loop: 0 up to its count. Identity is by object. */
public final class Binder {

  private final String name;
  private final int count;
  private final @Nullable EnumType axis;

  public Binder(String name, int count) {
    this(name, count, null);
  }

  /**
   * @param axis the enum over whose members it goes, or null
   */
  public Binder(String name, int count, @Nullable EnumType axis) {
    this.name = name;
    this.count = count;
    this.axis = axis;
  }

  public String name() {
    return name;
  }

  public int count() {
    return count;
  }

  public @Nullable EnumType axis() {
    return axis;
  }

  @Override
  public String toString() {
    return name + "<" + count;
  }
}
