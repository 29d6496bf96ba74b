/**
 * From the checked program to the core. An array expression is a function from index to scalar,
 * computed inside the loop that consumes it; only one that is used again at real cost, or is state,
 * becomes memory.
 */
@NullMarked
package org.rewlang.lower;

import org.jspecify.annotations.NullMarked;
