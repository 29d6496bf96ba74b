package org.rewlang.gpu;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rewlang.bytecode.Kernel;

/**
 * How a worker is started.
 *
 * @param options of the JVM, ahead of the class path
 * @param accelerator the class of the accelerator that it uses
 * @param platform what kernels call there
 */
record WorkerCommand(List<String> options, Class<?> accelerator, Kernel.Platform platform) {

  /** Where users say that the SDK lies. */
  static final String SDK = "TORNADOVM_HOME";

  /**
   * Arithmetic as IEEE 754 has it: without these, TornadoVM multiplies and adds in one rounding and
   * lets the driver leave out what it thinks of no matter. And a kernel that can't be translated is
   * an error; otherwise TornadoVM would run it in Java and say nothing.
   */
  private static final List<String> STRICT =
      List.of(
          "-Dtornado.recover.bailout=False",
          "-Dtornado.opencl.compiler.flags=-w",
          "-Dtornado.enable.fma=False",
          "-Dtornado.enable.nativeFunctions=False",
          "-Dtornado.enable.fastMathOptimizations=False",
          "-Dtornado.enable.mathOptimizations=False");

  /**
   * A worker with TornadoVM.
   *
   * @param home what the user says of where the SDK lies
   * @throws WorkerException if there is none
   */
  static WorkerCommand tornado(@Nullable String home) throws WorkerException {
    if (home == null || home.isBlank()) {
      throw new WorkerException(
          SDK + " is not set; it names the folder of a TornadoVM 5.2 SDK for JDK 25");
    }
    Path arguments = Path.of(home, "tornado-argfile");
    if (!Files.isReadable(arguments)) {
      throw new WorkerException(
          SDK + " is '" + home + "', where there is no 'tornado-argfile' of a TornadoVM SDK");
    }
    List<String> options = new ArrayList<>(List.of("@" + arguments));
    options.addAll(STRICT);
    options.add("-Dtornado.load.annotation.implementation=" + TornadoAccelerator.ANNOTATIONS);
    options.add("--add-exports=jdk.internal.vm.ci/jdk.vm.ci.meta=ALL-UNNAMED");
    options.add("--add-exports=jdk.internal.vm.ci/jdk.vm.ci.meta=tornado.runtime");
    return new WorkerCommand(options, TornadoAccelerator.class, Kernel.Platform.TORNADO_VM);
  }

  /** The command line, for a host at this socket. */
  List<String> line(Path socket) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(options);
    line.addAll(List.of("-cp", classPath(), Worker.class.getName()));
    line.addAll(List.of(socket.toString(), accelerator.getName()));
    return line;
  }

  /** What a worker needs: this package, and what kernels call. */
  private String classPath() {
    Set<String> places = new LinkedHashSet<>();
    for (Class<?> type : List.of(Worker.class, Kernel.class, accelerator)) {
      try {
        places.add(
            Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
      } catch (URISyntaxException e) {
        throw new IllegalStateException(e);
      }
    }
    return String.join(File.pathSeparator, places);
  }
}
