package org.rewlang.columns;

import java.util.Arrays;
import org.rewlang.core.Op;
import org.rewlang.schedule.Scope;

/** The rounds of a region, in all rows at once. */
final class Loop {

  private final int rounds;
  private final int[] counts;
  private final int[] indices;
  private final boolean[] spread;
  private final Action start;
  private final Action admitted;
  private final boolean masked;
  private final int where;
  private final int guard;
  private final int mask;

  /**
   * @param guard the rows that need the region
   * @param mask the column that takes those that a round counts in
   */
  Loop(Op.Region region, Places places, Scope<Action> scope, int guard, int mask) {
    rounds = region.rounds();
    int n = region.indices().size();
    counts = region.counts().stream().mapToInt(i -> i).toArray();
    indices = region.indices().stream().mapToInt(places::of).toArray();
    spread = new boolean[n];
    for (int d = 0; d < n; d++) {
      spread[d] = places.isSpread(region.indices().get(d));
    }
    start = Action.all(scope.start());
    admitted = Action.all(scope.admitted());
    masked = region.isMasked();
    where = masked ? places.of(region.where()) : Places.NONE;
    this.guard = guard;
    this.mask = mask;
  }

  /** What is done after a round that counts in some row. */
  interface Each {
    void round(int round);
  }

  /** The column of the rows that a round counts in. */
  int mask() {
    return mask;
  }

  boolean isMasked() {
    return masked;
  }

  void run(Columns c, int n, Each each) {
    for (int round = 0; round < rounds; round++) {
      index(c, n, round);
      start.run(c, n);
      if (masked) {
        if (guard == Places.NONE) {
          System.arraycopy(c.ints[where], 0, c.ints[mask], 0, n);
        } else {
          Kernels.and(c.ints[mask], c.ints[guard], c.ints[where], n);
        }
        if (!Kernels.any(c.ints[mask], n)) {
          continue;
        }
        admitted.run(c, n);
      }
      each.round(round);
    }
  }

  private void index(Columns c, int n, int round) {
    int rest = round;
    for (int d = counts.length - 1; d >= 0; d--) {
      int index = rest % counts[d];
      rest /= counts[d];
      c.ints[indices[d]][0] = index;
      if (spread[d]) {
        Arrays.fill(c.ints[indices[d]], 1, n, index);
      }
    }
  }
}
