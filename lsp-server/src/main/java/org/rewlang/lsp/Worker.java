package org.rewlang.lsp;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.lsp4j.jsonrpc.CancelChecker;
import org.eclipse.lsp4j.jsonrpc.CompletableFutures;
import org.jspecify.annotations.Nullable;

/**
 * The one thread on which programs are checked and requests answered, in the order in which they
 * came. Changes only replace texts, so whatever runs here sees the newest of each.
 */
final class Worker {

  /**
   * Deep nesting is refused by the parser, but what it allows goes through every later phase, too.
   */
  private static final long STACK = 16L << 20;

  private final ScheduledThreadPoolExecutor executor;
  private final Log log;
  private @Nullable Future<?> pending;

  Worker(Log log) {
    this.log = log;
    executor =
        new ScheduledThreadPoolExecutor(
            1, work -> Thread.ofPlatform().name("rew").daemon().stackSize(STACK).unstarted(work));
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Runs {@code work} after a while; a later call replaces one that still waits. */
  synchronized void debounce(Duration delay, Runnable work) {
    if (executor.isShutdown()) {
      return;
    }
    if (pending != null) {
      pending.cancel(false);
    }
    pending =
        executor.schedule(
            () -> {
              try {
                work.run();
              } catch (RuntimeException | Error e) {
                log.failure("checking", e);
              }
            },
            delay.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** The answer of a feature; an empty one where the feature fails. */
  <T> CompletableFuture<T> answer(
      String feature, @Nullable T empty, Function<CancelChecker, T> work) {
    if (executor.isShutdown()) {
      return CompletableFuture.completedFuture(empty);
    }
    return CompletableFutures.computeAsync(
        executor,
        cancel -> {
          try {
            cancel.checkCanceled();
            return work.apply(cancel);
          } catch (CancellationException e) {
            throw e;
          } catch (RuntimeException | Error e) {
            log.failure(feature, e);
            return empty;
          }
        });
  }

  /** Drops what waits. What runs is left in peace: interrupted, it might leave half a message. */
  void stop() {
    executor.shutdown();
  }
}
