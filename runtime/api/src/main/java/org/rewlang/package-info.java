/**
 * Rew in a Java program: compile a reward once, then ask it at every step.
 *
 * <p>{@link org.rewlang.RewardEngine} compiles text to an immutable {@link org.rewlang.Reward}, of
 * which any number of {@link org.rewlang.Episode episodes} (or {@link org.rewlang.Lanes lanes})
 * run, each on one thread at a time.
 */
@NullMarked
package org.rewlang;

import org.jspecify.annotations.NullMarked;
