package org.rewlang.score;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rewlang.Episode;
import org.rewlang.OutputInfo;
import org.rewlang.Reward;
import org.rewlang.RewardEvaluationException;
import org.rewlang.core.Output;
import org.rewlang.data.Segment;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;

/** An episode being scored, perhaps over several segments: its state, and its sums so far. */
final class Running {

  private final Episode episode;
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

  Running(Reward reward) {
    episode = reward.newReplay();
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

  /** How many numbers a row of results is. */
  int width() {
    return episode.outputSize();
  }

  private static int[] offsets(Reward reward, Output.Role role) {
    return reward.outputs(role).stream().mapToInt(OutputInfo::offset).toArray();
  }

  /** Begins the episode of a segment that starts one. */
  void begin(Segment segment) {
    Arrays.fill(sums, 0);
    Arrays.fill(verdicts, Double.NaN);
    sum = 0;
    length = 0;
    succeeded = false;
    failed = false;
    double[] observation = segment.observation();
    boolean[] present = segment.present();
    if (observation == null || present == null) {
      episode.reset();
    } else {
      episode.reset(observation, present);
    }
  }

  /**
   * Runs a segment's rows, results going to {@code outputs}, one row after the other.
   *
   * @param skip whether a failed row is left out, its results NaN, instead of ending all
   * @return the rows left out, with the reason of the first; null if there are none
   */
  @Nullable Skipped run(
      Segment segment, double[] outputs, boolean[] left, boolean skip, List<Tally> tallies) {
    int width = segment.rows() == 0 ? 0 : segment.values().length / segment.lines().length;
    int size = episode.outputSize();
    double[] row = new double[size];
    double[] inputs = new double[width];
    Skipped skipped = null;
    for (int r = 0; r < segment.rows(); r++) {
      System.arraycopy(segment.values(), r * width, inputs, 0, width);
      try {
        double unused = episode.step(inputs);
        episode.values(row);
        System.arraycopy(row, 0, outputs, r * size, size);
        tally(row, tallies);
      } catch (RewardEvaluationException e) {
        Diagnostic why = e.diagnostics().getFirst();
        if (!skip || why.code() == Code.REQUIREMENT_FAILED) {
          throw new RowFailure(segment.source(), segment.unit(), segment.lines()[r], why);
        }
        Arrays.fill(outputs, r * size, (r + 1) * size, Double.NaN);
        left[r] = true;
        skipped = skipped == null ? new Skipped(Place.of(segment, r), why.message()) : skipped;
        skipped.rows++;
        for (OutputInfo undefined : episode.undefined()) {
          int column = column(undefined);
          if (column >= 0) {
            skipped.undefined.putIfAbsent(column, Place.of(segment, r));
          }
        }
      }
      for (int f = 0; f < formulas.length; f++) {
        verdicts[f] = outputs[r * size + formulas[f]];
      }
      length++;
    }
    return skipped;
  }

  /** Rows left out. */
  static final class Skipped {
    private final Place first;
    private final String why;
    private final Map<Integer, Place> undefined = new HashMap<>();
    private long rows;

    private Skipped(Place first, String why) {
      this.first = first;
      this.why = why;
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

  /** A component's place among the tallies, the total's is the last; -1 for other results. */
  private int column(OutputInfo output) {
    if (output.offset() == total) {
      return summed.length;
    }
    return Arrays.asList(summed).indexOf(output);
  }

  private void tally(double[] row, List<Tally> tallies) {
    for (int c = 0; c < summed.length; c++) {
      sums[c] += sum(row, summed[c].offset(), summed[c].size(), tallies.get(c));
    }
    if (total >= 0) {
      sum += sum(row, total, totals, tallies.getLast());
    }
    succeeded |= any(row, successes);
    failed |= any(row, failures);
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

  private static boolean any(double[] row, int[] offsets) {
    for (int offset : offsets) {
      if (row[offset] == 1) {
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
