/** One layout for all programs: source to formatted source. */
@NullMarked
package org.rewlang.format;

import org.jspecify.annotations.NullMarked;
