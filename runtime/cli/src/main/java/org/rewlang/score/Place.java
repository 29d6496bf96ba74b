package org.rewlang.score;

import org.jspecify.annotations.Nullable;
import org.rewlang.data.Segment;

/**
 * Where a row stands: in its source, and in its episode.
 *
 * @param unit what {@code row} counts
 * @param episode its name in the data (a Long or a String), or null
 * @param step from 0
 */
public record Place(String source, String unit, long row, @Nullable Object episode, long step) {

  static Place of(Segment segment, int row) {
    return new Place(
        segment.source(),
        segment.unit(),
        segment.lines()[row],
        segment.episode(),
        segment.firstStep() + row);
  }

  /** {@code data.jsonl line 12}. */
  public String inSource() {
    return source + " " + unit + " " + row;
  }
}
