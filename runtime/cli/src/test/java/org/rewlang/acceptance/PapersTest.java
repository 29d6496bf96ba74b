package org.rewlang.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rewards as papers state them; their tests hold numbers worked out from the papers' formulas. */
class PapersTest {

  private static final Path FOLDER = Rew.root().resolve("examples/papers");

  @Test
  void theirTestsPassAndNothingIsWarnedOf() throws IOException {
    Rew tests = Rew.run("test", FOLDER.toString(), "--format", "json");
    assertEquals(0, tests.exit(), tests.out());
    assertEquals(0, tests.json().get("failed").asInt());
    assertEquals(33, tests.json().get("passed").asInt());
    try (var files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        Rew check = Rew.run("check", "--strict", file.toString());
        assertEquals(0, check.exit(), check.err());
      }
    }
  }

  /** A violation at tick 0 halves the ticks 0 to 499; tick 500 is free. */
  @ParameterizedTest
  @ValueSource(strings = {"interpreter", "bytecode", "truffle", "columns"})
  void aPenaltyThatLingers(String engine, @TempDir Path folder) throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int tick = -1; tick <= 501; tick++) {
      rows.append(
          ("{\"reset\": %b, \"route\": %s, \"near_hit\": %b, \"over\": 0, \"offset\": 0,"
                  + " \"junction\": false, \"off_route\": false, \"collision\": false,"
                  + " \"red_light\": false}\n")
              .formatted(tick < 0, 0.125 * (tick + 1), tick == 0));
    }
    Path data = Files.writeString(folder.resolve("drive.jsonl"), rows);
    Path out = folder.resolve("out.jsonl");
    Rew unused = Rew.score(FOLDER.resolve("carl.rew"), data, out, "--engine", engine);
    List<JsonNode> scored = Rew.lines(out);
    assertEquals(502, scored.size());
    for (int tick = 0; tick <= 501; tick++) {
      assertEquals(
          tick < 500 ? 0.0625 : 0.125,
          scored.get(tick).get("total").doubleValue(),
          1e-12,
          "tick " + tick);
    }
  }
}
