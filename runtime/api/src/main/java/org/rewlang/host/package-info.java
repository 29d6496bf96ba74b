/** What stands under the public API: input layouts and their checks, records, failed steps. */
@NullMarked
package org.rewlang.host;

import org.jspecify.annotations.NullMarked;
