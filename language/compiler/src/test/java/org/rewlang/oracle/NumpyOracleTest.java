package org.rewlang.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewlang.check.Loader;
import org.rewlang.compile.Compilation;
import org.rewlang.compile.Compiler;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Output;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.engine.Layout;
import org.rewlang.interpret.Interpreter;
import org.rewlang.source.Source;

/**
 * Both engines share the parser, the checker and the lowering; Python with NumPy shares nothing.
 * Each expression is text that means the same in both languages. Arithmetic must be equal in every
 * bit, elementary functions within 4 units in the last place.
 *
 * <p>Needs a Python with NumPy, named by {@code -Drew.python=…} ({@code ./test} makes one); without
 * it the test fails, so that it can't be passed over.
 */
class NumpyOracleTest {

  private static final int ARITHMETIC = 8_000;
  private static final int ELEMENTARY = 4_000;
  private static final int ROWS = 5;
  private static final int PER_PROGRAM = 100;
  private static final String INPUTS =
      "inputs { x: real  y: real  z: real  u: real[4]  v: real[4]  p: bool  q: bool }\n";

  private record Row(
      double x, double y, double z, List<Double> u, List<Double> v, boolean p, boolean q) {
    String json() {
      return "{\"x\":" + x + ",\"y\":" + y + ",\"z\":" + z + ",\"u\":" + u + ",\"v\":" + v
          + ",\"p\":" + p + ",\"q\":" + q + "}";
    }
  }

  @Test
  void arithmeticIsEqualInEveryBit(@TempDir Path folder) throws Exception {
    RandomExpression random = new RandomExpression(20261123);
    compare(distinct(ARITHMETIC, random::arithmetic), random, 0, folder);
  }

  @Test
  void elementaryFunctionsAreWithinFourUnits(@TempDir Path folder) throws Exception {
    RandomExpression random = new RandomExpression(4);
    compare(distinct(ELEMENTARY, random::elementary), random, 4, folder);
  }

  private static List<String> distinct(int count, Supplier<String> next) {
    Set<String> found = new LinkedHashSet<>();
    while (found.size() < count) {
      found.add(next.get());
    }
    return List.copyOf(found);
  }

  private static void compare(
      List<String> expressions, RandomExpression random, int ulps, Path folder) throws Exception {
    List<List<Row>> rows = new ArrayList<>();
    for (int i = 0; i < expressions.size(); i++) {
      List<Row> some = new ArrayList<>();
      for (int r = 0; r < ROWS; r++) {
        some.add(
            new Row(
                random.number(),
                random.number(),
                random.number(),
                random.numbers(),
                random.numbers(),
                random.flag(),
                random.flag()));
      }
      rows.add(some);
    }
    List<String> answers = python(expressions, rows, folder);
    int compared = 0;
    int unknown = 0;
    for (int from = 0; from < expressions.size(); from += PER_PROGRAM) {
      List<String> batch =
          expressions.subList(from, Math.min(from + PER_PROGRAM, expressions.size()));
      Evaluator evaluator = evaluator(batch);
      for (int i = 0; i < batch.size(); i++) {
        String[] expected = answers.get(from + i).replaceAll("[\\[\\]\" ]", "").split(",");
        assertEquals(ROWS, expected.length);
        for (int r = 0; r < ROWS; r++) {
          if (expected[r].equals("null")) {
            unknown++;
            continue;
          }
          double actual = run(evaluator, rows.get(from + i).get(r))[i];
          double wanted =
              switch (expected[r]) {
                case "true" -> 1;
                case "false" -> 0;
                default -> Double.longBitsToDouble(Long.parseUnsignedLong(expected[r], 16));
              };
          if (!near(wanted, actual, ulps)) {
            fail(
                batch.get(i)
                    + " is "
                    + actual
                    + ", NumPy says "
                    + wanted
                    + " for "
                    + rows.get(from + i).get(r).json());
          }
          compared++;
        }
      }
    }
    assertTrue(unknown < compared / 4, compared + " values compared, " + unknown + " left out");
    System.out.println(
        "NumPy oracle: "
            + expressions.size()
            + " expressions, "
            + compared
            + " values compared, "
            + unknown
            + " with undefined comparisons left out");
  }

  private static boolean near(double expected, double actual, int ulps) {
    if (Double.isNaN(expected) || Double.isNaN(actual)) {
      return Double.isNaN(expected) && Double.isNaN(actual);
    }
    if (ulps == 0) {
      return Double.doubleToLongBits(expected) == Double.doubleToLongBits(actual);
    }
    return expected == actual
        || Math.abs(expected - actual) <= ulps * Math.max(Math.ulp(expected), Math.ulp(actual));
  }

  private static Evaluator evaluator(List<String> batch) {
    StringBuilder text = new StringBuilder(INPUTS);
    for (int i = 0; i < batch.size(); i++) {
      text.append("metric m").append(i).append(" = ").append(batch.get(i)).append('\n');
    }
    Compilation compiled = Compiler.compile(Source.of("oracle.rew", text.toString()), Loader.NONE);
    CoreProgram core = compiled.core();
    assertNotNull(
        core,
        () ->
            compiled.diagnostics().stream()
                .filter(d -> d.isError())
                .map(d -> (d.primary() == null ? "" : d.primary().location() + " ") + d.message())
                .collect(Collectors.joining("\n")));
    return new Interpreter().prepare(core);
  }

  /** The metrics' values, in order. */
  private static double[] run(Evaluator evaluator, Row row) {
    Layout layout = evaluator.layout();
    Frame frame = evaluator.newFrame(layout.defaultParams());
    CoreProgram core = layout.program();
    for (int port = 0; port < core.inputs().size(); port++) {
      int at = layout.input(port);
      switch (core.inputs().get(port).name()) {
        case "x" -> frame.inputs[at] = row.x;
        case "y" -> frame.inputs[at] = row.y;
        case "z" -> frame.inputs[at] = row.z;
        case "u" -> fill(frame.inputs, at, row.u);
        case "v" -> fill(frame.inputs, at, row.v);
        case "p" -> frame.inputs[at] = row.p ? 1 : 0;
        case "q" -> frame.inputs[at] = row.q ? 1 : 0;
        default -> fail("unknown input");
      }
    }
    assertEquals(Evaluator.OK, evaluator.step(frame));
    double[] metrics = new double[PER_PROGRAM];
    for (int port = 0; port < core.outputs().size(); port++) {
      Output output = core.outputs().get(port);
      if (output.role() == Output.Role.METRIC) {
        metrics[Integer.parseInt(output.name().substring(1))] = frame.outputs[layout.output(port)];
      }
    }
    return metrics;
  }

  private static void fill(double[] into, int at, List<Double> values) {
    for (int i = 0; i < values.size(); i++) {
      into[at + i] = values.get(i);
    }
  }

  private static List<String> python(List<String> expressions, List<List<Row>> rows, Path folder)
      throws IOException, InterruptedException {
    String python = System.getProperty("rew.python");
    assertNotNull(python, "no Python with NumPy: run ./test, or mvn with -Drew.python=PATH of one");
    StringBuilder questions = new StringBuilder();
    for (int i = 0; i < expressions.size(); i++) {
      questions
          .append("{\"expression\":\"")
          .append(expressions.get(i))
          .append("\",\"inputs\":")
          .append(rows.get(i).stream().map(Row::json).collect(Collectors.joining(",", "[", "]")))
          .append("}\n");
    }
    Path in = Files.writeString(folder.resolve("questions.jsonl"), questions);
    Path out = folder.resolve("answers.jsonl");
    Path err = folder.resolve("errors.txt");
    Process process =
        new ProcessBuilder(python, "src/test/python/oracle.py")
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertTrue(process.waitFor(10, TimeUnit.MINUTES), "Python did not end");
    assertEquals(0, process.exitValue(), () -> read(err));
    List<String> answers = Files.readAllLines(out);
    assertEquals(expressions.size(), answers.size());
    return answers;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
