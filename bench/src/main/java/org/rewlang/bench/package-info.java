/** Benchmarks: ratios within one run, against code written by hand. */
@NullMarked
package org.rewlang.bench;

import org.jspecify.annotations.NullMarked;
