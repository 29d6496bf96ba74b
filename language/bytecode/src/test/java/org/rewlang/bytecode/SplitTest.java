package org.rewlang.bytecode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rewlang.core.CoreProgram;
import org.rewlang.engine.Engine;
import org.rewlang.engine.EngineContract;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.engine.LargePrograms;
import org.rewlang.source.Source;

/** Programs cut into methods: all mean the same in very small ones, and HotSpot compiles each. */
class SplitTest implements EngineContract {

  @TempDir Path directory;

  @Override
  public Engine engine() {
    return new Engine() {
      @Override
      public String name() {
        return "bytecode in small methods";
      }

      @Override
      public String reason() {
        return "asked for";
      }

      @Override
      public Evaluator prepare(CoreProgram program) {
        return BytecodeEngine.prepare(program, 120);
      }
    };
  }

  static List<Arguments> large() {
    return List.of(
        arguments("chain", LargePrograms.chain(20_000)),
        arguments("choices", LargePrograms.choices(5_000)),
        arguments("straight", LargePrograms.straight(10_000)),
        arguments("loops", LargePrograms.loops(800)),
        arguments("arms", LargePrograms.arms(2_000)),
        arguments("checks", LargePrograms.checks(2_000)),
        arguments("constants", LargePrograms.constants(12_000)));
  }

  /** Of the class files themselves: 8,000 bytes is HotSpot's {@code HugeMethodLimit}. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("large")
  void noMethodIsTooLong(String name, CoreProgram program) {
    byte[] bytes = BytecodeEngine.classOf(program, BytecodeEngine.LIMIT);
    int longest = ClassBuilder.longest(bytes);
    assertTrue(longest <= 8_000, longest + " bytes");
    assertTrue(longest > 1_000, "cut too small: " + longest + " bytes");
  }

  /** A method whose size was guessed too low is cut again. */
  @Test
  void whatIsTooLongIsCutAgain() {
    byte[] bytes = BytecodeEngine.classOf(LargePrograms.straight(2_000), 60_000);
    assertTrue(ClassBuilder.longest(bytes) <= 8_000);
  }

  /** What the process below runs. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) {
      Evaluator evaluator = new BytecodeEngine().prepare(LargePrograms.straight(2_000));
      Frame frame = evaluator.newFrame(new double[0]);
      for (int i = 0; i < 60_000; i++) {
        int unused = evaluator.step(frame);
      }
    }
  }

  /** Of the modules that the process needs, whatever started this one. */
  private static String classPath() {
    return Stream.of(
            Main.class, BytecodeEngine.class, LargePrograms.class, Evaluator.class, Source.class)
        .map(
            type ->
                Path.of(
                    URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString())))
        .map(Path::toString)
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static TreeSet<String> methods(byte[] bytes) {
    return ClassFile.of().parse(bytes).methods().stream()
        .map(method -> method.methodName().stringValue())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** HotSpot tells which methods it compiled at its highest level. */
  @Test
  void everyMethodIsCompiled() throws IOException, InterruptedException {
    File out = directory.resolve("out").toFile();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+PrintCompilation",
                "-Xbatch",
                "-cp",
                classPath(),
                Main.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(out)
            .start();
    assertEquals(0, process.waitFor());
    String said = Files.readString(out.toPath(), StandardCharsets.UTF_8);
    TreeSet<String> compiled = new TreeSet<>();
    Matcher matcher =
        Pattern.compile(" 4 +org\\.rewlang\\.bytecode\\.Program/\\S+::(\\w+) ").matcher(said);
    while (matcher.find()) {
      compiled.add(matcher.group(1));
    }
    TreeSet<String> expected =
        methods(BytecodeEngine.classOf(LargePrograms.straight(2_000), BytecodeEngine.LIMIT));
    expected.remove("<init>");
    expected.remove("observe");
    assertTrue(expected.size() > 10, expected.toString());
    assertEquals(expected, compiled);
  }
}
