/**
 * A text, its name and its lines; spans as half-open offset ranges; offsets to lines and columns.
 */
@NullMarked
package org.rewlang.source;

import org.jspecify.annotations.NullMarked;
