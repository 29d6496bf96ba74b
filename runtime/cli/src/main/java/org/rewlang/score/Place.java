package org.rewlang.score;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;
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

  void write(DataOutput out) throws IOException {
    Texts.write(out, source);
    Texts.write(out, unit);
    out.writeLong(row);
    out.writeBoolean(episode instanceof Long);
    Texts.write(out, episode == null ? null : episode.toString());
    out.writeLong(step);
  }

  static Place read(DataInput in) throws IOException {
    String source = Objects.requireNonNull(Texts.read(in));
    String unit = Objects.requireNonNull(Texts.read(in));
    long row = in.readLong();
    boolean numbered = in.readBoolean();
    String name = Texts.read(in);
    Object episode = numbered && name != null ? (Object) Long.parseLong(name) : name;
    return new Place(source, unit, row, episode, in.readLong());
  }

  /** {@code data.jsonl line 12}. */
  public String inSource() {
    return source + " " + unit + " " + row;
  }
}
