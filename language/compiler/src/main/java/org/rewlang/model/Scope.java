package org.rewlang.model;

import java.util.Locale;

/** How often a value may change: the clock that it lives at. */
public enum Scope {
  RUN,
  EPISODE,
  STEP,
  AGENT;

  /** The word in {@code inputs per …}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
