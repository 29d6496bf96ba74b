/**
 * The core: the typed step function that every engine runs, and nothing else. Scalar static single
 * assignment with counted regions over flat state; plain data, with a text form of its own.
 *
 * <p>The design and what it rules out: {@code docs/adr/0001-core.md}.
 */
@NullMarked
package org.rewlang.core;

import org.jspecify.annotations.NullMarked;
