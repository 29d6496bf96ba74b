package org.rewlang.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every {@code src/test/cases/*.case}: a program, its data and the numbers worked out by hand,
 * scored on each engine, and walked through by {@code run}. Numbers are equal in every bit.
 */
class CasesTest {

  private static final Path CASES = Rew.root().resolve("runtime/cli/src/test/cases");

  private static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.filter(f -> f.toString().endsWith(".case")).sorted().toList();
    }
  }

  @Test
  void thereAreCases() throws IOException {
    assertTrue(cases().size() >= 25, "only " + cases().size() + " cases found");
  }

  @TestFactory
  Stream<DynamicTest> scored(@TempDir Path folder) throws IOException {
    return cases().stream()
        .flatMap(
            file ->
                Stream.of("interpreter", "bytecode", "truffle", "columns")
                    .map(
                        engine ->
                            DynamicTest.dynamicTest(
                                file.getFileName() + " on " + engine,
                                () -> score(file, engine, folder))));
  }

  private static void score(Path file, String engine, Path folder) throws IOException {
    String[] parts = Files.readString(file).split("(?m)^--- (?:program|data|expected)\n");
    assertEquals(4, parts.length, "a case has a note, a program, data and expected rows");
    Path program = Files.writeString(folder.resolve("case.rew"), parts[1]);
    Path data = Files.writeString(folder.resolve("case.jsonl"), parts[2]);
    Path out = folder.resolve("out.jsonl");
    Rew rew = Rew.score(program, data, out, "--engine", engine, "--format", "json");
    assertEquals(engine, rew.json().get("engine").asText());
    List<JsonNode> expected = Rew.lines(parts[3]);
    List<JsonNode> actual = Rew.lines(out);
    assertEquals(expected.size(), actual.size(), "rows");
    for (int row = 0; row < expected.size(); row++) {
      JsonNode got = actual.get(row);
      for (var column : expected.get(row).properties()) {
        String where = "row " + row + ", column " + column.getKey() + " of " + got;
        assertTrue(got.has(column.getKey()), where);
        same(column.getValue(), got.get(column.getKey()), where);
      }
    }
  }

  private static void same(JsonNode expected, JsonNode actual, String where) {
    if (expected.isNumber()) {
      assertTrue(actual.isNumber(), where);
      assertEquals(expected.doubleValue() + 0.0, actual.doubleValue() + 0.0, 0.0, where);
    } else if (expected.isArray()) {
      assertEquals(expected.size(), actual.size(), where);
      for (int i = 0; i < expected.size(); i++) {
        same(expected.get(i), actual.get(i), where);
      }
    } else {
      assertEquals(expected, actual, where);
    }
  }
}
