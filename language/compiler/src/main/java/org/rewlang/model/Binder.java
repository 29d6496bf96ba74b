package org.rewlang.model;

import org.jspecify.annotations.Nullable;

/** The index variable of a loop: 0 up to its count. Identity is by object. */
public final class Binder {

  private final String name;
  private final int count;
  private final @Nullable EnumType axis;
  private final @Nullable InputVar presence;

  private Binder(String name, int count, @Nullable EnumType axis, @Nullable InputVar presence) {
    this.name = name;
    this.count = count;
    this.axis = axis;
    this.presence = presence;
  }

  public Binder(String name, int count) {
    this(name, count, null, null);
  }

  /**
   * @param axis the enum over whose members it goes, or null
   */
  public Binder(String name, int count, @Nullable EnumType axis) {
    this(name, count, axis, null);
  }

  /** Of a loop over what comes and goes; over what stays, without {@code presence}. */
  public static Binder over(String name, int count, @Nullable InputVar presence) {
    return new Binder(name, count, null, presence);
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

  /**
   * Which rounds are of something that is there in this step: a bool for each; null if all are.
   * State in the loop starts afresh for what was away.
   */
  public @Nullable InputVar presence() {
    return presence;
  }

  @Override
  public String toString() {
    return name + "<" + count;
  }
}
