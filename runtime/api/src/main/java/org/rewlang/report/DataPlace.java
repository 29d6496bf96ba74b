package org.rewlang.report;

import org.jspecify.annotations.Nullable;

/**
 * Where in the data something was found.
 *
 * @param file as the user named it, or {@code -}
 * @param row the line of a text file, else the row, from 1; 0 for the file as a whole
 * @param column or null
 */
public record DataPlace(String file, long row, @Nullable String column) {}
