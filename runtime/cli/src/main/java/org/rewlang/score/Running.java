package org.rewlang.score;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.rewlang.OutputInfo;
import org.rewlang.Reward;
import org.rewlang.core.Output;
import org.rewlang.data.Segment;

/** An episode being scored, perhaps over several segments: its state, and its sums so far. */
final class Running {

  private final OutputInfo[] summed;
  private final int total;
  private final int totals;
  private final int[] successes;
  private final int[] failures;
  private final double[] sums;
  private final int[] formulas;
  private final double[] verdicts;
  private double sum;
  private long length;
  private boolean succeeded;
  private boolean failed;

  /** Between segments, the state of the program. */
  private double[] state = {};

  Running(Reward reward) {
    summed =
        Stream.concat(reward.components().stream(), reward.rewards().stream())
            .toArray(OutputInfo[]::new);
    total =
        reward.outputs(Output.Role.TOTAL).stream()
            .mapToInt(OutputInfo::offset)
            .findFirst()
            .orElse(-1);
    totals = reward.outputs(Output.Role.TOTAL).stream().mapToInt(OutputInfo::size).sum();
    successes = offsets(reward, Output.Role.SUCCESS);
    failures = offsets(reward, Output.Role.FAILURE);
    sums = new double[summed.length];
    formulas =
        reward.outputs(Output.Role.VERDICT).stream()
            .flatMapToInt(o -> IntStream.range(o.offset(), o.offset() + o.size()))
            .toArray();
    verdicts = new double[formulas.length];
  }

  private static int[] offsets(Reward reward, Output.Role role) {
    return reward.outputs(role).stream().mapToInt(OutputInfo::offset).toArray();
  }

  /** Begins an episode. */
  void begin() {
    Arrays.fill(sums, 0);
    Arrays.fill(verdicts, Double.NaN);
    sum = 0;
    length = 0;
    succeeded = false;
    failed = false;
  }

  double[] state() {
    return state;
  }

  void keep(double[] of) {
    state = of;
  }

  /** Another, where this one is now. */
  Running copy(Reward reward) {
    Running copy = new Running(reward);
    System.arraycopy(sums, 0, copy.sums, 0, sums.length);
    System.arraycopy(verdicts, 0, copy.verdicts, 0, verdicts.length);
    copy.state = state.clone();
    copy.sum = sum;
    copy.length = length;
    copy.succeeded = succeeded;
    copy.failed = failed;
    return copy;
  }

  /** Writes down where it is, for {@link #read}. */
  void write(DataOutput out) throws IOException {
    for (double[] numbers : List.of(sums, verdicts, state)) {
      out.writeInt(numbers.length);
      for (double number : numbers) {
        out.writeLong(Double.doubleToRawLongBits(number));
      }
    }
    out.writeDouble(sum);
    out.writeLong(length);
    out.writeBoolean(succeeded);
    out.writeBoolean(failed);
  }

  /** An episode of the program, where it was when it was written down. */
  static Running read(Reward reward, DataInput in) throws IOException {
    Running running = new Running(reward);
    System.arraycopy(numbers(in), 0, running.sums, 0, running.sums.length);
    System.arraycopy(numbers(in), 0, running.verdicts, 0, running.verdicts.length);
    running.state = numbers(in);
    running.sum = in.readDouble();
    running.length = in.readLong();
    running.succeeded = in.readBoolean();
    running.failed = in.readBoolean();
    return running;
  }

  private static double[] numbers(DataInput in) throws IOException {
    double[] numbers = new double[in.readInt()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Double.longBitsToDouble(in.readLong());
    }
    return numbers;
  }

  /** Takes in the results of a row, from {@code results[at]} on. */
  void add(double[] results, int at, List<Tally> tallies) {
    for (int c = 0; c < summed.length; c++) {
      sums[c] += sum(results, at + summed[c].offset(), summed[c].size(), tallies.get(c));
    }
    if (total >= 0) {
      sum += sum(results, at + total, totals, tallies.getLast());
    }
    succeeded |= any(results, at, successes);
    failed |= any(results, at, failures);
    for (int f = 0; f < formulas.length; f++) {
      verdicts[f] = results[at + formulas[f]];
    }
    length++;
  }

  /** A row that is left out. */
  void skip() {
    Arrays.fill(verdicts, Double.NaN);
    length++;
  }

  /** Rows left out. */
  static final class Skipped {
    private final Place first;
    private final String why;
    private final Map<Integer, Place> undefined = new HashMap<>();
    private long rows;

    Skipped(Place first, String why) {
      this.first = first;
      this.why = why;
    }

    /** Another row, and the columns that had no value in it. */
    void add(Place place, List<Integer> columns) {
      rows++;
      columns.forEach(column -> undefined.putIfAbsent(column, place));
    }

    long rows() {
      return rows;
    }

    /** The first of them, and why. */
    String first() {
      return first.inSource() + ": " + why;
    }

    /** By component, the total last: the first row in which it had no value. */
    Map<Integer, Place> undefined() {
      return undefined;
    }
  }

  /** The places among the tallies of results, the total's is the last; others have none. */
  List<Integer> columns(List<OutputInfo> outputs) {
    return outputs.stream()
        .map(o -> o.offset() == total ? summed.length : Arrays.asList(summed).indexOf(o))
        .filter(column -> column >= 0)
        .toList();
  }

  /** The sum over all agents, where each has one. */
  private static double sum(double[] row, int from, int size, Tally tally) {
    double sum = 0;
    for (int i = from; i < from + size; i++) {
      tally.add(row[i]);
      sum += Double.isNaN(row[i]) ? 0 : row[i];
    }
    return sum;
  }

  private static boolean any(double[] row, int at, int[] offsets) {
    for (int offset : offsets) {
      if (row[at + offset] == 1) {
        return true;
      }
    }
    return false;
  }

  private double[] ended(Segment.Ending ending) {
    return ending == Segment.Ending.TERMINATED
        ? Arrays.stream(verdicts).map(Verdicts::closed).toArray()
        : verdicts.clone();
  }

  Whole end(Segment segment, Segment.Ending ending) {
    return new Whole(
        segment.source(),
        segment.episode(),
        sum,
        length,
        succeeded,
        failed,
        ending,
        sums.clone(),
        ended(ending));
  }
}
