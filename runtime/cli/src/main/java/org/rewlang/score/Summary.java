package org.rewlang.score;

import java.util.List;
import java.util.Map;
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
 * @param undefined by component, the total last: the first row in which it had no value
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
    @Nullable String firstFailure,
    Map<Integer, Place> undefined) {

  public Summary {
    components = List.copyOf(components);
    rewards = List.copyOf(rewards);
    tallies = List.copyOf(tallies);
    undefined = Map.copyOf(undefined);
  }

  /** The first row in which a component had no value; null if it always had one. */
  public @Nullable Place firstUndefined(int component) {
    return undefined.get(component);
  }

  /** The first row in which the total had no value; null if it always had one. */
  public @Nullable Place firstUndefinedTotal() {
    return undefined.get(components.size() + rewards.size());
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
