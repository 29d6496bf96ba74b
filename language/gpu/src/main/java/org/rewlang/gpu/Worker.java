package org.rewlang.gpu;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The process that runs kernels, so that a driver that crashes takes nothing else along. It
 * connects to its host, says what devices there are, then answers one request after the other, and
 * ends when the host is gone.
 */
public final class Worker {

  static final int PREPARE = 1;
  static final int RUN = 2;
  static final int CLOSE = 3;

  static final int DONE = 0;
  static final int FAILED = 1;

  private final Accelerator accelerator;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final List<Bound> kernels = new ArrayList<>();

  /** A kernel, and the memory it has while it is open. */
  private record Bound(Accelerator.Prepared kernel, Arena memory) {}

  private Worker(Accelerator accelerator, DataInputStream in, DataOutputStream out) {
    this.accelerator = accelerator;
    this.in = in;
    this.out = out;
  }

  /**
   * Runs a worker.
   *
   * @param args the host's socket, and the class of the accelerator
   */
  public static void main(String[] args) throws Exception {
    try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      boolean unused = socket.connect(UnixDomainSocketAddress.of(args[0]));
      DataInputStream in = new DataInputStream(Channels.newInputStream(socket));
      DataOutputStream out = new DataOutputStream(Channels.newOutputStream(socket));
      try {
        Accelerator accelerator =
            (Accelerator) Class.forName(args[1]).getDeclaredConstructor().newInstance();
        new Worker(accelerator, in, out).serve();
      } catch (EOFException e) {
        // The host is gone.
      }
    }
    // Threads of a driver would go on.
    System.exit(0);
  }

  private void serve() throws IOException {
    answer(this::greeting);
    while (true) {
      int request = in.readByte();
      switch (request) {
        case PREPARE -> {
          int device = in.readInt();
          KernelRequest kernel = KernelRequest.read(in);
          Sections sections = Sections.read(in);
          Path file = Path.of(in.readUTF());
          answer(
              () -> {
                kernels.add(bind(device, kernel, sections, file));
                int number = kernels.size() - 1;
                return reply -> reply.writeInt(number);
              });
        }
        case RUN -> {
          Bound bound = kernels.get(in.readInt());
          answer(
              () -> {
                bound.kernel.run();
                return _ -> {};
              });
        }
        case CLOSE -> {
          Bound bound = kernels.get(in.readInt());
          answer(
              () -> {
                bound.kernel.close();
                bound.memory.close();
                return _ -> {};
              });
        }
        default -> throw new IOException("no request: " + request);
      }
    }
  }

  private Answer greeting() throws Exception {
    List<DeviceInfo> devices = accelerator.devices();
    return reply -> {
      reply.writeLong(accelerator.header());
      reply.writeInt(devices.size());
      for (DeviceInfo device : devices) {
        device.write(reply);
      }
    };
  }

  private Bound bind(int device, KernelRequest kernel, Sections sections, Path file)
      throws Exception {
    Arena arena = Arena.ofShared();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      MemorySegment memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, sections.size(), arena);
      return new Bound(accelerator.prepare(device, kernel, sections, memory), arena);
    } catch (Throwable e) {
      arena.close();
      throw e;
    }
  }

  private interface Answer {
    void write(DataOutputStream reply) throws IOException;
  }

  /** Does what was asked and answers, or says why it can't be done. */
  private void answer(Callable<Answer> work) throws IOException {
    @Nullable Answer answer = null;
    String failure = "";
    try {
      answer = work.call();
    } catch (Exception | LinkageError | AssertionError | OutOfMemoryError e) {
      failure = message(e);
    }
    if (answer == null) {
      out.writeByte(FAILED);
      out.writeUTF(failure);
    } else {
      out.writeByte(DONE);
      answer.write(out);
    }
    out.flush();
  }

  private static String message(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    String name = cause.getClass().getSimpleName();
    return message == null || message.isBlank()
        ? name
        : name + ": " + message.strip().lines().findFirst().orElse("");
  }
}
