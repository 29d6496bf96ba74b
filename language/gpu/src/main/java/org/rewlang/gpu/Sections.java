package org.rewlang.gpu;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Where the arrays of a kernel lie in the memory that host and worker share: one after the other,
 * each with the header of the worker's library before its numbers.
 *
 * @param header in bytes
 * @param lanes how many the kernel steps
 * @param inputs how many numbers a lane has, likewise {@code state}, {@code outputs} and {@code
 *     scratch}
 * @param shared how many numbers all lanes share
 */
record Sections(
    long header, int lanes, int inputs, int shared, int state, int outputs, int scratch) {

  /** The arrays, in the order of the kernel's parameters. */
  enum Role {
    INPUTS,
    SHARED,
    STATE,
    OUTPUTS,
    SCRATCH,
    FAILED
  }

  private static final int ALIGNMENT = 64;

  /** How many elements an array has; one at least, since libraries know no empty ones. */
  long length(Role role) {
    long width =
        switch (role) {
          case INPUTS -> (long) inputs * lanes;
          case SHARED -> shared;
          case STATE -> (long) state * lanes;
          case OUTPUTS -> (long) outputs * lanes;
          case SCRATCH -> (long) scratch * lanes;
          case FAILED -> lanes;
        };
    return Math.max(1, width);
  }

  private long bytes(Role role) {
    return length(role) * (role == Role.FAILED ? Integer.BYTES : Double.BYTES);
  }

  private long begin(Role role) {
    long at = 0;
    for (Role before : Role.values()) {
      if (before == role) {
        break;
      }
      at += Math.ceilDiv(header + bytes(before), ALIGNMENT) * ALIGNMENT;
    }
    return at;
  }

  /** How many bytes all takes. */
  long size() {
    return begin(Role.FAILED) + header + bytes(Role.FAILED);
  }

  /** An array with its header. */
  MemorySegment whole(MemorySegment memory, Role role) {
    return memory.asSlice(begin(role), header + bytes(role));
  }

  /** The numbers of an array. */
  MemorySegment numbers(MemorySegment memory, Role role) {
    return memory.asSlice(begin(role) + header, bytes(role));
  }

  void write(DataOutputStream out) throws IOException {
    out.writeLong(header);
    for (int n : new int[] {lanes, inputs, shared, state, outputs, scratch}) {
      out.writeInt(n);
    }
  }

  static Sections read(DataInputStream in) throws IOException {
    return new Sections(
        in.readLong(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readInt());
  }
}
