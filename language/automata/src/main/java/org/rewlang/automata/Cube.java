package org.rewlang.automata;

import java.util.BitSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Some variables' values: what it takes to get to a leaf. The others don't matter. */
public record Cube(BitSet yes, BitSet no) {

  public boolean isTrue(int variable) {
    return yes.get(variable);
  }

  /**
   * The values to a wanted leaf with the fewest true variables, then the fewest false ones, then
   * false before true from the first variable on; or null if no leaf is wanted.
   */
  public static @Nullable Cube simplest(Diagrams diagrams, int diagram, IntPredicate wanted) {
    IntMap costs = new IntMap();
    if (cost(diagrams, diagram, wanted, costs) >= NEVER) {
      return null;
    }
    BitSet yes = new BitSet();
    BitSet no = new BitSet();
    while (!Diagrams.isLeaf(diagram)) {
      int low = diagrams.low(diagram);
      int high = diagrams.high(diagram);
      boolean up =
          cost(diagrams, high, wanted, costs) + TRUE_COST
              < cost(diagrams, low, wanted, costs) + FALSE_COST;
      (up ? yes : no).set(diagrams.variable(diagram));
      diagram = up ? high : low;
    }
    return new Cube(yes, no);
  }

  private static final int FALSE_COST = 1;
  private static final int TRUE_COST = 1 << 14;
  private static final int NEVER = 1 << 29;

  private static int cost(Diagrams diagrams, int diagram, IntPredicate wanted, IntMap costs) {
    if (Diagrams.isLeaf(diagram)) {
      return wanted.test(Diagrams.number(diagram)) ? 0 : NEVER;
    }
    int cost = costs.get(diagram);
    if (cost == IntMap.NONE) {
      int low = cost(diagrams, diagrams.low(diagram), wanted, costs) + FALSE_COST;
      int high = cost(diagrams, diagrams.high(diagram), wanted, costs) + TRUE_COST;
      cost = Math.min(NEVER, Math.min(low, high));
      costs.put(diagram, cost);
    }
    return cost;
  }
}
