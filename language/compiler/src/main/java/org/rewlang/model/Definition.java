package org.rewlang.model;

import org.jspecify.annotations.Nullable;
import org.rewlang.source.Location;

/**
 * A named value: a let, an event, a component's pay, the local of an inlined function. Identity is
 * by object: an inlined function has definitions of its own at each call. The value is set once,
 * after creation, because a value may read its own past.
 */
public final class Definition {

  /** What was written. */
  public enum Kind {
    LET,
    EVENT,
    COMPONENT,
    TOTAL,
    OUTCOME,
    METRIC,
    COST,
    /** A local or the result of an inlined function. */
    LOCAL
  }

  private final String name;
  private final Kind kind;
  private final Type type;
  private final @Nullable String doc;
  private final Location at;
  private @Nullable Term value;

  public Definition(String name, Kind kind, Type type, @Nullable String doc, Location at) {
    this.name = name;
    this.kind = kind;
    this.type = type;
    this.doc = doc;
    this.at = at;
  }

  public String name() {
    return name;
  }

  public Kind kind() {
    return kind;
  }

  public Type type() {
    return type;
  }

  public @Nullable String doc() {
    return doc;
  }

  /** The place of its name. */
  public Location at() {
    return at;
  }

  /** Sets the value, once. */
  public void define(Term term) {
    if (value != null) {
      throw new IllegalStateException(name + " is defined already");
    }
    value = term;
  }

  public Term value() {
    if (value == null) {
      throw new IllegalStateException(name + " is not defined yet");
    }
    return value;
  }

  public boolean isDefined() {
    return value != null;
  }

  @Override
  public String toString() {
    return name;
  }
}
