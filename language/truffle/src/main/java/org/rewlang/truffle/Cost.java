package org.rewlang.truffle;

import org.rewlang.core.Block;
import org.rewlang.core.Op;
import org.rewlang.core.Regions;
import org.rewlang.core.Stmt;

/** How much work a block is. */
final class Cost {

  private Cost() {}

  /** Operations, those of regions as often as they run and one more a round. */
  static long of(Block block) {
    long cost = 0;
    for (Stmt stmt : block.statements()) {
      Op.Region region = Regions.of(stmt.op());
      cost += region == null ? 1 : 1 + region.rounds() * (of(region.body()) + 1);
    }
    return cost;
  }
}
