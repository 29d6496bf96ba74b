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
 * @param rewards coordinates of a vector reward, whose tallies follow those of the components
 * @param firstFailure where the first row left out stands, and why, or null
 */
public record Summary(
    long rows,
    long episodes,
    long failedRows,
    long successes,
    List<OutputInfo> components,
    List<OutputInfo> rewards,
    List<Tally> tallies,
    Tally total,
    @Nullable String firstFailure) {

  public Summary {
    components = List.copyOf(components);
    rewards = List.copyOf(rewards);
    tallies = List.copyOf(tallies);
  }

  /** What a coordinate of a vector reward came to. */
  public Tally reward(int coordinate) {
    return tallies.get(components.size() + coordinate);
  }

  /** Each component's part of all that was paid, in magnitude; NaN if nothing was. */
  public double share(int component) {
    ExactSum all = new ExactSum();
    tallies.subList(0, components.size()).forEach(t -> all.add(t.magnitude()));
    double whole = all.value();
    return whole == 0 ? Double.NaN : tallies.get(component).magnitude().value() / whole;
  }
}
