package org.rewlang.gpu;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.rewlang.bytecode.Kernel;
import org.rewlang.gpu.Sections.Role;

/** A worker's JVM as three devices: one that works, one that miscounts, one that crashes. */
public final class JvmAccelerator implements Accelerator {

  static final int RIGHT = 0;

  /** Its fifth step computes one number wrong. */
  static final int WRONG = 1;

  /** Its fifth step ends the process. */
  static final int DEADLY = 2;

  /** It prepares no kernel. */
  static final int FULL = 3;

  /** A column of numbers. */
  public record Doubles(MemorySegment numbers) {
    public double get(int i) {
      return numbers.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
    }

    public void set(int i, double value) {
      numbers.setAtIndex(ValueLayout.JAVA_DOUBLE, i, value);
    }
  }

  /** A column of integers. */
  public record Ints(MemorySegment numbers) {
    public void set(int i, int value) {
      numbers.setAtIndex(ValueLayout.JAVA_INT, i, value);
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

  static final Kernel.Platform PLATFORM =
      new Kernel.Platform(
          Doubles.class.describeConstable().orElseThrow(),
          Ints.class.describeConstable().orElseThrow(),
          Task.class.describeConstable().orElseThrow(),
          Parallel.class.describeConstable().orElseThrow(),
          StrictMath.class.describeConstable().orElseThrow());

  @Override
  public long header() {
    return 24;
  }

  @Override
  public List<DeviceInfo> devices() {
    return List.of(
        new DeviceInfo("right", "cpu", "JVM", 1),
        new DeviceInfo("wrong", "cpu", "JVM", 1),
        new DeviceInfo("deadly", "cpu", "JVM", 1),
        new DeviceInfo("full", "cpu", "JVM", 1));
  }

  @Override
  public Prepared prepare(int device, KernelRequest kernel, Sections sections, MemorySegment memory)
      throws ReflectiveOperationException {
    if (device == FULL) {
      throw new IllegalStateException("out of device memory\nand a second line");
    }
    Task task = (Task) new KernelLoader(kernel.bytes()).instance();
    Doubles outputs = doubles(sections, memory, Role.OUTPUTS);
    Ints failed = new Ints(sections.numbers(memory, Role.FAILED));
    return new Prepared() {
      private int steps;

      @Override
      public void run() {
        steps++;
        if (device == DEADLY && steps == 5) {
          System.out.println("the driver crashed");
          Runtime.getRuntime().halt(139);
        }
        task.apply(
            doubles(sections, memory, Role.INPUTS),
            doubles(sections, memory, Role.SHARED),
            doubles(sections, memory, Role.STATE),
            outputs,
            doubles(sections, memory, Role.SCRATCH),
            failed,
            sections.lanes());
        if (device == WRONG && steps == 5) {
          for (int lane = 0; lane < sections.lanes(); lane++) {
            outputs.set(lane, Math.nextUp(outputs.get(lane)));
          }
        }
      }

      @Override
      public void close() {}
    };
  }

  private static Doubles doubles(Sections sections, MemorySegment memory, Role role) {
    return new Doubles(sections.numbers(memory, role));
  }
}
