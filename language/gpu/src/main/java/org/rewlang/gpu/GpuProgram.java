package org.rewlang.gpu;

import java.lang.ref.Cleaner;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.rewlang.bytecode.Kernel;
import org.rewlang.engine.Batch;
import org.rewlang.engine.BatchEvaluator;
import org.rewlang.engine.EngineFault;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.engine.Layout;
import org.rewlang.gpu.Sections.Role;

/**
 * A core program as a kernel. Lanes of every step are computed by a CPU too, some of them, and must
 * be the same bit for bit. Where the worker fails the CPU steps all lanes: the host's memory is as
 * it was before the step, so nothing is lost.
 */
final class GpuProgram implements BatchEvaluator {

  /** Of so many lanes one is computed by the CPU too, another one each step. */
  private static final int SAMPLE = 1_024;

  /** What a block's columns take up at most, in numbers. */
  private static final int MEMORY = 1 << 24;

  private static final int MOST = 1 << 16;

  /** Kernels for fewer lanes than this are not worth their compiling. */
  private static final int LEAST = 256;

  private static final Cleaner CLEANER = Cleaner.create();

  private final GpuEngine engine;
  private final Kernel.Code kernel;
  private final Evaluator cpu;
  private final double[] tables;

  GpuProgram(GpuEngine engine, Kernel.Code kernel, Evaluator cpu) {
    this.engine = engine;
    this.kernel = kernel;
    this.cpu = cpu;
    this.tables = kernel.tables();
  }

  @Override
  public Layout layout() {
    return kernel.layout();
  }

  @Override
  public int width() {
    Layout layout = layout();
    int places =
        layout.inputSize() + layout.stateSize() + layout.outputSize() + kernel.scratchSize() + 1;
    int fits = Integer.highestOneBit(Math.min(Math.max(MEMORY / places, 1), kernel.maxLanes()));
    return Math.clamp(fits, 1, MOST);
  }

  @Override
  public Runner newRunner() {
    return new GpuRunner();
  }

  /** By how many lanes they have: the number of lanes is part of a kernel. */
  private static final class Kernels implements Runnable {
    private final Map<Integer, SharedKernel> byLanes = new HashMap<>();

    /** Their runner is gone. */
    @Override
    public void run() {
      for (SharedKernel kernel : byLanes.values()) {
        try {
          kernel.close();
        } catch (WorkerException e) {
          // The worker is gone, and all it held with it.
        }
      }
    }
  }

  private final class GpuRunner implements Runner {

    private final Kernels kernels = new Kernels();

    private final Frame frame = cpu.newFrame(new double[layout().paramSize()]);
    private int steps;

    GpuRunner() {
      var unused = CLEANER.register(this, kernels);
    }

    @Override
    public boolean step(Batch batch, int lanes) {
      if (lanes == 0) {
        return true;
      }
      if (engine.works()) {
        try {
          return stepThere(batch, lanes);
        } catch (WorkerException e) {
          engine.fellBack(e.reason());
        }
      }
      return stepHere(batch, lanes);
    }

    private boolean stepThere(Batch batch, int lanes) throws WorkerException {
      SharedKernel shared = kernel(lanes);
      int n = shared.lanes();
      shared.write(Role.SHARED, batch.params, 0, batch.params.length);
      shared.write(Role.SHARED, tables, batch.params.length, tables.length);
      send(shared, Role.INPUTS, batch.inputs, n, lanes);
      send(shared, Role.STATE, batch.state, n, lanes);
      shared.run();
      int[] failed = new int[lanes];
      shared.readFailed(failed, lanes);
      check(shared, batch, failed);
      boolean good = true;
      for (int f : failed) {
        good &= f == Evaluator.OK;
      }
      System.arraycopy(failed, 0, batch.failed, 0, lanes);
      receive(shared, Role.STATE, batch.state, failed, good);
      receive(shared, Role.OUTPUTS, batch.outputs, failed, good);
      return good;
    }

    private SharedKernel kernel(int lanes) throws WorkerException {
      int n = Math.max(LEAST, Integer.highestOneBit(Math.max(1, lanes - 1)) << 1);
      n = Math.min(n, width());
      SharedKernel shared = kernels.byLanes.get(n);
      if (shared == null) {
        shared = engine.prepare(kernel, n);
        kernels.byLanes.put(n, shared);
      }
      return shared;
    }

    private void send(SharedKernel shared, Role role, double[][] columns, int n, int lanes) {
      for (int place = 0; place < columns.length; place++) {
        shared.write(role, columns[place], (long) place * n, lanes);
      }
    }

    private void receive(
        SharedKernel shared, Role role, double[][] columns, int[] failed, boolean all) {
      int n = shared.lanes();
      for (int place = 0; place < columns.length; place++) {
        if (all) {
          shared.read(role, (long) place * n, columns[place], failed.length);
          continue;
        }
        for (int lane = 0; lane < failed.length; lane++) {
          if (failed[lane] == Evaluator.OK) {
            columns[place][lane] = shared.read(role, (long) place * n + lane);
          }
        }
      }
    }

    /** Computes some lanes here too, before their state changes. */
    private void check(SharedKernel shared, Batch batch, int[] failed) {
      int first = steps++ % SAMPLE;
      for (int lane = first % failed.length; lane < failed.length; lane += SAMPLE) {
        int here = stepLane(batch, lane);
        boolean same = here == failed[lane];
        if (here == Evaluator.OK) {
          same &= same(shared, Role.OUTPUTS, frame.outputs, lane);
          same &= same(shared, Role.STATE, frame.state, lane);
        }
        if (!same) {
          throw new EngineFault(
              engine.device()
                  + " computed other numbers than the CPU in lane "
                  + lane
                  + "; its results can't be used");
        }
      }
    }

    private boolean same(SharedKernel shared, Role role, double[] here, int lane) {
      for (int place = 0; place < here.length; place++) {
        double there = shared.read(role, (long) place * shared.lanes() + lane);
        if (Double.doubleToLongBits(there) != Double.doubleToLongBits(here[place])) {
          return false;
        }
      }
      return true;
    }

    private int stepLane(Batch batch, int lane) {
      System.arraycopy(batch.params, 0, frame.params, 0, batch.params.length);
      batch.get(lane, frame);
      return cpu.step(frame);
    }

    private boolean stepHere(Batch batch, int lanes) {
      boolean good = true;
      for (int lane = 0; lane < lanes; lane++) {
        batch.failed[lane] = stepLane(batch, lane);
        if (batch.failed[lane] == Evaluator.OK) {
          batch.restore(lane, frame);
        } else {
          good = false;
        }
      }
      return good;
    }

    /** Episodes begin on the CPU: few lanes do at a time. */
    @Override
    public boolean observe(Batch batch, int lanes, boolean[] begins) {
      boolean good = true;
      Arrays.fill(batch.failed, 0, lanes, Evaluator.OK);
      for (int lane = 0; lane < lanes; lane++) {
        if (begins[lane]) {
          System.arraycopy(batch.params, 0, frame.params, 0, batch.params.length);
          batch.get(lane, frame);
          batch.failed[lane] = cpu.observe(frame);
          if (batch.failed[lane] == Evaluator.OK) {
            batch.setState(lane, frame.state);
          } else {
            good = false;
          }
        }
      }
      return good;
    }
  }
}
