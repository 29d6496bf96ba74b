/**
 * Runs core programs on blocks of lanes: loops over operations outside, over lanes inside. Nothing
 * is compiled; each operation is a loop over columns that the JVM knows already.
 */
@NullMarked
package org.rewlang.columns;

import org.jspecify.annotations.NullMarked;
