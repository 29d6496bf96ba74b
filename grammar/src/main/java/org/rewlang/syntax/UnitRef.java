package org.rewlang.syntax;

import org.rewlang.source.Span;

/**
 * A unit as written, without angle brackets: {@code m/s^2}, {@code 1/m}, {@code %}.
 *
 * @param angle whether it stood in angle brackets
 */
public record UnitRef(String text, boolean angle, Span span) implements Node {}
