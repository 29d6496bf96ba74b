package org.rewlang.truffle;

import com.oracle.truffle.api.nodes.Node;

/**
 * A node that has no parent yet.
 *
 * @param height the longest way down, which is how deep execution recurses
 * @param size how many operations
 */
record Tree<N extends Node>(N node, int height, int size) {

  static <N extends Node> Tree<N> leaf(N node) {
    return new Tree<>(node, 1, 1);
  }

  /** {@code node}, made of {@code parts}. */
  static <N extends Node> Tree<N> join(N node, Tree<?>... parts) {
    int height = 0;
    int size = 1;
    for (Tree<?> part : parts) {
      height = Math.max(height, part.height);
      size += part.size;
    }
    return new Tree<>(node, height + 1, size);
  }
}
