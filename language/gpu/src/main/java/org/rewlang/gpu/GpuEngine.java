package org.rewlang.gpu;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rewlang.bytecode.BytecodeEngine;
import org.rewlang.bytecode.Kernel;
import org.rewlang.core.CoreProgram;
import org.rewlang.engine.BatchEvaluator;
import org.rewlang.engine.Engine;
import org.rewlang.engine.Evaluator;

/**
 * Runs blocks of lanes on an accelerator. Single steps, the beginnings of episodes and samples of
 * every block are bytecode's. Thread-safe.
 */
public final class GpuEngine implements Engine {

  /** One for the process: it takes seconds to start. Null until it is asked for. */
  private static @Nullable WorkerProcess tornado;

  private final WorkerProcess worker;
  private final int device;
  private final Engine cpu = new BytecodeEngine();
  private volatile @Nullable String fallenBack;

  private GpuEngine(WorkerProcess worker, int device) {
    this.worker = worker;
    this.device = device;
  }

  /** On a device of a worker that runs; for tests. */
  static GpuEngine of(WorkerProcess worker, int device) {
    return new GpuEngine(worker, device);
  }

  /**
   * On a device that TornadoVM has.
   *
   * @param device its place in {@link #devices}
   * @throws WorkerException if there is no TornadoVM or no such device
   */
  public static GpuEngine on(int device) throws WorkerException {
    WorkerProcess worker = worker();
    if (device >= worker.devices().size()) {
      throw new WorkerException(
          "there is no device " + device + ": there are " + worker.devices().size());
    }
    return new GpuEngine(worker, device);
  }

  /**
   * The devices that TornadoVM has, best first.
   *
   * @throws WorkerException if there is no TornadoVM, or it has none
   */
  public static List<DeviceInfo> devices() throws WorkerException {
    return worker().devices();
  }

  private static synchronized WorkerProcess worker() throws WorkerException {
    if (tornado == null) {
      tornado = new WorkerProcess(WorkerCommand.tornado(System.getenv(WorkerCommand.SDK)));
    }
    return tornado;
  }

  /** Whether blocks of a program can run on a device that TornadoVM has. */
  public static boolean canRun(CoreProgram program) {
    return Kernel.of(program, Kernel.Platform.TORNADO_VM) instanceof Kernel.Code;
  }

  @Override
  public String name() {
    return "gpu";
  }

  @Override
  public String reason() {
    String why = fallenBack;
    return why == null ? "blocks of rows run on " + device() : "on the CPU, since " + why;
  }

  DeviceInfo device() {
    return worker.devices().get(device);
  }

  /** Why blocks of this program can't run there; empty if they can. */
  public Optional<String> refusal(CoreProgram program) {
    return Kernel.of(program, worker.platform()) instanceof Kernel.Refused refused
        ? Optional.of(refused.reason())
        : Optional.empty();
  }

  @Override
  public Evaluator prepare(CoreProgram program) {
    return cpu.prepare(program);
  }

  @Override
  public Optional<BatchEvaluator> prepareBatch(CoreProgram program) {
    return switch (Kernel.of(program, worker.platform())) {
      case Kernel.Code kernel -> Optional.of(new GpuProgram(this, kernel, cpu.prepare(program)));
      case Kernel.Refused refused -> {
        fellBack(refused.reason());
        yield Optional.empty();
      }
    };
  }

  boolean works() {
    return fallenBack == null;
  }

  void fellBack(String why) {
    fallenBack = fallenBack == null ? why : fallenBack;
  }

  SharedKernel prepare(Kernel.Code kernel, int lanes) throws WorkerException {
    return worker.prepare(device, kernel, lanes);
  }
}
