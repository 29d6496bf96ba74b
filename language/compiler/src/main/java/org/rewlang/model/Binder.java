package org.rewlang.model;

import org.jspecify.annotations.Nullable;

/** The index variable of a loop: 0 up to its count. Identity is by object. */
public final class Binder {

  private final String name;
  private final int count;
  private final @Nullable InputVar presence;

  public Binder(String name, int count) {
    this(name, count, null);
  }

  /** Of a loop over what comes and goes. */
  public Binder(String name, int count, @Nullable InputVar presence) {
    this.name = name;
    this.count = count;
    this.presence = presence;
  }

  /**
   * Which rounds are of something that is there in this step: a bool for each; null if all are.
   * State in the loop starts afresh for what was away.
   */
  public @Nullable InputVar presence() {
    return presence;
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
