package org.rewlang.score;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.rewlang.data.ExactSum;

/** What is summed up of one column of numbers. Whatever the order and the threads, the same. */
public final class Tally {

  private final ExactSum sum = new ExactSum();
  private final ExactSum magnitude = new ExactSum();
  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;
  private long count;
  private long active;

  /** Takes in a number; NaN stands for null and is left out. */
  void add(double value) {
    if (!Double.isNaN(value)) {
      sum.add(value);
      magnitude.add(Math.abs(value));
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
      count++;
      active += value == 0 ? 0 : 1;
    }
  }

  void add(Tally other) {
    sum.add(other.sum);
    magnitude.add(other.magnitude);
    least = Math.min(least, other.least);
    greatest = Math.max(greatest, other.greatest);
    count += other.count;
    active += other.active;
  }

  /** Back to nothing. */
  void clear() {
    sum.clear();
    magnitude.clear();
    least = Double.POSITIVE_INFINITY;
    greatest = Double.NEGATIVE_INFINITY;
    count = 0;
    active = 0;
  }

  void write(DataOutput out) throws IOException {
    sum.write(out);
    magnitude.write(out);
    out.writeDouble(least);
    out.writeDouble(greatest);
    out.writeLong(count);
    out.writeLong(active);
  }

  static Tally read(DataInput in) throws IOException {
    Tally tally = new Tally();
    tally.sum.read(in);
    tally.magnitude.read(in);
    tally.least = in.readDouble();
    tally.greatest = in.readDouble();
    tally.count = in.readLong();
    tally.active = in.readLong();
    return tally;
  }

  /** NaN where there is no number at all, as are the others below. */
  public double mean() {
    return count == 0 ? Double.NaN : sum.value() / count;
  }

  public double min() {
    return count == 0 ? Double.NaN : least;
  }

  public double max() {
    return count == 0 ? Double.NaN : greatest;
  }

  /** The fraction of numbers that are not 0. */
  public double active() {
    return count == 0 ? Double.NaN : (double) active / count;
  }

  /** The sum of magnitudes, for shares. */
  ExactSum magnitude() {
    return magnitude;
  }

  /** How many numbers there are. */
  public long count() {
    return count;
  }
}
