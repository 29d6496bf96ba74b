package org.rewlang.gpu;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * What a worker runs kernels with. For one thread. Whatever goes wrong is thrown: the worker says
 * so to its host, and lives on.
 */
interface Accelerator {

  /** How many bytes of a column belong to the library, before the first number. */
  long header();

  /** The devices there are, best first. */
  List<DeviceInfo> devices() throws Exception;

  /** A kernel for as many lanes as the request says, on memory that it reads and writes. */
  Prepared prepare(int device, KernelRequest kernel, Sections sections, MemorySegment memory)
      throws Exception;

  /** A kernel bound to its memory. */
  interface Prepared {

    /** Steps every lane, and returns when the results are in memory. */
    void run() throws Exception;

    /** Gives back what it holds on the device. */
    void close() throws Exception;
  }
}
