package org.rewlang.core;

/**
 * The most a program may cost. A hostile program can waste this much and no more.
 *
 * @param operations of one step or reset
 * @param stateBytes of one lane
 * @param values in the text of the program, whatever their use
 * @param elements of any one array
 * @param depth of nested regions
 */
public record Limits(long operations, long stateBytes, int values, int elements, int depth) {

  public static final Limits DEFAULT = new Limits(100_000_000, 64L << 20, 1_000_000, 4_000_000, 32);
}
