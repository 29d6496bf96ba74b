package org.rewlang.columns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewlang.core.CoreParser;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.RandomCore;
import org.rewlang.engine.Batch;
import org.rewlang.engine.BatchDifferential;
import org.rewlang.engine.BatchDifferential.Report;
import org.rewlang.engine.BatchEvaluator;
import org.rewlang.source.Source;

/** Every lane of a block has the bits that the reference interpreter has. */
class BatchTest {

  /** Random programs; {@code -Drew.random=100000} for a long run. */
  private static final long PROGRAMS = Long.getLong("rew.random", 1_500);

  private static final Report NONE = new Report(0, 0, 0, 0, 0);

  private static BatchEvaluator prepare(CoreProgram program) {
    return new ColumnsEngine().prepareBatch(program).orElseThrow();
  }

  @Test
  void blocksOfFewLanesAgreeOnRandomPrograms() {
    Report report = NONE;
    for (long seed = 0; seed < PROGRAMS; seed++) {
      BatchEvaluator evaluator = prepare(RandomCore.program(seed));
      int width = 1 + new Random(seed).nextInt(12);
      BatchEvaluator.Runner runner = evaluator.newRunner();
      report = report.plus(BatchDifferential.compare(evaluator, runner, width, seed, 16));
    }
    assertTrue(report.values() > 500 * PROGRAMS, report.toString());
    assertTrue(report.failures() > 5 * PROGRAMS, report.toString());
    assertTrue(report.begun() > 2 * PROGRAMS, report.toString());
    assertTrue(report.undefined() > PROGRAMS, report.toString());
  }

  /** What no row needs may stand in the memory of a block before, which was narrower. */
  @Test
  void aRunnerGoesOnFromNarrowBlocksToWide() {
    CoreProgram program =
        CoreParser.parse(
                Source.of(
                    "t.core",
                    """
                    core t clock step
                    in on bool in x f64[3]
                    s = sum i<3 { yield select(on, x[i], 0.5) }
                    out total t = s
                    """))
            .orThrow();
    BatchEvaluator evaluator = prepare(program);
    BatchEvaluator.Runner runner = evaluator.newRunner();
    for (int width : new int[] {1, 5}) {
      Batch batch = evaluator.newBatch(width, new double[0]);
      Arrays.fill(batch.inputs[0], width == 1 ? 1 : 0);
      assertTrue(runner.step(batch, width));
      assertEquals(width == 1 ? 0 : 1.5, batch.outputs[0][width - 1]);
    }
  }

  /** The first row computes what is the same in all, though it takes another arm itself. */
  @Test
  void whatIsTheSameInAllRowsIsComputedWhereOnlyOthersNeedIt() {
    CoreProgram program =
        CoreParser.parse(
                Source.of(
                    "t.core",
                    """
                    core t clock step
                    in on bool in x f64
                    param p f64 = 1
                    low = lt(p, 2)
                    high = lt(p, 3)
                    mixed = select(low, high, low)
                    inner = select(mixed, add(x, 1), x)
                    out total t = select(on, x, inner)
                    """))
            .orThrow();
    BatchEvaluator evaluator = prepare(program);
    Batch batch = evaluator.newBatch(3, new double[] {1});
    batch.inputs[0][0] = 1;
    Arrays.fill(batch.inputs[1], 10);
    assertTrue(evaluator.newRunner().step(batch, 3));
    assertArrayEquals(new double[] {10, 11, 11}, batch.outputs[0]);
  }

  /** 1 to 10,000 lanes in blocks as wide as they should be, several a thread. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void blocksAgreeOnManyThreads(int threads) throws Exception {
    int[] lanes = {1, 7, 64, 1_000, 10_000};
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int i = 0; i < lanes.length; i++) {
        BatchEvaluator evaluator = prepare(RandomCore.program(40L * threads + i));
        List<Future<Report>> runs = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
          int first = thread;
          int count = lanes[i];
          runs.add(pool.submit(() -> blocks(evaluator, count, first, threads)));
        }
        long steps = 0;
        for (Future<Report> run : runs) {
          steps += run.get().steps();
        }
        assertTrue(steps >= lanes[i], steps + " steps of " + lanes[i] + " lanes");
      }
    }
  }

  /** One thread's share of the blocks, all by one runner. */
  private static Report blocks(BatchEvaluator evaluator, int lanes, int thread, int threads) {
    BatchEvaluator.Runner runner = evaluator.newRunner();
    Report report = NONE;
    int width = evaluator.width();
    for (int block = thread; block * width < lanes; block += threads) {
      int wide = Math.min(width, lanes - block * width);
      report = report.plus(BatchDifferential.compare(evaluator, runner, wide, block, 4));
    }
    return report;
  }
}
