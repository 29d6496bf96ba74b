package org.rewlang.gpu;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A device that runs kernels.
 *
 * @param name as its driver calls it
 * @param kind {@code gpu}, {@code cpu} or {@code accelerator}
 * @param backend what speaks to it, OpenCL say
 * @param memory in bytes
 */
public record DeviceInfo(String name, String kind, String backend, long memory) {

  void write(DataOutputStream out) throws IOException {
    out.writeUTF(name);
    out.writeUTF(kind);
    out.writeUTF(backend);
    out.writeLong(memory);
  }

  static DeviceInfo read(DataInputStream in) throws IOException {
    return new DeviceInfo(in.readUTF(), in.readUTF(), in.readUTF(), in.readLong());
  }

  @Override
  public String toString() {
    return name + " (" + backend + ", " + kind + ")";
  }
}
