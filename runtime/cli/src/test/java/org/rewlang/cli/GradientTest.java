package org.rewlang.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code rew score --gradient}. */
class GradientTest {

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        folder.resolve("p.rew"),
        """
        record Goal { at: real[2]  weight: real }
        inputs { x: real  v: real[2]  n: int  held: bool  goal: Goal }
        param k = 3 in 0..10
        reward {
          a = k * x ** 2 / (x - 4)
          b = sum(v * goal.at) * goal.weight when held
          c = sqrt(x) * n + prev(x, initially = 5)
        }
        """);
    Files.writeString(
        folder.resolve("d.jsonl"),
        """
        {"x": 2, "v": [1, 2], "n": 3, "held": true, "goal": {"at": [5, 7], "weight": 0.5}}
        {"x": 0, "v": [1, 2], "n": 3, "held": false, "goal": {"at": [5, 7], "weight": 0.5}}
        {"x": 4, "v": [1, 2], "n": 3, "held": true, "goal": {"at": [5, 7], "weight": 0.5}}
        """);
  }

  private Cli.Ran score(String... more) {
    return Cli.run(
        Stream.concat(
                Stream.of("score", file("p.rew"), file("d.jsonl"), "--on-failure", "skip"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private List<JsonNode> rows(String by, String engine) throws IOException {
    Cli.Ran ran = score("--gradient", by, "--engine", engine, "-o", "-");
    assertEquals(0, ran.exit(), ran.err());
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> rows = new java.util.ArrayList<>();
    for (String line : ran.out().lines().toList()) {
      rows.add(json.readTree(line));
    }
    return rows;
  }

  /** Worked out by hand: a = k x² / (x - 4), b = v·at weight, c = 3 √x + what x was. */
  @ParameterizedTest
  @ValueSource(strings = {"interpreter", "truffle"})
  void columns(String engine) throws IOException {
    List<JsonNode> rows = rows("inputs, params", engine);
    JsonNode row = rows.getFirst();
    // (2 x (x - 4) - x²) k / (x - 4)², at x = 2.
    assertEquals(-9, row.get("d_a.x").asDouble(), 1e-12);
    assertEquals(-2, row.get("d_a.k").asDouble(), 1e-12);
    assertEquals(2.5, row.get("d_b.v_0").asDouble(), 1e-12);
    assertEquals(1, row.get("d_b.goal.at_1").asDouble(), 1e-12);
    assertEquals(19, row.get("d_b.goal.weight").asDouble(), 1e-12);
    assertEquals(1.5 / Math.sqrt(2), row.get("d_c.x").asDouble(), 1e-12);
    assertEquals(-9 + 1.5 / Math.sqrt(2), row.get("d_total.x").asDouble(), 1e-12);
    // A gate that is shut; an infinite slope has no number.
    assertEquals(0, rows.get(1).get("d_b.v_0").asDouble());
    assertTrue(rows.get(1).get("d_c.x").isNull(), rows.get(1).toString());
    assertTrue(rows.get(1).get("d_total.x").isNull(), rows.get(1).toString());
    // Divided by zero: the row fails, with all its columns.
    assertTrue(rows.get(2).get("total").isNull());
    assertTrue(rows.get(2).get("d_total.k").isNull());
    assertTrue(rows.getFirst().findValue("d_a.n") == null);
    assertTrue(rows.getFirst().findValue("d_a.held") == null);
  }

  @Test
  void aRecordIsAllOfIt() throws IOException {
    JsonNode row = rows("goal", "interpreter").getFirst();
    List<String> derivatives = new java.util.ArrayList<>();
    row.fieldNames().forEachRemaining(derivatives::add);
    derivatives.removeIf(n -> !n.startsWith("d_b."));
    assertEquals(List.of("d_b.goal.at_0", "d_b.goal.at_1", "d_b.goal.weight"), derivatives);
  }

  /** All else in the row is as without derivatives. */
  @Test
  void theRestIsTheSame() {
    List<String> plain = score("-o", "-").out().lines().toList();
    List<String> more = score("--gradient", "inputs", "-o", "-").out().lines().toList();
    assertEquals(3, plain.size());
    for (int i = 0; i < 3; i++) {
      String shared = plain.get(i).substring(0, plain.get(i).length() - 1);
      assertTrue(more.get(i).startsWith(shared + ",\"d_"), more.get(i));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gaol | the program has no input or parameter `gaol` | did you mean `goal`?",
        "n | `n` is no real number, and nothing has a derivative by it | RW0414",
        "held | `held` is no real number, and nothing has a derivative by it | RW0414",
        "'' | the program has no input or parameter `` | RW0414",
      })
  void wrongNames(String by, String message, String more) {
    Cli.Ran ran = score("--gradient", by, "-o", "-");
    assertEquals(2, ran.exit(), ran.err());
    assertTrue(ran.err().contains(message), ran.err());
    assertTrue(ran.err().contains(more), ran.err());
  }

  @Test
  void rowsMustGoSomewhere() {
    Cli.Ran ran = score("--gradient", "x");
    assertEquals(2, ran.exit());
    assertTrue(ran.err().contains("`--gradient` adds columns to the rows that `-o` writes"));
  }
}
