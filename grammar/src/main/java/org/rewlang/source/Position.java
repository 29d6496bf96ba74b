package org.rewlang.source;

/**
 * A place in a text.
 *
 * @param offset UTF-16 units from the start, from 0
 * @param line from 1
 * @param column in code points, from 1
 */
public record Position(int offset, int line, int column) {}
