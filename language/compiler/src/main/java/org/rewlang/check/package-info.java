/**
 * From the syntax tree to the checked program, or to diagnostics: names, types, shapes, units,
 * time.
 *
 * <p>{@link org.rewlang.check.Checker} is the way in. Each declaration is checked when it is first
 * needed, once; an erroneous one has an error type that absorbs what is done with it, so that an
 * error is reported where it is and nowhere else.
 */
@NullMarked
package org.rewlang.check;

import org.jspecify.annotations.NullMarked;
