package org.rewlang.bytecode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rewlang.core.CoreParser;
import org.rewlang.core.CoreProgram;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.engine.LargePrograms;
import org.rewlang.source.Source;

/** How programs run: without garbage, on many threads, and gone when nobody holds them. */
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

  private static CoreProgram parse(String text) {
    return CoreParser.parse(Source.of("test.core", "core test clock step\n" + text)).orThrow();
  }

  private static Evaluator prepare(String text) {
    return new BytecodeEngine().prepare(parse(text));
  }

  @Test
  void allocatesNothing() {
    allocatesNothing(prepare(PROGRAM));
  }

  @Test
  void allocatesNothingWhereItIsCut() {
    allocatesNothing(new BytecodeEngine().prepare(LargePrograms.straight(2_000)));
  }

  private static void allocatesNothing(Evaluator evaluator) {
    Frame one = evaluator.newFrame(new double[0]);
    Frame other = evaluator.newFrame(new double[0]);
    run(evaluator, one, other);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 10; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      run(evaluator, one, other);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    // Asking costs a few bytes itself.
    assertTrue(least < 1_000, least + " bytes in 20,000 steps");
  }

  private static void run(Evaluator evaluator, Frame one, Frame other) {
    for (int i = 0; i < 10_000; i++) {
      assert evaluator.step(one) == Evaluator.OK;
      int unused = evaluator.step(other);
    }
  }

  @Test
  void runsOnManyThreadsAtOnce() throws InterruptedException, ExecutionException {
    Evaluator evaluator = prepare(PROGRAM);
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      for (Future<Double> result :
          pool.invokeAll(IntStream.range(0, 8).mapToObj(i -> task(evaluator, i)).toList())) {
        Double unused = result.get();
      }
    }
  }

  private static Callable<Double> task(Evaluator evaluator, int lane) {
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
  void saysWhichCheckFailed() {
    StringBuilder text = new StringBuilder("in x f64\n");
    for (int i = 0; i < 300; i++) {
      text.append("check undefined \"c\" ").append(i < 299 ? "true" : "lt(x, 0)");
      text.append(" of x\n");
    }
    Evaluator evaluator = prepare(text.toString());
    assertEquals(299, evaluator.step(evaluator.newFrame(new double[0])));
  }

  /**
   * A class that nothing reaches is unloaded: a host may compile programs for as long as it runs.
   */
  @Test
  void classesAreCollected() throws InterruptedException {
    ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
    long before = classes.getUnloadedClassCount();
    int programs = 200;
    for (int i = 0; i < programs; i++) {
      Evaluator evaluator = prepare(PROGRAM);
      assertEquals(Evaluator.OK, evaluator.step(evaluator.newFrame(new double[0])));
    }
    for (int i = 0; i < 100 && classes.getUnloadedClassCount() < before + programs; i++) {
      System.gc();
      Thread.sleep(10);
    }
    long gone = classes.getUnloadedClassCount() - before;
    assertTrue(gone >= programs - 1, gone + " of " + programs);
  }

  @Test
  void saysHowItRuns() {
    assertEquals("bytecode", new BytecodeEngine().name());
    assertEquals("compiled to bytecode, which this JVM compiles", new BytecodeEngine().reason());
  }
}
