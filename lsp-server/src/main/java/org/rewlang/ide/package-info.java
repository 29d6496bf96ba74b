/**
 * What an editor shows, as plain data: features are functions of a {@link
 * org.rewlang.ide.Snapshot}, in offsets and spans; no protocol is known here.
 */
@NullMarked
package org.rewlang.ide;

import org.jspecify.annotations.NullMarked;
