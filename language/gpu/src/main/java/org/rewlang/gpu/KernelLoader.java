package org.rewlang.gpu;

import org.rewlang.bytecode.Kernel;

/** Loads the class of one kernel, which can then be unloaded. */
final class KernelLoader extends ClassLoader {

  private final byte[] bytes;

  KernelLoader(byte[] bytes) {
    super(KernelLoader.class.getClassLoader());
    this.bytes = bytes;
  }

  /** A new object of the kernel's class. */
  Object instance() throws ReflectiveOperationException {
    return defineClass(Kernel.Code.NAME, bytes, 0, bytes.length).getConstructor().newInstance();
  }
}
