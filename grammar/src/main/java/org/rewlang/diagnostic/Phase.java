package org.rewlang.diagnostic;

/** The part of the work in which something was found. */
public enum Phase {
  USAGE,
  READ,
  PARSE,
  CHECK,
  LOWER,
  BIND,
  DATA,
  RUN,
  INTERNAL;

  /** As it is written in JSON. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
