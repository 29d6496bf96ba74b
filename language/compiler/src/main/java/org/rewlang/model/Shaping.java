package org.rewlang.model;

import org.jspecify.annotations.Nullable;

/**
 * A component that pays {@code γΦ' - Φ}, Φ being 0 where an episode terminates.
 *
 * @param of what Φ is made of, as it is written
 * @param potential Φ after the step
 * @param machine whose value Φ is; null of an expression
 */
public record Shaping(
    String name,
    double discount,
    String of,
    Term potential,
    @Nullable Definition machine,
    Definition definition) {}
