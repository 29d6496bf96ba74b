package org.rewlang.gpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.rewlang.gpu.Sections.Role;

/** A kernel that a worker has ready, and the columns that it steps. For one thread. */
final class SharedKernel implements AutoCloseable {

  private final WorkerProcess worker;
  private final int number;
  private final Sections sections;
  private final Arena arena;
  private final MemorySegment[] arrays = new MemorySegment[Role.values().length];

  SharedKernel(
      WorkerProcess worker, int number, Sections sections, MemorySegment memory, Arena arena) {
    this.worker = worker;
    this.number = number;
    this.sections = sections;
    this.arena = arena;
    for (Role role : Role.values()) {
      arrays[role.ordinal()] = sections.numbers(memory, role);
    }
  }

  int lanes() {
    return sections.lanes();
  }

  /** Writes a column: {@code count} numbers from place {@code at} of an array on. */
  void write(Role role, double[] from, long at, int count) {
    MemorySegment.copy(
        from, 0, arrays[role.ordinal()], ValueLayout.JAVA_DOUBLE, at * Double.BYTES, count);
  }

  void read(Role role, long at, double[] into, int count) {
    MemorySegment.copy(
        arrays[role.ordinal()], ValueLayout.JAVA_DOUBLE, at * Double.BYTES, into, 0, count);
  }

  double read(Role role, long at) {
    return arrays[role.ordinal()].getAtIndex(ValueLayout.JAVA_DOUBLE, at);
  }

  /** By lane, the check that failed. */
  void readFailed(int[] into, int count) {
    MemorySegment.copy(arrays[Role.FAILED.ordinal()], ValueLayout.JAVA_INT, 0, into, 0, count);
  }

  void run() throws WorkerException {
    worker.run(number);
  }

  @Override
  public void close() throws WorkerException {
    try {
      worker.close(number);
    } finally {
      arena.close();
    }
  }
}
