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
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --run}: inputs of the run on the command line, and schedules over them. */
class RunOptionTest {

  private static final String PROGRAM =
      """
      enum Task { walk, stand }
      record Plan { goal: real[2]<cm>  hard: bool }
      inputs { x: real }
      inputs per run {
        done:  real in 0..1 from "run/done"
        task:  Task
        gains: real[2]
        plan:  Plan?
      }
      reward {
        effort = x * interpolate(done, [0, 0.5, 1], [0, -1, -5])
        task   = 10 when task == stand
        gains  = 100 * sum(gains)
        plan   = 1000 * (plan.goal.y as m ?? -1)
        late   = 100000 * interpolate(progress, [0, 1], [0, 1])
      }
      """;

  @TempDir Path folder;
  private Path program;
  private Path data;

  @BeforeEach
  void write() throws IOException {
    program = Files.writeString(folder.resolve("run.rew"), PROGRAM);
    data =
        Files.writeString(
            folder.resolve("d.jsonl"), "{\"x\": 2, \"gains\": [9, 9, 9]}\n{\"x\": 4}\n");
  }

  private Rew rew(String command, List<String> runs, String... more) {
    List<String> line = new ArrayList<>(List.of(command, program.toString()));
    runs.forEach(r -> line.addAll(List.of("--run", r)));
    line.addAll(List.of(more));
    return Rew.run(line.toArray(String[]::new));
  }

  private static final List<String> ALL =
      List.of(
          "done=0.75",
          "task=stand",
          "gains=[1, 2]",
          "plan={\"goal\": [0, 300], \"hard\": true}",
          "progress=0.5");

  @ParameterizedTest
  @ValueSource(strings = {"interpreter", "bytecode", "truffle", "columns"})
  void insteadOfColumns(String engine) throws IOException {
    Rew rew = rew("score", ALL, data.toString(), "-o", "-", "--engine", engine);
    assertEquals(0, rew.exit(), rew.err());
    // Half way from -1 to -5 is -3. A column of the data doesn't count, not even a wrong one.
    assertEquals(
        List.of(
            "{\"step\":0,\"total\":53304.0,\"effort\":-6.0,\"task\":10.0,\"gains\":300.0,"
                + "\"plan\":3000.0,\"late\":50000.0}",
            "{\"step\":1,\"total\":53298.0,\"effort\":-12.0,\"task\":10.0,\"gains\":300.0,"
                + "\"plan\":3000.0,\"late\":50000.0}"),
        rew.out().lines().toList());
  }

  @Test
  void theyAreTold() throws IOException {
    var json = rew("score", ALL, data.toString(), "--format", "json").json();
    assertEquals(
        "{\"done\":0.75,\"task\":\"stand\",\"gains\":[1.0,2.0],\"progress\":0.5,"
            + "\"plan\":{\"goal\":[0.0,300.0],\"hard\":true}}",
        json.get("run").toString());
    var inputs = rew("info", List.of(), "--format", "json").json().get("inputs");
    assertEquals("step", inputs.get(0).get("scope").asText());
    assertEquals("run", inputs.get(1).get("scope").asText());
  }

  @Test
  void inARunToo() throws IOException {
    var json = rew("run", ALL, "--trace", data.toString(), "--format", "json").json();
    assertEquals(53304.0, json.get("steps").get(0).get("total").doubleValue());
  }

  @Test
  void anOptionalOneMayBeLeftOutAndNull() throws IOException {
    List<String> most = new ArrayList<>(ALL);
    most.remove(3);
    for (String plan : List.of("", "plan=null")) {
      List<String> runs = new ArrayList<>(most);
      if (!plan.isEmpty()) {
        runs.add(plan);
      }
      Rew rew = rew("score", runs, data.toString(), "-o", "-");
      assertEquals(-1000, Rew.lines(rew.out()).getFirst().get("plan").doubleValue(), rew.err());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "x=1 | RW0414 | `x` is no input of the run, it may change in each step",
        "dome=1 | RW0414 | the program has no input `dome` per run",
        "done=2 | RW0404 | `--run`: `done` is 2, outside 0..1",
        "done=nan | RW0405 | `--run`: `done` is NaN",
        "done= | RW0407 | `--run`: `done` is missing",
        "task=sit | RW0403 | `--run`: `task` is \"sit\", not a `Task`",
        "gains=1,2,3 | RW0406 | `--run`: `gains` is a longer list, not a list of 2",
        "gains=1 | RW0406 | `--run`: `gains` is a list of 1, not a list of 2",
        "plan={\"goal\": [1, 2]} | RW0407 | `--run`: `plan` has no `hard`",
        "done | RW0003 | `--run done` is not NAME=VALUE"
      })
  void refused(String run, String code, String message) throws IOException {
    Rew rew = rew("score", List.of(run), data.toString(), "--format", "json");
    assertEquals(2, rew.exit());
    var problem = rew.json().get("diagnostics").get(0);
    assertEquals(code, problem.get("code").asText(), rew.out());
    assertTrue(problem.get("message").asText().startsWith(message), rew.out());
  }

  @Test
  void whatIsNotGivenIsAColumn() throws IOException {
    Files.writeString(data, "{\"x\": 2}\n");
    Rew rew = rew("score", List.of("task=walk"), data.toString());
    assertEquals(2, rew.exit());
    assertTrue(rew.err().contains("has no column for input `done`"), rew.err());
  }
}
