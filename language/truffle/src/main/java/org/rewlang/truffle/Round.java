package org.rewlang.truffle;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.Node;

/** What a region does in a {@link Loop}. */
abstract class Round extends Node {

  /** Comes before the first round. */
  abstract void start(VirtualFrame frame);

  /**
   * One round, the indices set.
   *
   * @param round counts from 0
   */
  abstract void run(VirtualFrame frame, int round);
}
