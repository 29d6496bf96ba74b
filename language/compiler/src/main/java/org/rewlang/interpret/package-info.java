/**
 * The reference interpreter: short, not compiled, obviously right. What it computes is what a core
 * program means; every other engine is compared with it.
 */
@NullMarked
package org.rewlang.interpret;

import org.jspecify.annotations.NullMarked;
