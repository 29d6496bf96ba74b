/** The whole way from a text to the core in one call, and the tests that a program carries. */
@NullMarked
package org.rewlang.compile;

import org.jspecify.annotations.NullMarked;
