/**
 * Where an engine that compiles is to compute each value of a body: in the arm or the round that
 * needs it, and which reductions share a loop. It says nothing of what code an engine makes.
 */
@NullMarked
package org.rewlang.schedule;

import org.jspecify.annotations.NullMarked;
