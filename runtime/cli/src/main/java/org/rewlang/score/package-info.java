/** Scores episodes of data in parallel, with results that don't depend on how. */
@NullMarked
package org.rewlang.score;

import org.jspecify.annotations.NullMarked;
