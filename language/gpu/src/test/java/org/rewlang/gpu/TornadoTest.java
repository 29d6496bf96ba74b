package org.rewlang.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rewlang.core.CoreParser;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.RandomCore;
import org.rewlang.engine.BatchDifferential;
import org.rewlang.engine.BatchEvaluator;
import org.rewlang.source.Source;

/** Kernels on the devices that TornadoVM has: a GPU, or any OpenCL device. */
class TornadoTest {

  private static WorkerProcess worker;

  @BeforeAll
  static void start() throws WorkerException {
    String home = System.getenv(WorkerCommand.SDK);
    assumeTrue(home != null, "TORNADOVM_HOME is not set: nothing ran on an accelerator");
    worker = new WorkerProcess(WorkerCommand.tornado(home));
  }

  @AfterAll
  static void end() {
    if (worker != null) {
      worker.close();
    }
  }

  @Test
  void devicesHaveNamesAndMemory() {
    assertFalse(worker.devices().isEmpty());
    for (DeviceInfo device : worker.devices()) {
      assertFalse(device.name().isBlank());
      assertTrue(device.memory() > 1 << 20, device + " has " + device.memory());
    }
  }

  private static BatchDifferential.Report same(CoreProgram program, int steps, int... widths) {
    GpuEngine engine = GpuEngine.of(worker, 0);
    BatchEvaluator evaluator = engine.prepareBatch(program).orElseThrow();
    BatchEvaluator.Runner runner = evaluator.newRunner();
    BatchDifferential.Report all = new BatchDifferential.Report(0, 0, 0, 0, 0);
    for (int width : widths) {
      all = all.plus(BatchDifferential.compare(evaluator, runner, width, 5, steps));
    }
    assertTrue(engine.works(), engine.reason());
    return all;
  }

  /** Arithmetic, rounding, regions, state and a history. */
  @Test
  void everyBitIsAsInTheReference() {
    List<String> programs =
        List.of(
            "in x f64 in y f64\nout total t = add(mul(x,y),sqrt(abs(x)))",
            """
            in x f64 in y f64
            out log l = min(x,y)
            out log m = max(x,y)
            out log f = floor(x)
            out log r = rint(y)
            out log n = select(finite(x), neg(x), div(x, y))
            out total t = select(le(x,y),x,div(x,y))
            """,
            """
            in x f64[4]
            param w f64 = 2
            state s f64 = 0
            hist h f64 last 3
            m = sum i<4 { yield mul(x[i],x[i]) }
            b = max i<4 { yield x[i] }
            next s = add(s,mul(w,m))
            push h = b
            out log q = ago(h,int(0))
            out total t = add(s,b)
            """);
    for (String text : programs) {
      CoreProgram program =
          CoreParser.parse(Source.of("t.core", "core t clock step\n" + text)).orThrow();
      assertEquals(0, same(program, 6, 1, 257, 5_000).failures());
    }
  }

  @Test
  void randomProgramsAreAsInTheReference() {
    int kernels = 0;
    long failures = 0;
    for (long seed = 0; kernels < 12; seed++) {
      CoreProgram program = RandomCore.program(90_000 + seed);
      if (GpuEngine.of(worker, 0).refusal(program).isEmpty()) {
        failures += same(program, 4, 300).failures();
        kernels++;
      }
    }
    assertTrue(failures > 0, "no check failed");
  }
}
