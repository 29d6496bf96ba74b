package org.rewlang.bytecode;

import static org.junit.jupiter.api.Assertions.fail;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.invoke.MethodHandles;
import org.rewlang.core.CoreProgram;
import org.rewlang.engine.Engine;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.engine.Layout;
import org.rewlang.interpret.Interpreter;

/**
 * Runs kernels on this JVM, with what a device's library offers: the frame is one lane of three,
 * and its neighbours compute with other numbers. A reset is the interpreter's.
 */
public final class KernelHost implements Engine {

  /** Columns of numbers. */
  public static final class Doubles {
    final double[] values;

    Doubles(int size) {
      values = new double[size];
    }

    public double get(int i) {
      return values[i];
    }

    public void set(int i, double value) {
      values[i] = value;
    }
  }

  /** A column of integers. */
  public static final class Ints {
    final int[] values;

    Ints(int size) {
      values = new int[size];
    }

    public void set(int i, int value) {
      values[i] = value;
    }
  }

  /** What a kernel implements. */
  public interface Task {
    void apply(Object a, Object b, Object c, Object d, Object e, Object f, Object g);
  }

  /** The mark of the loop over lanes. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE_USE)
  public @interface Parallel {}

  static final Kernel.Platform JVM =
      new Kernel.Platform(
          Doubles.class.describeConstable().orElseThrow(),
          Ints.class.describeConstable().orElseThrow(),
          Task.class.describeConstable().orElseThrow(),
          Parallel.class.describeConstable().orElseThrow(),
          StrictMath.class.describeConstable().orElseThrow());

  private static final int LANES = 3;
  private static final int MINE = 1;

  int kernels;
  int refused;

  @Override
  public String name() {
    return "kernel";
  }

  @Override
  public String reason() {
    return "a test";
  }

  @Override
  public Evaluator prepare(CoreProgram program) {
    switch (Kernel.of(program, JVM)) {
      case Kernel.Code kernel -> {
        kernels++;
        return new Lane(kernel, task(kernel), new Interpreter().prepare(program));
      }
      case Kernel.Refused r -> {
        refused++;
        if (!r.reason().equals("the program is too long for one kernel")) {
          fail(r.reason());
        }
        return new Interpreter().prepare(program);
      }
    }
  }

  static Task task(Kernel.Code kernel) {
    try {
      return (Task)
          MethodHandles.lookup()
              .defineHiddenClass(kernel.bytes(), true)
              .lookupClass()
              .getConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private record Lane(Kernel.Code kernel, Task task, Evaluator reset) implements Evaluator {

    @Override
    public Layout layout() {
      return kernel.layout();
    }

    @Override
    public int scratchSize() {
      return reset.scratchSize();
    }

    @Override
    public int step(Frame frame) {
      Doubles inputs = columns(frame.inputs, shifted(frame.inputs));
      double[] begun = new double[frame.state.length];
      layout().reset(begun);
      Doubles state = columns(frame.state, begun);
      Doubles outputs = columns(frame.outputs, shifted(frame.outputs));
      Doubles shared = new Doubles(frame.params.length + kernel.tables().length);
      System.arraycopy(frame.params, 0, shared.values, 0, frame.params.length);
      System.arraycopy(
          kernel.tables(), 0, shared.values, frame.params.length, kernel.tables().length);
      Doubles scratch = new Doubles(kernel.scratchSize() * LANES);
      Ints failed = new Ints(LANES);
      task.apply(inputs, shared, state, outputs, scratch, failed, LANES);
      take(state, frame.state);
      take(outputs, frame.outputs);
      return failed.values[MINE];
    }

    private static Doubles columns(double[] lane, double[] neighbours) {
      Doubles columns = new Doubles(lane.length * LANES);
      for (int p = 0; p < lane.length; p++) {
        columns.values[p * LANES] = neighbours[p];
        columns.values[p * LANES + MINE] = lane[p];
        columns.values[p * LANES + 2] = neighbours[p];
      }
      return columns;
    }

    private static double[] shifted(double[] lane) {
      double[] shifted = new double[lane.length];
      for (int p = 1; p < lane.length; p++) {
        shifted[p] = -lane[p - 1];
      }
      return shifted;
    }

    private static void take(Doubles columns, double[] lane) {
      for (int p = 0; p < lane.length; p++) {
        lane[p] = columns.values[p * LANES + MINE];
      }
    }

    @Override
    public int observe(Frame frame) {
      return reset.observe(frame);
    }
  }
}
