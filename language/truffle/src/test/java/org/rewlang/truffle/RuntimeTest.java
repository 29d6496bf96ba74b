package org.rewlang.truffle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.truffle.runtime.OptimizedCallTarget;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;

/** How programs run where Graal compiles them. */
class RuntimeTest {

  private static final String PROGRAM =
      """
      in x f64[8] in on bool
      state s f64 = 0
      hist h f64 last 4
      total = add(sum i<8 { yield mul(x[i], x[i]) }, select(on, exp(neg(s)), 0))
      old = ago(h, int(3))
      next s = add(s, 1)
      push h = total
      check undefined "total" finite(total) of total
      out total total = total
      out log old = old
      """;

  @Test
  void compiles() {
    TruffleEngine engine = new TruffleEngine();
    assertEquals("compiled by Graal, via JVMCI (GraalVM CE)", engine.reason());
    assertTrue(engine.isCompiling());
  }

  @Test
  void allocatesNothingOnceWarm() throws InterruptedException {
    TruffleEvaluator evaluator = Programs.prepare(PROGRAM);
    Frame one = evaluator.newFrame(new double[0]);
    Frame other = evaluator.newFrame(new double[0]);
    warm(evaluator, one);
    run(evaluator, one, other, 10_000);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 10; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      run(evaluator, one, other, 10_000);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    // Asking costs a few bytes itself.
    assertTrue(least < 1_000, least + " bytes in 20,000 steps");
  }

  private static void warm(TruffleEvaluator evaluator, Frame frame) throws InterruptedException {
    OptimizedCallTarget target = (OptimizedCallTarget) evaluator.stepTarget();
    for (int i = 0; i < 600 && !target.isValidLastTier(); i++) {
      run(evaluator, frame, frame, 5_000);
      Thread.sleep(10);
    }
    assertTrue(target.isValidLastTier(), "never compiled");
  }

  private static void run(Evaluator evaluator, Frame one, Frame other, int steps) {
    for (int i = 0; i < steps; i++) {
      assert evaluator.step(one) == Evaluator.OK;
      evaluator.step(other);
    }
  }

  @Test
  void runsOnManyThreadsAtOnce() throws InterruptedException, ExecutionException {
    Evaluator evaluator = Programs.prepare(PROGRAM);
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      for (Future<Double> result :
          pool.invokeAll(IntStream.range(0, 8).mapToObj(i -> task(evaluator, i)).toList())) {
        result.get();
      }
    }
  }

  private static java.util.concurrent.Callable<Double> task(Evaluator evaluator, int lane) {
    return () -> {
      Frame frame = evaluator.newFrame(new double[0]);
      frame.inputs[0] = lane;
      for (int i = 0; i < 100_000; i++) {
        assertEquals(Evaluator.OK, evaluator.step(frame));
        assertEquals((double) lane * lane, frame.outputs[0]);
        assertEquals(i + 1.0, frame.state[0]);
      }
      return frame.outputs[0];
    };
  }

  @Test
  void saysWhichCheckFailedBeyondSmallIntegers() {
    StringBuilder text = new StringBuilder("in x f64\n");
    for (int i = 0; i < 300; i++) {
      text.append("check undefined \"c\" ").append(i < 299 ? "true" : "lt(x, 0)");
      text.append(" of x\n");
    }
    Evaluator evaluator = Programs.prepare(text.toString());
    assertEquals(299, evaluator.step(evaluator.newFrame(new double[0])));
  }
}
