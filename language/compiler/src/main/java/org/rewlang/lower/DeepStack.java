package org.rewlang.lower;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Runs what recurses over a program on a stack of its own. A function that is written out in
 * another nests its text in the other's, so terms nest some thousands deep, which the caller's
 * stack may not hold. Only what is used of the stack takes memory. What already runs on such a
 * stack stays there.
 */
public final class DeepStack {

  private static final long BYTES = 1L << 29;

  private static final class Deep extends Thread {
    Deep(Runnable task, String name) {
      super(null, task, name, BYTES);
      setDaemon(true);
    }
  }

  private DeepStack() {}

  /** What {@code task} gives or throws. */
  public static <T> T call(String name, Supplier<T> task) {
    if (Thread.currentThread() instanceof Deep) {
      return task.get();
    }
    FutureTask<T> result = new FutureTask<>(task::get);
    new Deep(result, name).start();
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException problem -> throw problem;
        case Error problem -> throw problem;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }
}
