/**
 * Runs core programs as bytecode of the JVM, compiled by it like any Java: no library, no flag.
 *
 * <p>From a program to a number: {@link org.rewlang.code.ProgramCode} has its statements; {@code
 * Methods} cuts them into methods short enough to be compiled; {@code Emitter} writes each; {@code
 * ClassBuilder} makes a hidden class of them, which is called as a {@code Steps}.
 */
@NullMarked
package org.rewlang.bytecode;

import org.jspecify.annotations.NullMarked;
