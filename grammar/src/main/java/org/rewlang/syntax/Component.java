package org.rewlang.syntax;

import org.jspecify.annotations.Nullable;
import org.rewlang.source.Span;

/**
 * {@code override NAME = VALUE GATE} in a reward block.
 *
 * @param doc the doc comment, or null
 */
public record Component(
    @Nullable String doc, boolean override, Name name, Expr value, @Nullable Gate gate, Span span)
    implements Item {}
