/**
 * Derivatives as a lowering of the core: a program becomes one that also computes how its results
 * change with its inputs and parameters, and every engine runs it as any other.
 *
 * <p>The design and what it rules out: {@code docs/adr/0012-gradients.md}.
 */
@NullMarked
package org.rewlang.gradient;

import org.jspecify.annotations.NullMarked;
