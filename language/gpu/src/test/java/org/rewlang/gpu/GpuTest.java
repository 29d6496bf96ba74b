package org.rewlang.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewlang.bytecode.Kernel;
import org.rewlang.core.CoreParser;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.RandomCore;
import org.rewlang.engine.Batch;
import org.rewlang.engine.BatchDifferential;
import org.rewlang.engine.BatchEvaluator;
import org.rewlang.engine.EngineFault;
import org.rewlang.engine.Evaluator;
import org.rewlang.source.Source;

/** The host's side of GPUs, with a worker whose accelerator is its own JVM. */
class GpuTest {

  private static final WorkerCommand COMMAND =
      new WorkerCommand(List.of("-Xmx256m"), JvmAccelerator.class, JvmAccelerator.PLATFORM);

  private static WorkerProcess worker;

  @BeforeAll
  static void start() throws WorkerException {
    worker = new WorkerProcess(COMMAND);
  }

  @AfterAll
  static void end() {
    worker.close();
  }

  private static CoreProgram core(String text) {
    return CoreParser.parse(Source.of("t.core", "core t clock step\n" + text)).orThrow();
  }

  private static final CoreProgram SUM =
      core(
          """
          in x f64
          state s f64 = 0
          t = add(s, x)
          next s = t
          out total t = t
          """);

  /** Lanes that begin, end, fail and change parameters, in blocks of different widths. */
  @Test
  void randomProgramsAreAsInTheReference() {
    BatchDifferential.Report all = new BatchDifferential.Report(0, 0, 0, 0, 0);
    int kernels = 0;
    for (long seed = 0; seed < 300; seed++) {
      CoreProgram program = RandomCore.program(70_000 + seed);
      GpuEngine engine = GpuEngine.of(worker, JvmAccelerator.RIGHT);
      BatchEvaluator evaluator = engine.prepareBatch(program).orElse(null);
      if (evaluator == null) {
        continue;
      }
      kernels++;
      BatchEvaluator.Runner runner = evaluator.newRunner();
      for (int width : new int[] {1, 7, 300}) {
        all = all.plus(BatchDifferential.compare(evaluator, runner, width, seed, 4));
      }
      assertTrue(engine.works(), engine.reason());
    }
    assertTrue(kernels > 290, kernels + " kernels");
    assertTrue(all.failures() > 1_000, all.toString());
    assertTrue(all.undefined() > 1_000, all.toString());
    assertTrue(all.begun() > 1_000, all.toString());
  }

  private static double[] sums(int device, GpuEngine[] engine, int steps) {
    engine[0] = GpuEngine.of(worker, device);
    BatchEvaluator evaluator = engine[0].prepareBatch(SUM).orElseThrow();
    BatchEvaluator.Runner runner = evaluator.newRunner();
    Batch batch = evaluator.newBatch(500, new double[0]);
    for (int step = 0; step < steps; step++) {
      for (int lane = 0; lane < 500; lane++) {
        batch.inputs[0][lane] = lane + step;
      }
      assertTrue(runner.step(batch, 500));
    }
    return batch.outputs[0];
  }

  @Test
  void stateGoesOnFromStepToStep() {
    double[] totals = sums(JvmAccelerator.RIGHT, new GpuEngine[1], 10);
    assertEquals(45, totals[0]);
    assertEquals(10 * 499 + 45, totals[499]);
  }

  @Test
  void aDisagreementIsAnError() {
    EngineFault e =
        assertThrows(EngineFault.class, () -> sums(JvmAccelerator.WRONG, new GpuEngine[1], 10));
    assertTrue(e.getMessage().contains("wrong (JVM, cpu) computed other numbers"), e.getMessage());
  }

  /** Every test with it needs a worker of its own. */
  @Test
  void aWorkerThatDiesIsReplacedByTheCpuAndNothingIsLost() throws WorkerException {
    WorkerProcess before = worker;
    try (WorkerProcess mortal = new WorkerProcess(COMMAND)) {
      worker = mortal;
      GpuEngine[] engine = new GpuEngine[1];
      double[] totals = sums(JvmAccelerator.DEADLY, engine, 10);
      assertEquals(45, totals[0]);
      assertEquals(10 * 499 + 45, totals[499]);
      assertEquals(
          "on the CPU, since the worker for GPUs ended in the middle: the driver crashed",
          engine[0].reason());
      // And so does every later program on that worker.
      assertEquals(45, sums(JvmAccelerator.RIGHT, engine, 10)[0]);
      assertFalse(engine[0].works());
    } finally {
      worker = before;
    }
  }

  @Test
  void aDeviceWithoutMemoryIsReplacedByTheCpu() {
    GpuEngine[] engine = new GpuEngine[1];
    assertEquals(45, sums(JvmAccelerator.FULL, engine, 10)[0]);
    assertTrue(
        engine[0].reason().endsWith("refused: IllegalStateException: out of device memory"),
        engine[0].reason());
  }

  @Test
  void aProgramThatCantBeAKernelRunsOnTheCpu() throws WorkerException {
    WorkerCommand like =
        new WorkerCommand(COMMAND.options(), COMMAND.accelerator(), Kernel.Platform.TORNADO_VM);
    try (WorkerProcess other = new WorkerProcess(like)) {
      GpuEngine engine = GpuEngine.of(other, JvmAccelerator.RIGHT);
      CoreProgram program = core("in x f64\nout total t = exp(x)");
      assertFalse(GpuEngine.canRun(program));
      assertTrue(GpuEngine.canRun(SUM));
      assertTrue(engine.prepareBatch(program).isEmpty());
      assertEquals(
          "on the CPU, since there is no 'exp' with the same bits on a GPU", engine.reason());
    }
  }

  @Test
  void aBlockThatIsTooShortForItsKernelLeavesTheRestAlone() {
    GpuEngine engine = GpuEngine.of(worker, JvmAccelerator.RIGHT);
    BatchEvaluator evaluator = engine.prepareBatch(SUM).orElseThrow();
    Batch batch = evaluator.newBatch(500, new double[0]);
    java.util.Arrays.fill(batch.inputs[0], 1);
    assertTrue(evaluator.newRunner().step(batch, 3));
    assertEquals(1, batch.outputs[0][2]);
    assertEquals(0, batch.outputs[0][3]);
    assertEquals(0, batch.state[0][3]);
    assertEquals(Evaluator.OK, batch.failed[2]);
  }

  @Test
  void withoutASdkItSaysWhichFolderItWants(@TempDir Path folder) {
    assertTrue(
        assertThrows(WorkerException.class, () -> WorkerCommand.tornado(null))
            .getMessage()
            .startsWith("TORNADOVM_HOME is not set"));
    assertTrue(
        assertThrows(WorkerException.class, () -> WorkerCommand.tornado(folder.toString()))
            .getMessage()
            .contains("no 'tornado-argfile'"));
  }

  @Test
  void aWorkerThatCantStartSaysWhy() {
    WorkerCommand broken =
        new WorkerCommand(
            List.of("-XX:NoSuchOption"), JvmAccelerator.class, JvmAccelerator.PLATFORM);
    WorkerException e = assertThrows(WorkerException.class, () -> new WorkerProcess(broken));
    assertTrue(
        e.getMessage().startsWith("the worker for GPUs ended with exit code 1: "), e.getMessage());
  }
}
