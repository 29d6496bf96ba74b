/**
 * Decision diagrams, temporal formulas on words, and the automata they denote: plain data that
 * knows nothing of Rew. Atoms are numbers.
 *
 * <p>The design and what it rules out: {@code docs/adr/0008-time.md}.
 */
@NullMarked
package org.rewlang.automata;

import org.jspecify.annotations.NullMarked;
