/** The Language Server Protocol: messages in, features of {@code org.rewlang.ide}, messages out. */
@NullMarked
package org.rewlang.lsp;

import org.jspecify.annotations.NullMarked;
