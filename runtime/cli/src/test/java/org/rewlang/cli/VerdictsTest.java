package org.rewlang.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verdicts of formulas, and what machines did, as {@code score} and {@code run} show them. */
class VerdictsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @BeforeEach
  void office() throws IOException {
    write(
        "office.rew",
        """
        inputs { coffee: bool, office: bool, plant: bool, x: real }
        machine delivery {
          initial start
          start -> carrying when coffee
          carrying -> done when office reward 1
          any -> broken when plant
          final done, broken
        }
        formula careful = always(not plant)
        formula errand = eventually(coffee then office)
        formula promise = careful and errand
        reward { task = delivery.reward, bonus = 1 / x once satisfied(errand) }
        metric promise = violated(promise)
        """);
    write(
        "two.jsonl",
        """
        {"coffee": true, "office": false, "plant": false, "x": 1}
        {"coffee": false, "office": true, "plant": false, "x": 1}
        {"coffee": false, "office": false, "plant": false, "x": 1, "terminated": true}
        {"coffee": true, "office": true, "plant": false, "x": 1}
        {"coffee": false, "office": false, "plant": true, "x": 1}
        {"coffee": false, "office": false, "plant": false, "x": 1, "truncated": true}
        """);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private List<String> rows(String name, String... columns) throws IOException {
    List<String> rows = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(name))) {
      JsonNode row = JSON.readTree(line);
      List<String> cells = new ArrayList<>();
      for (String column : columns) {
        assertTrue(row.has(column), line);
        cells.add(row.get(column).asText());
      }
      rows.add(String.join(", ", cells));
    }
    return rows;
  }

  @Test
  void columnsOfRowsAndOfEpisodes() throws IOException {
    Cli.Ran done =
        Cli.run(
            "score",
            file("office.rew"),
            file("two.jsonl"),
            "-o",
            file("out.jsonl"),
            "--episodes",
            file("episodes.jsonl"));
    assertEquals(0, done.exit(), done.err());
    // `terminated` closes the word of the first episode, `truncated` leaves the other's open.
    assertEquals(
        List.of(
            "presumably satisfied, presumably violated, presumably violated",
            "presumably satisfied, satisfied, presumably satisfied",
            "satisfied, satisfied, satisfied",
            "presumably satisfied, presumably violated, presumably violated",
            "violated, presumably violated, violated",
            "violated, presumably violated, violated"),
        rows("out.jsonl", "careful", "errand", "verdict.promise"));
    assertEquals(
        List.of("satisfied, satisfied, satisfied", "violated, presumably violated, violated"),
        rows("episodes.jsonl", "verdict.careful", "verdict.errand", "verdict.promise"));
  }

  @Test
  void aRowLeftOutHasNoVerdictAndIsNotRead() throws IOException {
    write(
        "odd.jsonl",
        """
        {"coffee": true, "office": false, "plant": false, "x": 1}
        {"coffee": false, "office": true, "plant": false, "x": 0}
        {"coffee": false, "office": false, "plant": false, "x": 1, "terminated": true}
        """);
    Cli.Ran done =
        Cli.run(
            "score",
            file("office.rew"),
            file("odd.jsonl"),
            "-o",
            file("out.jsonl"),
            "--on-failure",
            "skip");
    assertEquals(0, done.exit(), done.err());
    assertEquals(List.of("presumably violated", "null", "violated"), rows("out.jsonl", "errand"));
  }

  @Test
  void agentsHaveVerdictsOfTheirOwn() throws IOException {
    write(
        "cars.rew",
        """
        inputs per agent[..3] { gap: real }
        formula clear = always(gap > 2)
        reward per agent { safe = -1 once violated(clear) }
        """);
    write(
        "cars.jsonl",
        """
        {"gap": [3, 1, null]}
        {"gap": [1, null, 3]}
        {"gap": [3, 3, 3], "terminated": true}
        """);
    Cli.Ran done = Cli.run("score", file("cars.rew"), file("cars.jsonl"), "-o", file("out.jsonl"));
    assertEquals(0, done.exit(), done.err());
    List<String> clear = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("out.jsonl"))) {
      clear.add(JSON.readTree(line).get("clear").toString());
    }
    // The second agent was away, and comes back without a past.
    assertEquals(
        List.of(
            "[\"presumably satisfied\",\"violated\",null]",
            "[\"violated\",null,\"presumably satisfied\"]",
            "[\"violated\",\"satisfied\",\"satisfied\"]"),
        clear);
    JsonNode steps = run("cars.rew", "cars.jsonl");
    assertEquals(List.of("[1] gap > 2 = false"), why(steps.get(0), "formula.clear"));
    assertEquals(List.of("[0] gap > 2 = false"), why(steps.get(1), "formula.clear"));
    assertEquals(
        List.of("[1] terminated = true", "[2] terminated = true"),
        why(steps.get(2), "formula.clear"));
  }

  private JsonNode run(String program, String trace) throws IOException {
    Cli.Ran done =
        Cli.run("run", file(program), "--trace", file(trace), "--why", "--format", "json");
    assertEquals(0, done.exit(), done.err());
    return JSON.readTree(done.out()).get("steps");
  }

  private static List<String> why(JsonNode step, String of) {
    List<String> parts = new ArrayList<>();
    step.get("why")
        .get(of)
        .forEach(p -> parts.add(p.get("text").asText() + " = " + p.get("value").asText()));
    return parts;
  }

  @Test
  void runSaysWhichAtomsDecided() throws IOException {
    JsonNode steps = run("office.rew", "two.jsonl");
    assertEquals("presumably violated", steps.get(0).get("verdicts").get("errand").asText());
    assertEquals("satisfied", steps.get(1).get("verdicts").get("errand").asText());
    assertEquals("satisfied", steps.get(2).get("verdicts").get("careful").asText());
    assertEquals(List.of("coffee = true"), why(steps.get(0), "formula.errand"));
    assertEquals(List.of("office = true"), why(steps.get(1), "formula.errand"));
    assertEquals(List.of(), why(steps.get(2), "formula.errand"));
    assertEquals(List.of("terminated = true"), why(steps.get(2), "formula.careful"));
    assertEquals(10, steps.get(1).get("why").get("formula.errand").get(0).get("line").asInt());
  }

  @Test
  void runNamesTheEdgesOfMachines() throws IOException {
    JsonNode steps = run("office.rew", "two.jsonl");
    assertEquals(
        List.of("start -> carrying when coffee = carrying"), why(steps.get(0), "machine.delivery"));
    assertEquals(
        List.of("carrying -> done when office reward 1 = done"),
        why(steps.get(1), "machine.delivery"));
    assertEquals(List.of(), why(steps.get(2), "machine.delivery"));
    // What a component was made of is text of the program, not the numbers of tables.
    assertEquals(
        List.of("coffee = false", "office = true", "plant = false", "delivery.reward = 1.0"),
        why(steps.get(1), "task"));
    Cli.Ran text = Cli.run("run", file("office.rew"), "--trace", file("two.jsonl"), "--why");
    assertTrue(
        text.out()
            .contains(
                """
                  machine delivery
                    carrying -> done when office reward 1  =>  done
                """),
        text.out());
    assertTrue(
        text.out()
            .contains(
                """
                  formula promise = satisfied
                    terminated  =>  true
                """),
        text.out());
    assertFalse(text.out().contains("delivery  =>"), text.out());
  }
}
