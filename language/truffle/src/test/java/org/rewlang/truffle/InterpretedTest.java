package org.rewlang.truffle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rewlang.core.CoreCases;
import org.rewlang.engine.Differential;
import org.rewlang.engine.EngineCases;
import org.rewlang.engine.Frame;
import org.rewlang.interpret.Interpreter;

/** On a plain command line: the same numbers, no exception, nothing printed. */
@Tag("interpreted")
class InterpretedTest {

  private static final Path MODULES = Path.of("target", "up").toAbsolutePath();

  @TempDir Path directory;

  static Iterable<CoreCases.Case> cases() {
    return CoreCases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsDirectJava(CoreCases.Case test) {
    EngineCases.run(new TruffleEngine(), test);
  }

  @Test
  void equalsTheInterpreterOnRandomPrograms() {
    Differential.compare(new TruffleEngine(), new Interpreter(), 2_000_000, 2_000_300);
  }

  @Test
  void saysWhy() {
    TruffleEngine engine = new TruffleEngine();
    assertFalse(engine.isCompiling());
    assertEquals(
        "interpreted: the JVM runs without --add-modules jdk.internal.vm.ci", engine.reason());
  }

  /** What the processes below run. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) {
      TruffleEvaluator evaluator = Programs.prepare("in x f64 out total t = exp(x)");
      Frame frame = evaluator.newFrame(new double[0]);
      evaluator.step(frame);
      System.out.println(frame.outputs[0] + " " + new TruffleEngine().reason());
    }
  }

  private static String classPath(Predicate<String> kept, String... more) {
    return Stream.concat(
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).filter(kept),
            Stream.of(more))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isNot(String path, String name) {
    return !new File(path).getName().startsWith(name);
  }

  private static String compilerJar() throws IOException {
    try (Stream<Path> files = Files.list(MODULES)) {
      return files
          .filter(f -> f.getFileName().toString().startsWith("compiler-"))
          .findFirst()
          .orElseThrow()
          .toString();
    }
  }

  private void saysOnly(String expected, String classPath, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The JDK's own warnings about libraries are the launcher's to turn off.
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(Arrays.asList(options));
    command.addAll(List.of("-cp", classPath, Main.class.getName()));
    File out = directory.resolve("out").toFile();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out).start();
    int status = process.waitFor();
    String said = Files.readString(out.toPath(), StandardCharsets.UTF_8);
    assertEquals("1.0 " + expected + System.lineSeparator(), said);
    assertEquals(0, status);
  }

  @Test
  void aPlainJvm() throws IOException, InterruptedException {
    saysOnly(
        "interpreted: the JVM runs without --add-modules jdk.internal.vm.ci",
        classPath(path -> true));
  }

  @Test
  void jvmciWithoutCompiler() throws IOException, InterruptedException {
    saysOnly(
        "interpreted: the Graal compiler is not on the upgrade module path",
        classPath(path -> true),
        "--add-modules=jdk.internal.vm.ci");
  }

  @Test
  void theCompilerAsAPlainJar() throws IOException, InterruptedException {
    saysOnly(
        "interpreted: the Graal compiler is not on the upgrade module path",
        classPath(path -> true, compilerJar()),
        "--add-modules=jdk.internal.vm.ci");
  }

  @Test
  void theCompilerWithJvmciOff() throws IOException, InterruptedException {
    saysOnly(
        "interpreted: JVMCI is not enabled in this JVM",
        classPath(path -> true),
        "--upgrade-module-path=" + MODULES,
        "--add-modules=jdk.graal.compiler");
  }

  @Test
  void halfOfTruffle() throws IOException, InterruptedException {
    saysOnly(
        "interpreted: the Graal compiler is not on the upgrade module path",
        classPath(path -> isNot(path, "truffle-compiler")),
        "--add-modules=jdk.internal.vm.ci");
  }

  @Test
  void noOptimizingRuntime() throws IOException, InterruptedException {
    saysOnly(
        "interpreted: truffle-runtime is not on the class path",
        classPath(path -> isNot(path, "truffle-runtime")),
        "--add-modules=jdk.internal.vm.ci",
        "--upgrade-module-path=" + MODULES);
  }

  @Test
  void askedToInterpret() throws IOException, InterruptedException {
    saysOnly(
        "interpreted: the property truffle.UseFallbackRuntime is set",
        classPath(path -> true),
        "--add-modules=jdk.internal.vm.ci",
        "--upgrade-module-path=" + MODULES,
        "-Dtruffle.UseFallbackRuntime=true");
  }

  @Test
  void compiledWhereAllIsThere() throws IOException, InterruptedException {
    assertTrue(Files.isDirectory(MODULES));
    saysOnly(
        "compiled by Graal, via JVMCI (GraalVM CE)",
        classPath(path -> true),
        "--add-modules=jdk.internal.vm.ci",
        "--upgrade-module-path=" + MODULES);
  }
}
