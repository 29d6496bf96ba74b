package org.rewlang.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --param} of what is more than a number. */
class ParamOptionTest {

  private static final String PROGRAM =
      """
      enum Kind { prey, hunter }
      record Goal { at: real[2]<cm> in -500..500  kind: Kind from "type"  weight: real? }
      inputs { v: real[3]<m> }
      param home: pose[wxyz]<cm> = pose(position = [7, 0, 0], rotation = [1, 0, 0, 0])
      param turn = wxyz([1, 0, 0, 0])
      param goal: Goal = Goal(at = [10, 20], kind = hunter)
      param ways: real[..3]<m> = [1, 2]
      param slack: real? = 3
      param mix = [[1, 0], [0, 1]]
      param kinds: Kind[2] = [prey, hunter]
      metric home  = (home * v).x
      metric turn  = (turn * v).x
      metric goal  = goal.at.y as m + (goal.weight ?? 2) + (1 if goal.kind == hunter else 0)
      metric ways  = sum(ways) as m
      metric slack = slack ?? -1
      metric mix   = (mix @ [1, 2])[0]
      metric kinds = count(k == hunter for k in kinds)
      reward = 0
      """;

  @TempDir Path folder;
  private Path program;
  private Path data;

  @BeforeEach
  void write() throws IOException {
    program = Files.writeString(folder.resolve("params.rew"), PROGRAM);
    data = Files.writeString(folder.resolve("d.jsonl"), "{\"v\": [1, 2, 3]}\n");
  }

  private Rew score(String param, String... more) {
    List<String> line = new ArrayList<>(List.of("score", program.toString(), data.toString()));
    line.addAll(List.of("--param", param));
    line.addAll(List.of(more));
    return Rew.run(line.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "home={\"position\": [100, 0, 0], \"rotation\": [0, 0, 0, 1]} | home | 0.0",
        "home.position=[100, 0, 0] | home | 2.0",
        "home.rotation=0,0,0,1 | home | -0.93",
        "turn=[0, 0, 0, 2] | turn | -1.0",
        "turn=0,0,0,2 | turn | -1.0",
        "goal={\"at\": [0, 100], \"type\": \"prey\"} | goal | 3.0",
        "goal={\"at\": [0, 100], \"type\": \"hunter\", \"weight\": 5} | goal | 7.0",
        "goal.at=0,300 | goal | 6.0",
        "ways=[] | ways | 0.0",
        "ways=[5, 6, 7] | ways | 18.0",
        "ways=5,6 | ways | 11.0",
        "slack=null | slack | -1.0",
        "slack=9 | slack | 9.0",
        "mix=[[0, 1], [1, 0]] | mix | 2.0",
        "kinds=hunter,hunter | kinds | 2.0",
        "kinds=[prey, prey] | kinds | 0.0"
      })
  void given(String param, String metric, double expected) throws IOException {
    for (String engine : List.of("interpreter", "bytecode", "truffle", "columns")) {
      Rew rew = score(param, "-o", "-", "--engine", engine);
      assertEquals(0, rew.exit(), rew.err());
      assertEquals(
          expected, Rew.lines(rew.out()).getFirst().get(metric).doubleValue(), 1e-12, rew.out());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "goal={\"at\": [0, 1000], \"type\": \"prey\"} | `goal.at[1]` is 1000, outside -500..500"
            + " <cm>",
        "goal={\"at\": [0], \"type\": \"prey\"} | `goal.at` is a list of 1, not a list of 2",
        "goal={\"type\": \"prey\"} | `goal` has no `at`",
        "goal={\"at\": [0, 1], \"type\": \"cat\"} | `goal.type` is \"cat\", not a `Kind`",
        "goal=3 | `goal` is 3, not an object",
        "goal=null | `goal` is null",
        "turn=1,2,3 | `turn` is a list of 3, not a list of 4",
        "ways=[1, 2, 3, 4] | `ways` holds 4 elements, at most 3 are allowed",
        "home={\"position\": [1 | `home` can't be read as JSON",
        "mix=[[1, 2]] | `mix` is a list of 1, not a list of 2 lists of 2"
      })
  void refused(String param, String message) throws IOException {
    Rew rew = score(param, "--format", "json");
    assertEquals(2, rew.exit());
    var problem = rew.json().get("diagnostics").get(0);
    assertEquals("RW0413", problem.get("code").asText());
    String said = problem.get("message").asText();
    assertTrue(said.startsWith("`--param`: " + message), said);
  }

  @Test
  void theyAreToldAsTheyAreGiven() throws IOException {
    var params = score("slack=null", "--format", "json").json().get("params");
    assertEquals(
        "{\"position\":[7.0,0.0,0.0],\"rotation\":[1.0,0.0,0.0,0.0]}",
        params.get("home").toString());
    assertEquals(
        "{\"at\":[10.0,20.0],\"type\":\"hunter\",\"weight\":null}", params.get("goal").toString());
    assertEquals("[1.0,2.0]", params.get("ways").toString());
    assertTrue(params.get("slack").isNull());
    var known = Rew.run("info", program.toString(), "--format", "json").json().get("params");
    var goal =
        known
            .valueStream()
            .filter(p -> p.get("name").asText().equals("goal"))
            .findFirst()
            .orElseThrow();
    assertEquals("Goal", goal.get("type").asText());
    assertEquals("hunter", goal.get("default").get("type").asText());
    assertEquals("cm", goal.get("fields").get(0).get("unit").asText());
    Rew text = Rew.run("info", program.toString());
    assertTrue(text.out().contains("{\"at\":[10.0,20.0],\"type\":\"hunter\",\"weight\":null}"));
  }
}
