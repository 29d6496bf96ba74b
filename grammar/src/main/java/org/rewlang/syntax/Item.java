package org.rewlang.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.source.Span;

/** What stands in a reward block. */
public sealed interface Item extends Node permits Component, Item.Nested {

  @Nullable String doc();

  Name name();

  /** Whether it pays alone where its gate is open. */
  boolean override();

  @Nullable Gate gate();

  /**
   * A block in a block: {@code walk = product when e { … }} or a stage {@code lift when low { … }}.
   *
   * @param stage whether it is a stage
   * @param combinator null for a sum
   */
  record Nested(
      @Nullable String doc,
      boolean override,
      boolean stage,
      Name name,
      @Nullable Combinator combinator,
      @Nullable Gate gate,
      List<Item> items,
      Span span)
      implements Item {
    public Nested {
      items = List.copyOf(items);
    }
  }

  /**
   * How a block's items make one number: {@code product}, {@code stages}, {@code soft_minimum(…)}.
   */
  record Combinator(Name name, List<Expr.Argument> arguments, Span span) {
    public Combinator {
      arguments = List.copyOf(arguments);
    }
  }
}
