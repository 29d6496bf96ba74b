package org.rewlang.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ports under {@code examples/}: every reward and published component against what the package
 * itself gave on the recorded transitions, and on every engine the same bits.
 */
class PortsTest {

  static final Path EXAMPLES = Rew.root().resolve("examples");
  private static final int LEAST_ROWS = 10_000;

  private static List<JsonNode> listed(String list) throws IOException {
    JsonNode all = Rew.JSON.readTree(EXAMPLES.resolve(list).toFile()).get("ports");
    return StreamSupport.stream(all.spliterator(), false).toList();
  }

  /**
   * Packages' rewards on transitions, functions from source on generated inputs, and those of
   * several agents, whose results are lists.
   */
  static List<JsonNode> all() throws IOException {
    List<JsonNode> all = new ArrayList<>(listed("ports.json"));
    all.addAll(listed("targets.json"));
    Rew.JSON.readTree(EXAMPLES.resolve("ports.json").toFile()).get("agents").forEach(all::add);
    return all;
  }

  @Test
  void allRecordedDataIsChecked() throws IOException {
    Set<Path> named = new TreeSet<>();
    all().forEach(port -> named.add(EXAMPLES.resolve(port.get("data").asText())));
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      assertEquals(
          named, files.filter(PortsTest::isData).collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  private static boolean isData(Path file) {
    return file.toString().endsWith(".parquet") && !file.startsWith(EXAMPLES.resolve("record"));
  }

  @TestFactory
  Stream<DynamicTest> ported(@TempDir Path folder) throws IOException {
    return all().stream()
        .map(port -> DynamicTest.dynamicTest(port.get("task").asText(), () -> check(port, folder)));
  }

  @TestFactory
  Stream<DynamicTest> checkedAndTested() throws IOException {
    return all().stream()
        .map(
            port ->
                DynamicTest.dynamicTest(
                    port.get("task").asText(),
                    () -> {
                      String program = EXAMPLES.resolve(port.get("program").asText()).toString();
                      Rew check = Rew.run("check", program, "--format", "json");
                      assertEquals(0, check.exit(), check.out());
                      List<String> warned = values(check.json().get("diagnostics"), "/code");
                      assertEquals(values(port.path("reports"), ""), warned, check.out());
                      Rew test = Rew.run("test", program, "--format", "json");
                      assertEquals(0, test.exit(), test.out());
                      assertTrue(test.json().get("passed").asInt() > 0, "no test in " + program);
                      assertEquals(0, Rew.run("fmt", "--check", program).exit(), "not formatted");
                    }));
  }

  private static List<String> values(JsonNode list, String pointer) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(item -> item.at(pointer).asText())
        .toList();
  }

  private static void check(JsonNode port, Path folder) throws Exception {
    Path program = EXAMPLES.resolve(port.get("program").asText());
    Path data = EXAMPLES.resolve(port.get("data").asText());
    List<JsonNode> ours = score(program, data, "truffle", folder);
    assertEquals(ours, score(program, data, "interpreter", folder), "engines differ");
    assertEquals(ours, score(program, data, "columns", folder), "columns differ");
    double tolerance = port.get("tolerance").asDouble();
    int least = port.has("rows") ? port.get("rows").asInt() : LEAST_ROWS;
    int rows = 0;
    for (JsonNode pair : port.get("pairs")) {
      double[] theirs = Recorded.column(data, pair.get(1).asText());
      assertEquals(theirs.length, ours.size(), "rows");
      assertTrue(theirs.length >= least, "only " + theirs.length + " rows");
      for (int row = 0; row < theirs.length; row++) {
        double expected = theirs[row];
        double actual = number(ours.get(row), pair.get(0).asText());
        assertEquals(
            expected,
            actual,
            Double.isNaN(expected) ? 0 : tolerance * Math.max(1, Math.abs(expected)),
            pair.get(0).asText() + " in row " + row);
        rows++;
      }
    }
    assertTrue(rows > 0, "no pairs");
  }

  /** The number in a column, {@code total[2]} in a list; NaN for null. */
  private static double number(JsonNode row, String column) {
    int bracket = column.indexOf('[');
    JsonNode value =
        bracket < 0
            ? row.get(column)
            : row.get(column.substring(0, bracket))
                .get(Integer.parseInt(column.substring(bracket + 1, column.length() - 1)));
    return value.isNull()
        ? Double.NaN
        : value.isBoolean() ? value.asBoolean() ? 1 : 0 : value.doubleValue();
  }

  private static List<JsonNode> score(Path program, Path data, String engine, Path folder)
      throws IOException {
    Path out = folder.resolve("out.jsonl");
    Rew rew = Rew.score(program, data, out, "--engine", engine, "--format", "json");
    assertEquals(engine, rew.json().get("engine").asText());
    return Rew.lines(out);
  }
}
