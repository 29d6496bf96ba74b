/**
 * Runs core programs as trees of Truffle nodes: one node class per operation, compiled by Graal
 * where it can be had and interpreted anywhere else.
 *
 * <p>From a program to a number: {@link org.rewlang.truffle.TruffleEngine} has a {@link
 * org.rewlang.schedule.Schedule} say where each value is computed and a {@code BodyBuilder} make
 * nodes of it; the result is the {@code StepRoot} behind an {@link org.rewlang.engine.Evaluator}.
 */
@NullMarked
package org.rewlang.truffle;

import org.jspecify.annotations.NullMarked;
