/** What {@code rew ltl} says of formulas: automata, verdicts, words, and the truth on a trace. */
@NullMarked
package org.rewlang.ltl;

import org.jspecify.annotations.NullMarked;
