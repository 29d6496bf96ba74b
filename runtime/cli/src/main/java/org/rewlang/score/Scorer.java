package org.rewlang.score;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.rewlang.Reward;
import org.rewlang.data.DataException;
import org.rewlang.data.EpisodeReader;
import org.rewlang.data.Segment;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.report.DataPlace;

/**
 * Scores the episodes of a reader on several threads. Episodes are independent, results leave in
 * the order of the data, and sums are exact, so nothing depends on how many threads there are.
 */
public final class Scorer {

  /** How many rows are read before they are handed out. */
  private static final int BATCH_ROWS = 16_384;

  private static final int BATCH_SEGMENTS = 2_048;

  private final Reward reward;
  private final int threads;
  private final boolean skip;
  private final Queue<Block> idle = new ConcurrentLinkedQueue<>();
  private final Queue<List<Tally>> tallies = new ConcurrentLinkedQueue<>();

  /**
   * @param skip whether rows that fail are left out, instead of ending all
   */
  public Scorer(Reward reward, int threads, boolean skip) {
    this.reward = reward;
    this.threads = threads;
    this.skip = skip;
  }

  /** Takes what was scored, in the order of the data. */
  public interface Results {

    /** Rows of one episode, their results one row after the other. */
    void rows(Segment segment, double[] outputs, boolean[] left) throws IOException;

    /** An episode is over. */
    void episode(Segment last, Whole whole) throws IOException;
  }

  /** A batch on its way, and what the reader met after it. */
  private record Batch(
      List<Future<List<Scored>>> tasks, @Nullable DataException after, boolean last) {}

  /** A segment and what came of it. */
  record Scored(
      Segment segment,
      double[] outputs,
      boolean[] left,
      Running.@Nullable Skipped skipped,
      @Nullable Whole whole) {}

  /** The episode that the last task left open, once it is done. */
  private @Nullable Future<Running> open;

  /**
   * Scores everything.
   *
   * @param progress is told the rows done so far, now and then
   */
  public Summary score(EpisodeReader reader, Results results, LongConsumer progress)
      throws IOException, DataException {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("score-", 0).factory());
    try {
      Totals totals = new Totals();
      Batch waiting = read(reader, pool);
      while (waiting != null) {
        // The next batch is read while this one runs.
        Batch next = waiting.last ? null : read(reader, pool);
        collect(waiting, results, totals);
        progress.accept(totals.rows);
        waiting = next;
      }
      return totals.summary();
    } finally {
      var unused = pool.shutdownNow();
    }
  }

  private Batch read(EpisodeReader reader, ExecutorService pool) {
    List<Future<List<Scored>>> tasks = new ArrayList<>();
    List<List<Segment>> chains = new ArrayList<>();
    int rows = 0;
    int segments = 0;
    DataException after = null;
    boolean last = false;
    while (rows < BATCH_ROWS && segments < BATCH_SEGMENTS) {
      Segment segment;
      try {
        segment = reader.next();
      } catch (DataException e) {
        // What stands before it is scored first: the first thing wrong is the one to tell.
        after = e;
        last = true;
        break;
      }
      if (segment == null) {
        last = true;
        break;
      }
      if (segment.starts() || chains.isEmpty()) {
        chains.add(new ArrayList<>());
      }
      chains.getLast().add(segment);
      rows += segment.rows();
      segments++;
    }
    int share = Math.ceilDiv(chains.size(), threads);
    int size = Math.clamp(share, 1, reward.lanesAtOnce());
    for (int from = 0; from < chains.size(); from += size) {
      submit(chains.subList(from, Math.min(from + size, chains.size())), tasks, pool);
    }
    return new Batch(tasks, after, last);
  }

  /** Segments of one episode run one after the other, and after those of the batch before. */
  private void submit(
      List<List<Segment>> chains, List<Future<List<Scored>>> tasks, ExecutorService pool) {
    Future<Running> before = chains.getFirst().getFirst().starts() ? null : open;
    var mine = new java.util.concurrent.CompletableFuture<Running>();
    open = mine;
    tasks.add(
        pool.submit(
            () -> {
              try {
                return run(chains, before, mine);
              } catch (Throwable e) {
                boolean unused = mine.completeExceptionally(e);
                throw e;
              }
            }));
  }

  private List<Scored> run(
      List<List<Segment>> chains,
      @Nullable Future<Running> before,
      java.util.concurrent.CompletableFuture<Running> after)
      throws InterruptedException, ExecutionException {
    Running first = before == null ? null : before.get();
    Block block = idle.poll();
    if (block == null) {
      block = new Block(reward, skip);
    }
    List<Tally> mine = tallies.poll();
    if (mine == null) {
      mine = fresh();
    }
    List<Scored> scored = block.score(chains, first, mine);
    Running last = block.last();
    if (last != null) {
      boolean unused = after.complete(last);
    }
    idle.add(block);
    tallies.add(mine);
    return scored;
  }

  private List<Tally> fresh() {
    List<Tally> list = new ArrayList<>();
    for (int i = 0; i <= reward.components().size() + reward.rewards().size(); i++) {
      list.add(new Tally());
    }
    return list;
  }

  private void collect(Batch batch, Results results, Totals totals)
      throws IOException, DataException {
    for (Future<List<Scored>> task : batch.tasks) {
      for (Scored scored : wait(task)) {
        totals.add(scored);
        results.rows(scored.segment, scored.outputs, scored.left);
        Whole whole = scored.whole;
        if (whole != null) {
          results.episode(scored.segment, whole);
        }
      }
    }
    if (batch.after != null) {
      throw batch.after;
    }
  }

  private static <T> T wait(Future<T> task) throws DataException {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      while (cause instanceof ExecutionException inner) {
        cause = inner.getCause();
      }
      if (cause instanceof RowFailure f) {
        Diagnostic diagnostic = f.diagnostic();
        throw new DataException(diagnostic, new DataPlace(f.source(), f.row(), null));
      }
      if (cause instanceof RuntimeException r) {
        throw r;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(cause);
    }
  }

  /** Counts in the order of the data. */
  private final class Totals {
    private long rows;
    private long episodes;
    private long successes;
    private long failed;
    private @Nullable String firstFailure;
    private final Map<Integer, Place> undefined = new HashMap<>();

    void add(Scored scored) {
      rows += scored.segment.rows();
      if (scored.skipped != null) {
        failed += scored.skipped.rows();
        firstFailure = firstFailure == null ? scored.skipped.first() : firstFailure;
        scored.skipped.undefined().forEach(undefined::putIfAbsent);
      }
      if (scored.whole != null) {
        episodes++;
        successes += scored.whole.succeeded() ? 1 : 0;
      }
    }

    Summary summary() {
      List<Tally> all = fresh();
      for (List<Tally> part : tallies) {
        for (int i = 0; i < all.size(); i++) {
          all.get(i).add(part.get(i));
        }
      }
      return new Summary(
          rows,
          episodes,
          failed,
          successes,
          reward.components(),
          reward.rewards(),
          all.subList(0, all.size() - 1),
          all.getLast(),
          firstFailure,
          undefined);
    }
  }
}
