/**
 * A body as statements over variables and five flat arrays: the core as a machine runs it. Each
 * value stands where {@link org.rewlang.schedule.Schedule} puts it. Engines that compile a step
 * translate statement by statement and decide nothing about order.
 */
@NullMarked
package org.rewlang.code;

import org.jspecify.annotations.NullMarked;
