package org.rewlang.gpu;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.rewlang.bytecode.Kernel;

/**
 * A kernel on its way to a worker.
 *
 * @param bytes the class file
 * @param lanes the loop over lanes, for what translates it
 */
record KernelRequest(byte[] bytes, Kernel.Lanes lanes) {

  void write(DataOutputStream out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
    out.writeInt(lanes.start());
    out.writeInt(lanes.length());
    out.writeInt(lanes.variable());
  }

  static KernelRequest read(DataInputStream in) throws IOException {
    byte[] bytes = in.readNBytes(in.readInt());
    return new KernelRequest(bytes, new Kernel.Lanes(in.readInt(), in.readInt(), in.readInt()));
  }
}
