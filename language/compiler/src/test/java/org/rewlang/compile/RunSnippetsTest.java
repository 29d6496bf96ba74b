package org.rewlang.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.rewlang.check.Loader;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Output;
import org.rewlang.core.Sink;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.engine.Layout;
import org.rewlang.interpret.Interpreter;
import org.rewlang.source.Source;

/**
 * Programs with what they give, step by step, worked out by hand. A trace has a line for each step
 * ({@code step x=1 v=[1,2]}; inputs not named are 0), reset ({@code reset x=1}; inputs not named
 * are absent) and end of an episode; the expected output, next to it, {@code name=value …}, exact
 * to the last bit, {@code fails CODE}, or {@code -}.
 */
class RunSnippetsTest {

  private static final Path ROOT = Path.of("src/test/snippets/run");

  @TestFactory
  Stream<DynamicTest> snippets() throws IOException {
    Path root = Files.exists(ROOT) ? ROOT : Path.of("language/compiler").resolve(ROOT);
    List<Path> programs;
    try (Stream<Path> files = Files.walk(root)) {
      programs = files.filter(f -> f.toString().endsWith(".rew")).sorted().toList();
    }
    assertTrue(programs.size() >= 17, "only " + programs.size());
    return programs.stream()
        .map(p -> DynamicTest.dynamicTest(root.relativize(p).toString(), () -> run(p)));
  }

  private static void run(Path file) throws IOException {
    String name = file.toString().replaceAll("\\.rew$", "");
    Compilation compiled =
        Compiler.compile(
            Source.of(file.getFileName().toString(), Files.readString(file)), Loader.NONE);
    CoreProgram core = compiled.core();
    assertNotNull(core, () -> String.valueOf(compiled.diagnostics()));
    List<String> trace = Files.readAllLines(Path.of(name + ".trace"));
    List<String> expected = Files.readAllLines(Path.of(name + ".out"));
    assertEquals(trace.size(), expected.size(), "a line for each line of the trace");
    Evaluator evaluator = new Interpreter().prepare(core);
    Frame frame = evaluator.newFrame(evaluator.layout().defaultParams());
    for (int i = 0; i < trace.size(); i++) {
      String where = "line " + (i + 1) + ": " + trace.get(i);
      assertEquals(expected.get(i), line(evaluator, frame, trace.get(i), expected.get(i)), where);
    }
  }

  /** What came of a line, in the words of the expectation. */
  private static String line(Evaluator evaluator, Frame frame, String action, String expected) {
    Layout layout = evaluator.layout();
    List<String> words = List.of(action.strip().split("\\s+"));
    if (words.getFirst().equals("end")) {
      layout.reset(frame.state);
      return "-";
    }
    boolean reset = words.getFirst().equals("reset");
    Arrays.fill(frame.inputs, 0);
    Arrays.fill(frame.present, !reset);
    for (String word : words.subList(1, words.size())) {
      String[] sides = word.split("=");
      int port = port(layout.program(), sides[0]);
      frame.present[port] = true;
      double[] values = values(sides[1]);
      System.arraycopy(values, 0, frame.inputs, layout.input(port), values.length);
    }
    double[] before = frame.state.clone();
    int failed = reset ? evaluator.observe(frame) : evaluator.step(frame);
    if (failed != Evaluator.OK) {
      assertTrue(Arrays.equals(before, frame.state), "a failed step leaves state as it was");
      List<Sink> sinks = (reset ? layout.program().reset() : layout.program().step()).sinks();
      return "fails "
          + switch (((Sink.Check) sinks.get(failed)).failure()) {
            case UNDEFINED -> "RW0420";
            case REQUIRED -> "RW0421";
            case FULL -> "RW0422";
          };
    }
    if (reset) {
      return "-";
    }
    List<String> said = new ArrayList<>();
    for (String word : expected.split("\\s+")) {
      String[] sides = word.split("=");
      boolean same =
          sides.length == 2 && Arrays.equals(values(sides[1]), output(layout, frame, sides[0]));
      said.add(same ? word : sides[0] + "=" + Arrays.toString(output(layout, frame, sides[0])));
    }
    return String.join(" ", said);
  }

  private static int port(CoreProgram program, String name) {
    for (int i = 0; i < program.inputs().size(); i++) {
      if (program.inputs().get(i).name().equals(name)) {
        return i;
      }
    }
    throw new AssertionError("no input " + name);
  }

  /** Undefined results are null: not finite. */
  private static double[] output(Layout layout, Frame frame, String name) {
    List<Output> outputs = layout.program().outputs();
    for (int i = 0; i < outputs.size(); i++) {
      String called =
          outputs.get(i).name().isEmpty() ? outputs.get(i).role().text() : outputs.get(i).name();
      if (called.equals(name)) {
        double[] values = Arrays.copyOfRange(frame.outputs, layout.output(i), layout.output(i + 1));
        for (int k = 0; k < values.length; k++) {
          values[k] = Double.isFinite(values[k]) ? values[k] + 0.0 : Double.NaN;
        }
        return values;
      }
    }
    throw new AssertionError("no output " + name);
  }

  private static double[] values(String text) {
    return Arrays.stream(text.replaceAll("[\\[\\]]", "").split(","))
        .mapToDouble(
            v ->
                switch (v) {
                  case "true" -> 1;
                  case "false" -> 0;
                  case "null" -> Double.NaN;
                  default -> Double.parseDouble(v);
                })
        .toArray();
  }
}
