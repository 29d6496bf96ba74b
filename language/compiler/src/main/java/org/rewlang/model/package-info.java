/**
 * The checked program: what the checker knows and the lowering needs. Names are resolved, functions
 * inlined, units converted, gates and blocks desugared; what is left are {@link
 * org.rewlang.model.Term terms} over tensors, with types and places.
 */
@NullMarked
package org.rewlang.model;

import org.jspecify.annotations.NullMarked;
