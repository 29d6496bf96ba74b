package org.rewlang.gpu;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.rewlang.bytecode.Kernel;

/**
 * A worker as its host sees it. Thread-safe: requests are done one after the other. Once one was
 * not answered the worker is gone, and every later one says so.
 */
final class WorkerProcess implements AutoCloseable {

  private static final long START_SECONDS = 60;

  private final WorkerCommand command;
  private final Path folder;
  private final Process process;
  private final LastLine errors;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final long header;
  private final List<DeviceInfo> devices = new ArrayList<>();
  private final Thread closing = new Thread(this::end, "rew-gpu-end");
  private int files;
  private @Nullable String gone;

  /**
   * Starts a worker and waits for it to say what devices it has.
   *
   * @throws WorkerException if it can't start, or has none
   */
  WorkerProcess(WorkerCommand command) throws WorkerException {
    this.command = command;
    try {
      folder = Files.createTempDirectory("rew-gpu-");
    } catch (IOException e) {
      throw new WorkerException("there is no folder to share memory in: " + e.getMessage(), e);
    }
    Path socket = folder.resolve("socket");
    Process started = null;
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      ServerSocketChannel unused = server.bind(UnixDomainSocketAddress.of(socket));
      started = new ProcessBuilder(command.line(socket)).redirectErrorStream(true).start();
      process = started;
      errors = new LastLine(process);
      SocketChannel channel = accept(server);
      in = new DataInputStream(Channels.newInputStream(channel));
      out = new DataOutputStream(Channels.newOutputStream(channel));
      mustBeDone();
      header = in.readLong();
      for (int left = in.readInt(); left > 0; left--) {
        devices.add(DeviceInfo.read(in));
      }
    } catch (IOException e) {
      end(started, folder);
      throw new WorkerException("the worker for GPUs can't start: " + e.getMessage(), e);
    } catch (WorkerException e) {
      end(started, folder);
      throw e;
    }
    Runtime.getRuntime().addShutdownHook(closing);
    if (devices.isEmpty()) {
      close();
      throw new WorkerException("TornadoVM finds no device");
    }
  }

  /** The last line that a process wrote, which tells why it ended. */
  private static final class LastLine {
    private volatile String line = "";
    private final Thread reader;

    LastLine(Process process) {
      reader =
          Thread.ofPlatform()
              .daemon()
              .name("rew-gpu-output")
              .start(
                  () -> {
                    try (BufferedReader lines = process.inputReader()) {
                      lines.lines().filter(l -> !l.isBlank()).forEach(l -> line = l.strip());
                    } catch (IOException | java.io.UncheckedIOException e) {
                      // It ended.
                    }
                  });
    }

    String get() {
      try {
        reader.join(1_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return line;
    }
  }

  /** A worker that ends before it connects must not be waited for. */
  private SocketChannel accept(ServerSocketChannel server) throws IOException, WorkerException {
    server.configureBlocking(false);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (true) {
      SocketChannel channel = server.accept();
      if (channel != null) {
        channel.configureBlocking(true);
        return channel;
      }
      boolean ended = !process.isAlive();
      if (ended || System.nanoTime() > end) {
        String why = ended ? "ended with exit code " + process.exitValue() : "did not answer";
        throw new WorkerException("the worker for GPUs " + why + told());
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new WorkerException("interrupted", e);
      }
    }
  }

  /** Not after the process was destroyed: that closes what it wrote before it was read. */
  private String told() {
    String line = errors.get();
    return line.isEmpty() ? "" : ": " + line;
  }

  /** What kernels call there. */
  Kernel.Platform platform() {
    return command.platform();
  }

  /** The devices, best first. */
  List<DeviceInfo> devices() {
    return devices;
  }

  /** A kernel on a device, with memory for {@code lanes} lanes. */
  synchronized SharedKernel prepare(int device, Kernel.Code kernel, int lanes)
      throws WorkerException {
    Sections sections =
        new Sections(
            header,
            lanes,
            kernel.layout().inputSize(),
            kernel.layout().paramSize() + kernel.tables().length,
            kernel.layout().stateSize(),
            kernel.layout().outputSize(),
            kernel.scratchSize());
    Path file = folder.resolve("columns-" + files++);
    Arena arena = Arena.ofShared();
    try {
      MemorySegment memory = allocate(file, sections.size(), arena);
      int number =
          ask(
              () -> {
                out.writeByte(Worker.PREPARE);
                out.writeInt(device);
                new KernelRequest(kernel.bytes(), kernel.lanes()).write(out);
                sections.write(out);
                out.writeUTF(file.toString());
              },
              in::readInt);
      return new SharedKernel(this, number, sections, memory, arena);
    } catch (IOException e) {
      arena.close();
      throw new WorkerException("no memory to share with a GPU: " + e.getMessage(), e);
    } catch (WorkerException e) {
      arena.close();
      throw e;
    } finally {
      delete(file);
    }
  }

  /** Zeros that are written, not a file with a hole: a full disk would end the process later on. */
  private static MemorySegment allocate(Path file, long size, Arena arena) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      ByteBuffer zeros = ByteBuffer.allocate(1 << 20);
      for (long left = size; left > 0; left -= zeros.position()) {
        zeros.clear().limit((int) Math.min(left, zeros.capacity()));
        while (zeros.hasRemaining()) {
          int unused = channel.write(zeros);
        }
      }
      return channel.map(FileChannel.MapMode.READ_WRITE, 0, size, arena);
    }
  }

  /** Lets a kernel step all its lanes. */
  synchronized void run(int kernel) throws WorkerException {
    int unused =
        ask(
            () -> {
              out.writeByte(Worker.RUN);
              out.writeInt(kernel);
            },
            () -> 0);
  }

  /** Gives back what a kernel holds on its device. */
  synchronized void close(int kernel) throws WorkerException {
    int unused =
        ask(
            () -> {
              out.writeByte(Worker.CLOSE);
              out.writeInt(kernel);
            },
            () -> 0);
  }

  private interface Question {
    void write() throws IOException;
  }

  private interface Reply {
    int read() throws IOException;
  }

  private int ask(Question question, Reply reply) throws WorkerException {
    if (gone != null) {
      throw new WorkerException(gone);
    }
    try {
      question.write();
      out.flush();
      mustBeDone();
      return reply.read();
    } catch (IOException e) {
      gone = "the worker for GPUs ended in the middle" + told();
      process.destroyForcibly();
      throw new WorkerException(gone, e);
    }
  }

  private void mustBeDone() throws IOException, WorkerException {
    if (in.readByte() != Worker.DONE) {
      throw new WorkerException("the GPU's compiler or driver refused: " + in.readUTF());
    }
  }

  /** Ends the process. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(closing);
    } catch (IllegalStateException e) {
      // The host is ending: the hook runs.
    }
    end();
  }

  private void end() {
    end(process, folder);
  }

  private static void end(@Nullable Process process, Path folder) {
    if (process != null) {
      process.destroyForcibly();
    }
    delete(folder.resolve("socket"));
    delete(folder);
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // What is mapped stays on some systems until the process ends.
      path.toFile().deleteOnExit();
    }
  }
}
