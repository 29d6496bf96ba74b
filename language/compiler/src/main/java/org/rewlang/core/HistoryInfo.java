package org.rewlang.core;

/**
 * The last {@code length} values pushed, empty after a reset. Oldest to newest is its canonical
 * order; a ring is an engine's own affair.
 *
 * @param type of one value, scalar or array
 */
public record HistoryInfo(String name, Type type, int length) {}
