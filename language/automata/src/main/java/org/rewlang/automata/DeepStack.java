package org.rewlang.automata;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Room for operations on diagrams, which recurse as deep as there are variables: a formula's
 * windows make one for each position.
 */
final class DeepStack {

  /** Deeper than this a usual stack may not do. */
  private static final int SHALLOW = 300;

  /** Of address space; memory is taken as it is used. */
  private static final long BYTES = 256L << 20;

  private DeepStack() {}

  /** Does the work with room enough for a formula. */
  static <T> T withRoomFor(Formula formula, Supplier<T> work) {
    if (formula.windowLength() <= SHALLOW) {
      return work.get();
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    Runnable run =
        () -> {
          try {
            result.complete(work.get());
          } catch (Throwable e) {
            // Whatever it is belongs to the one who waits.
            result.completeExceptionally(e);
          }
        };
    Thread.ofPlatform().name("automata").stackSize(BYTES).start(run);
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Meter.Exceeded exceeded) {
        throw exceeded;
      }
      throw e;
    }
  }
}
