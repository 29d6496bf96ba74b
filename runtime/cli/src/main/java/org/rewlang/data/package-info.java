/** Data in and out: rows in episodes from files and queries, tables to files, exact sums. */
@NullMarked
package org.rewlang.data;

import org.jspecify.annotations.NullMarked;
