package org.rewlang.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
  private static final int ARRAYS = 6_000;
  private static final int ROWS = 5;
  private static final int PER_PROGRAM = 100;
  private static final Pattern ANSWER = Pattern.compile("\\[([^\\]]*)\\]|null");
  private static final Map<String, List<Integer>> INPUTS = new TreeMap<>(RandomArray.INPUTS);

  static {
    RandomExpression.SCALARS.forEach(x -> INPUTS.put(x, List.of()));
    RandomExpression.BOOLS.forEach(p -> INPUTS.put(p, List.of()));
  }

  /** The inputs' elements, row-major, by name; a bool is 0 or 1. */
  private record Row(Map<String, List<Double>> values) {

    static Row of(RandomExpression random) {
      Map<String, List<Double>> values = new TreeMap<>();
      INPUTS.forEach(
          (name, shape) -> {
            int size = shape.stream().reduce(1, (a, b) -> a * b);
            boolean flag = RandomExpression.BOOLS.contains(name);
            values.put(
                name,
                Stream.generate(() -> flag ? (random.flag() ? 1.0 : 0.0) : random.number())
                    .limit(size)
                    .toList());
          });
      return new Row(values);
    }

    String json() {
      return values.entrySet().stream()
          .map(e -> "\"" + e.getKey() + "\":" + json(e.getKey(), e.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }

    private static String json(String name, List<Double> elements) {
      return RandomExpression.BOOLS.contains(name)
          ? String.valueOf(elements.getFirst() == 1)
          : nested(elements, INPUTS.get(name));
    }

    private static String nested(List<Double> elements, List<Integer> shape) {
      if (shape.isEmpty()) {
        return String.valueOf(elements.getFirst());
      }
      int size = elements.size() / shape.getFirst();
      return IntStream.range(0, shape.getFirst())
          .mapToObj(
              i ->
                  nested(
                      elements.subList(i * size, (i + 1) * size), shape.subList(1, shape.size())))
          .collect(Collectors.joining(",", "[", "]"));
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

  @Test
  void arraysAreEqualInEveryBit(@TempDir Path folder) throws Exception {
    RandomArray arrays = new RandomArray(new Random(20270102));
    List<String> expressions = distinct(ARRAYS, arrays::arithmetic);
    for (String what : RandomArray.EVERYTHING) {
      long times = expressions.stream().filter(e -> e.contains(what)).count();
      assertTrue(times >= 50, what + " stands in " + times + " expressions");
    }
    compare(expressions, new RandomExpression(5), 0, folder);
  }

  @Test
  void elementaryFunctionsOfArraysAreWithinFourUnits(@TempDir Path folder) throws Exception {
    RandomArray arrays = new RandomArray(new Random(6));
    compare(distinct(ELEMENTARY / 4, arrays::elementary), new RandomExpression(6), 4, folder);
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
      rows.add(Stream.generate(() -> Row.of(random)).limit(ROWS).toList());
    }
    List<List<List<String>>> answers = python(expressions, rows, folder);
    int compared = 0;
    int unknown = 0;
    for (int from = 0; from < expressions.size(); from += PER_PROGRAM) {
      List<String> batch =
          expressions.subList(from, Math.min(from + PER_PROGRAM, expressions.size()));
      Evaluator evaluator = evaluator(batch);
      for (int i = 0; i < batch.size(); i++) {
        assertEquals(ROWS, answers.get(from + i).size());
        for (int r = 0; r < ROWS; r++) {
          List<String> expected = answers.get(from + i).get(r);
          Row row = rows.get(from + i).get(r);
          if (expected == null) {
            unknown++;
            continue;
          }
          double[] actual = run(evaluator, row).get(i);
          assertEquals(expected.size(), actual.length, batch.get(i));
          for (int e = 0; e < actual.length; e++) {
            double wanted = number(expected.get(e));
            if (!near(wanted, actual[e], ulps)) {
              fail(
                  "%s is %s at %d, NumPy says %s for %s"
                      .formatted(batch.get(i), actual[e], e, wanted, row.json()));
            }
            compared++;
          }
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

  private static double number(String answer) {
    return switch (answer) {
      case "true" -> 1;
      case "false" -> 0;
      default -> Double.longBitsToDouble(Long.parseUnsignedLong(answer, 16));
    };
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
    StringBuilder text = new StringBuilder("inputs {\n");
    INPUTS.forEach(
        (name, shape) ->
            text.append(name)
                .append(RandomExpression.BOOLS.contains(name) ? ": bool" : ": real")
                .append(shape.isEmpty() ? "" : shape)
                .append('\n'));
    text.append("}\n");
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

  /** The elements of each metric, in order. */
  private static List<double[]> run(Evaluator evaluator, Row row) {
    Layout layout = evaluator.layout();
    Frame frame = evaluator.newFrame(layout.defaultParams());
    CoreProgram core = layout.program();
    for (int port = 0; port < core.inputs().size(); port++) {
      List<Double> elements = row.values.get(core.inputs().get(port).name());
      for (int i = 0; i < elements.size(); i++) {
        frame.inputs[layout.input(port) + i] = elements.get(i);
      }
    }
    assertEquals(Evaluator.OK, evaluator.step(frame));
    List<double[]> metrics = new ArrayList<>(Collections.nCopies(PER_PROGRAM, new double[0]));
    for (int port = 0; port < core.outputs().size(); port++) {
      Output output = core.outputs().get(port);
      if (output.role() == Output.Role.METRIC) {
        int at = layout.output(port);
        metrics.set(
            Integer.parseInt(output.name().substring(1)),
            Arrays.copyOfRange(frame.outputs, at, at + output.type().size()));
      }
    }
    return metrics;
  }

  /** Of each expression, for each row: its elements, or null where it has no value in Python. */
  private static List<List<List<String>>> python(
      List<String> expressions, List<List<Row>> rows, Path folder)
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
    List<List<List<String>>> answers = new ArrayList<>();
    for (String line : Files.readAllLines(out)) {
      answers.add(answers(line));
    }
    assertEquals(expressions.size(), answers.size());
    return answers;
  }

  /** {@code [["3ff0000000000000", true], null]}. */
  private static List<List<String>> answers(String line) {
    List<List<String>> rows = new ArrayList<>();
    Matcher row = ANSWER.matcher(line.substring(1, line.length() - 1));
    while (row.find()) {
      rows.add(
          row.group(1) == null ? null : List.of(row.group(1).replaceAll("[\" ]", "").split(",")));
    }
    return rows;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
