package org.rewlang.data;

import org.jspecify.annotations.Nullable;

/**
 * Rows of one episode of one source, in order: all of it, or a part of a long one.
 *
 * @param source the name of the file or query
 * @param unit what {@code lines} count
 * @param starts whether the episode begins here
 * @param ends how the episode ends here, or null if it goes on
 * @param episode its name in the data (a Long or a String), or null
 * @param observation its reset observation, if it starts here with one
 * @param present which inputs the observation has
 * @param rows how many steps
 * @param values the inputs of the steps, one after the other
 * @param lines where the steps stand in the source
 * @param firstStep the number of the first step within its episode
 */
public record Segment(
    String source,
    String unit,
    boolean starts,
    @Nullable Ending ends,
    @Nullable Object episode,
    double @Nullable [] observation,
    boolean @Nullable [] present,
    long observationLine,
    int rows,
    double[] values,
    long[] lines,
    long firstStep) {

  /** How an episode ended. */
  public enum Ending {
    TERMINATED,
    TRUNCATED,
    /** The data says neither: the next episode begins, or the file is over. */
    DATA;

    /** As it is written in tables. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
