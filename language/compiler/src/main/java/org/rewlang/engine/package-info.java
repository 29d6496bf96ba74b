/** What an engine is: a way to run a core program on caller-owned memory. */
@NullMarked
package org.rewlang.engine;

import org.jspecify.annotations.NullMarked;
