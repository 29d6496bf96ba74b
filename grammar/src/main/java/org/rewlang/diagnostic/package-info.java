/** Diagnostics as data: the record, its codes, its fixes, and the renderings of it. */
@NullMarked
package org.rewlang.diagnostic;

import org.jspecify.annotations.NullMarked;
