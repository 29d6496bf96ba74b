/**
 * Runs core programs as trees of Truffle nodes: one node class per operation, compiled by Graal
 * where it can be had and interpreted anywhere else.
 *
 * <p>From a program to a number: {@link org.rewlang.code.ProgramCode} has its statements, each
 * value at its place; {@code Translation} makes nodes of them; the result is the {@code StepRoot}
 * behind an {@link org.rewlang.engine.Evaluator}.
 */
@NullMarked
package org.rewlang.truffle;

import org.jspecify.annotations.NullMarked;
