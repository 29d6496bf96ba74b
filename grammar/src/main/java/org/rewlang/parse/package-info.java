/** Text to syntax tree and diagnostics. The only package that knows ANTLR. */
@NullMarked
package org.rewlang.parse;

import org.jspecify.annotations.NullMarked;
