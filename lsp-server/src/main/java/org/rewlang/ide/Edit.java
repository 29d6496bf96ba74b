package org.rewlang.ide;

import org.rewlang.source.Span;

/** One replacement in a document. */
public record Edit(Span span, String replacement) {}
