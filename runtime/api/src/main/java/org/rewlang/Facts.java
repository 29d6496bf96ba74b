package org.rewlang;

/**
 * What the compiler knows about a program's cost.
 *
 * @param stateBytes of one lane
 * @param operations of one step, at most
 * @param needsReset whether an episode can only start from a reset observation
 */
public record Facts(long stateBytes, long operations, boolean needsReset) {}
