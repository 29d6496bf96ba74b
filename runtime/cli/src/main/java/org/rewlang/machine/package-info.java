/** Machines and formulas of programs as people name them: drawn, compared, brought in and out. */
@NullMarked
package org.rewlang.machine;

import org.jspecify.annotations.NullMarked;
