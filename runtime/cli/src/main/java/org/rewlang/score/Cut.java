package org.rewlang.score;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.rewlang.Reward;

/**
 * Where scoring stood behind a batch: all that another run needs to go on from there. Where batches
 * end depends on the program and the data, not on threads or time.
 */
public final class Cut {

  private final Reward reward;
  private final long batches;
  private final long checksum;
  private final Totals totals;
  private final @Nullable Running open;

  /**
   * @param checksum of the data so far
   * @param open the episode that goes on, or null
   */
  Cut(Reward reward, long batches, long checksum, Totals totals, @Nullable Running open) {
    this.reward = reward;
    this.batches = batches;
    this.checksum = checksum;
    this.totals = totals;
    this.open = open;
  }

  /** Writes it down, for {@link #read}. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(batches);
    out.writeLong(checksum);
    totals.write(out);
    out.writeBoolean(open != null);
    if (open != null) {
      open.write(out);
    }
  }

  /** A cut of the same program that was written down. */
  public static Cut read(Reward reward, DataInput in) throws IOException {
    long batches = in.readLong();
    long checksum = in.readLong();
    Totals totals = Totals.read(reward, in);
    Running open = in.readBoolean() ? Running.read(reward, in) : null;
    return new Cut(reward, batches, checksum, totals, open);
  }

  long batches() {
    return batches;
  }

  long checksum() {
    return checksum;
  }

  Totals totals() {
    return totals;
  }

  @Nullable Running open() {
    return open;
  }

  /** How many rows lie before it. */
  public long rows() {
    return totals.rows();
  }

  /** What they came to. */
  public Summary summary() {
    return totals.summary(reward);
  }
}
