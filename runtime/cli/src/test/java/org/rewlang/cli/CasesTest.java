package org.rewlang.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The cases beside this test: a program, its data, and what {@code rew score} makes of them, on each
 * engine. A case names only the columns that it is about.
 */
class CasesTest {

  private static final Path CASES = Path.of("src/test/cases");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(CASES)) {
      files = list.filter(f -> f.toString().endsWith(".case")).sorted().toList();
    }
    assertTrue(files.size() >= 10, "the cases are gone");
    return files.stream()
        .flatMap(
            file ->
                Stream.of("interpreter", "truffle")
                    .map(
                        engine ->
                            DynamicTest.dynamicTest(
                                file.getFileName() + " on " + engine, () -> run(file, engine))));
  }

  private void run(Path file, String engine) throws IOException {
    Map<String, String> parts = parts(Files.readString(file));
    Path program = folder.resolve("program.rew");
    Path data = folder.resolve("data.jsonl");
    Path out = folder.resolve("out.jsonl");
    Files.writeString(program, parts.get("program"));
    Files.writeString(data, parts.get("data"));
    Cli.Ran ran =
        Cli.run(
            "score",
            program.toString(),
            data.toString(),
            "-o",
            out.toString(),
            "--engine",
            engine,
            "--format",
            "json");
    assertEquals(0, ran.exit(), ran.out() + ran.err());
    assertEquals(engine, ran.json().get("engine").asText());
    List<JsonNode> found = rows(Files.readString(out));
    List<JsonNode> expected = rows(parts.get("expected"));
    assertEquals(expected.size(), found.size());
    for (int r = 0; r < expected.size(); r++) {
      JsonNode row = found.get(r);
      for (Map.Entry<String, JsonNode> cell : expected.get(r).properties()) {
        String where = "row " + r + ", " + cell.getKey() + " of " + row;
        JsonNode value = row.get(cell.getKey());
        assertNotNull(value, where);
        if (cell.getValue().isNumber()) {
          assertTrue(value.isNumber(), where);
          assertEquals(cell.getValue().doubleValue(), value.doubleValue(), where);
        } else {
          assertEquals(cell.getValue(), value, where);
        }
      }
    }
  }

  private static Map<String, String> parts(String text) {
    Map<String, String> parts = new TreeMap<>();
    String name = "";
    StringBuilder part = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      if (line.startsWith("--- ")) {
        parts.put(name, part.toString());
        part.setLength(0);
        name = line.substring(4).strip();
      } else {
        part.append(line).append('\n');
      }
    }
    parts.put(name, part.toString());
    return parts;
  }

  private static List<JsonNode> rows(String text) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : text.split("\n")) {
      if (!line.isBlank()) {
        rows.add(JSON.readTree(line));
      }
    }
    return rows;
  }
}
