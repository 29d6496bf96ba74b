/** The JSON that the command line, servers and editors answer with. */
@NullMarked
package org.rewlang.report;

import org.jspecify.annotations.NullMarked;
