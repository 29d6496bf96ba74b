/** The command line: {@code rew check}, {@code rew score} and the others, one class each. */
@NullMarked
package org.rewlang.cli;

import org.jspecify.annotations.NullMarked;
