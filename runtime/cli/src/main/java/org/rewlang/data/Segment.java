package org.rewlang.data;

import java.util.Arrays;
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

  /** How many bytes its numbers take. */
  public long bytes() {
    return 8L * (values.length + lines.length);
  }

  /** A checksum of all that was read, and of what came before. */
  public long checksum(long before) {
    long sum = mix(before, rows);
    sum = mix(sum, (starts ? 1 : 0) + (ends == null ? 0 : 2 + 2 * ends.ordinal()));
    sum = mix(sum, episode == null ? 0 : episode.hashCode());
    sum = mix(sum, observationLine);
    sum = observation == null ? sum : mix(sum, observation);
    sum = present == null ? sum : mix(sum, Arrays.hashCode(present));
    for (int i = 0; i < rows; i++) {
      sum = mix(sum, lines[i]);
    }
    return mix(sum, values);
  }

  private static long mix(long sum, double[] numbers) {
    long mixed = sum;
    for (int i = 0; i < numbers.length; i++) {
      mixed = mix(mixed, Double.doubleToRawLongBits(numbers[i]));
    }
    return mixed;
  }

  /** Each number changes the sum, and so does their order. */
  private static long mix(long sum, long number) {
    long mixed = (sum ^ number) * 0x9E3779B97F4A7C15L;
    return mixed ^ mixed >>> 32;
  }

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
