/** What a checked program can be known to do without running it: ranges of values, and lints. */
@NullMarked
package org.rewlang.analysis;

import org.jspecify.annotations.NullMarked;
