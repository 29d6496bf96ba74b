/**
 * The syntax tree: what was written, nothing more. Sealed interfaces and records, each with its
 * span; no names resolved, no types known, no sugar removed.
 */
@NullMarked
package org.rewlang.syntax;

import org.jspecify.annotations.NullMarked;
