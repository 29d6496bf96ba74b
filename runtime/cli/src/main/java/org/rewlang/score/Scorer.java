package org.rewlang.score;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
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
import org.rewlang.diagnostic.Code;
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

  /** Or as many as take so many bytes with their results. */
  private static final long BATCH_BYTES = 16 << 20;

  /** After so many batches, another run could go on. */
  private static final int CUT_BATCHES = 4;

  private final Reward reward;
  private final int threads;
  private final boolean skip;
  private final Queue<Block> idle = new ConcurrentLinkedQueue<>();
  private final Queue<List<Tally>> idleTallies = new ConcurrentLinkedQueue<>();

  /** How many batches were read, and the checksum of their rows. */
  private long batches;

  private long checksum;

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

    /** All results before a cut were given. */
    void cut(Cut cut) throws IOException;
  }

  /**
   * Rows that go out together, by episode, and what the reader met after them.
   *
   * @param number of this batch, from 1
   * @param checksum of all rows up to its end
   */
  private record Batch(
      List<List<Segment>> chains,
      long number,
      long checksum,
      @Nullable DataException after,
      boolean last) {

    boolean isCut() {
      return number % CUT_BATCHES == 0;
    }
  }

  /**
   * A batch that is being scored.
   *
   * @param tallies of the threads that worked on it
   */
  private record Work(Batch batch, List<Future<Done>> tasks, Queue<List<Tally>> tallies) {}

  /** A segment and what came of it. */
  record Scored(
      Segment segment,
      double[] outputs,
      boolean[] left,
      Running.@Nullable Skipped skipped,
      @Nullable Whole whole) {}

  /**
   * What a task made.
   *
   * @param open in front of a cut, the episode that goes on behind it
   */
  private record Done(List<Scored> scored, @Nullable Running open) {}

  /** The episode that the last task left open, once it is done. */
  private @Nullable Future<Running> open;

  /**
   * Scores everything.
   *
   * @param from where another run stood, or null; the rows before are read again, and not scored
   * @param progress is told the rows done so far, now and then
   * @return the end
   */
  public Cut score(EpisodeReader reader, @Nullable Cut from, Results results, LongConsumer progress)
      throws IOException, DataException {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("score-", 0).factory());
    try {
      Totals totals = from == null ? new Totals(reward) : from.totals();
      if (from != null) {
        readAgain(reader, from, progress);
      }
      Work waiting = submit(read(reader), pool);
      while (true) {
        // The next batch is read while this one runs.
        Work next = waiting.batch.last ? null : submit(read(reader), pool);
        collect(waiting, results, totals);
        progress.accept(totals.rows());
        if (next == null) {
          return new Cut(reward, batches, checksum, totals, null);
        }
        waiting = next;
      }
    } finally {
      var unused = pool.shutdownNow();
    }
  }

  /** Brings the reader to a cut. */
  private void readAgain(EpisodeReader reader, Cut cut, LongConsumer progress)
      throws DataException {
    long rows = 0;
    while (batches < cut.batches()) {
      Batch batch = read(reader);
      for (List<Segment> chain : batch.chains) {
        rows += chain.stream().mapToLong(Segment::rows).sum();
      }
      progress.accept(rows);
      if (batch.last) {
        break;
      }
    }
    if (batches != cut.batches() || checksum != cut.checksum()) {
      throw new DataException(
          Diagnostic.of(Code.NOT_RESUMABLE, "the data is not what the run to be resumed began with")
              .hint("score it from the beginning, without `--resume`")
              .build(),
          new DataPlace("", 0, null));
    }
    Running last = cut.open();
    open = last == null ? null : CompletableFuture.completedFuture(last);
  }

  private Batch read(EpisodeReader reader) {
    List<List<Segment>> chains = new ArrayList<>();
    int rows = 0;
    int segments = 0;
    long bytes = 0;
    DataException after = null;
    boolean last = false;
    while (rows < BATCH_ROWS && segments < BATCH_SEGMENTS && bytes < BATCH_BYTES) {
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
      checksum = segment.checksum(checksum);
      rows += segment.rows();
      segments++;
      bytes += segment.bytes() + 8L * segment.rows() * reward.outputSize();
    }
    batches++;
    return new Batch(chains, batches, checksum, after, last);
  }

  private Work submit(Batch batch, ExecutorService pool) {
    List<Future<Done>> tasks = new ArrayList<>();
    Queue<List<Tally>> tallies = new ConcurrentLinkedQueue<>();
    List<List<Segment>> chains = batch.chains;
    int share = Math.ceilDiv(chains.size(), threads);
    int size = Math.clamp(share, 1, reward.lanesAtOnce());
    for (int from = 0; from < chains.size(); from += size) {
      List<List<Segment>> some = chains.subList(from, Math.min(from + size, chains.size()));
      // Segments of one episode run one after the other, and after those of the batch before.
      Future<Running> before = some.getFirst().getFirst().starts() ? null : open;
      CompletableFuture<Running> mine = new CompletableFuture<>();
      open = mine;
      tasks.add(
          pool.submit(
              () -> {
                try {
                  return run(some, before, mine, tallies, batch.isCut());
                } catch (Throwable e) {
                  boolean unused = mine.completeExceptionally(e);
                  throw e;
                }
              }));
    }
    return new Work(batch, tasks, tallies);
  }

  private Done run(
      List<List<Segment>> chains,
      @Nullable Future<Running> before,
      CompletableFuture<Running> after,
      Queue<List<Tally>> tallies,
      boolean beforeCut)
      throws InterruptedException, ExecutionException {
    Running first = before == null ? null : before.get();
    Block block = idle.poll();
    if (block == null) {
      block = new Block(reward, skip);
    }
    List<Tally> mine = tallies.poll();
    if (mine == null) {
      mine = idleTallies.poll();
    }
    if (mine == null) {
      mine = Totals.tallies(reward);
    }
    List<Scored> scored = block.score(chains, first, mine);
    Running last = block.last();
    // The next batch goes on with it before this one is collected.
    Running kept = last == null || !beforeCut ? null : last.copy(reward);
    if (last != null) {
      boolean unused = after.complete(last);
    }
    idle.add(block);
    tallies.add(mine);
    return new Done(scored, kept);
  }

  private void collect(Work work, Results results, Totals totals)
      throws IOException, DataException {
    Running last = null;
    for (Future<Done> task : work.tasks) {
      Done done = wait(task);
      last = done.open;
      for (Scored scored : done.scored) {
        totals.add(scored);
        results.rows(scored.segment, scored.outputs, scored.left);
        Whole whole = scored.whole;
        if (whole != null) {
          results.episode(scored.segment, whole);
        }
      }
    }
    for (List<Tally> part : work.tallies) {
      totals.add(part);
      part.forEach(Tally::clear);
      idleTallies.add(part);
    }
    Batch batch = work.batch;
    if (batch.after != null) {
      throw batch.after;
    }
    if (batch.isCut()) {
      results.cut(new Cut(reward, batch.number, batch.checksum, totals, last));
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
}
