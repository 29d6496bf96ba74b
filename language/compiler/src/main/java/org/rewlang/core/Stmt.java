package org.rewlang.core;

import java.util.List;

/**
 * Defines its results, each id once in the program. All but {@link Op.Fold} have one.
 *
 * @param origin the text it comes from
 */
public record Stmt(List<Integer> results, Op op, Origin origin) {

  public Stmt {
    results = List.copyOf(results);
  }

  /** The only result. */
  public int result() {
    return results.getFirst();
  }
}
