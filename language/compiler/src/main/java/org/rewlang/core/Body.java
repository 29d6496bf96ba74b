package org.rewlang.core;

import java.util.List;

/** Statements and what leaves them. */
public record Body(Block block, List<Sink> sinks) {

  public static final Body EMPTY = new Body(Block.EMPTY, List.of());

  public Body {
    sinks = List.copyOf(sinks);
  }
}
