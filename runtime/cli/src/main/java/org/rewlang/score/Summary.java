package org.rewlang.score;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.OutputInfo;
import org.rewlang.data.ExactSum;

/**
 * What scoring some data came to.
 *
 * @param failedRows rows left out because their evaluation failed
 * @param successes episodes of which some row succeeds
 * @param components in column order, each with its tally in {@code tallies}
 * @param firstFailure where the first row left out stands, and why, or null
 */
public record Summary(
    long rows,
    long episodes,
    long failedRows,
    long successes,
    List<OutputInfo> components,
    List<Tally> tallies,
    Tally total,
    @Nullable String firstFailure) {

  public Summary {
    components = List.copyOf(components);
    tallies = List.copyOf(tallies);
  }

  /** Each component's part of all that was paid, in magnitude; NaN if nothing was. */
  public double share(int component) {
    ExactSum all = new ExactSum();
    tallies.forEach(t -> all.add(t.magnitude()));
    double whole = all.value();
    return whole == 0 ? Double.NaN : tallies.get(component).magnitude().value() / whole;
  }
}
