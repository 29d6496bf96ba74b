package org.rewlang.example;

import org.rewlang.RewardEngine;

/** Runs the example, which lives in {@code examples/embedding}. */
public final class CartRun {

  private CartRun() {}

  /** The return of an episode on an engine. */
  public static double sum(String engine) {
    return Cart.run(RewardEngine.create(engine), 500);
  }
}
