package org.rewlang.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each agent has of records, lists, optional values, quaternions, in each kind of data. */
class AgentStructuresTest {

  private static final String PROGRAM =
      """
      record Sight { at: real[2]<cm>  sure: real in 0..1 }
      inputs per agent[..3] { x: real  seen: Sight[..2]  q: quat[wxyz]  goal: Sight? }
      reward per agent {
        n = length(seen)
        w = q.w
        g = goal.at.y as m ?? -1
        x = x
      }
      """;

  @TempDir Path folder;
  private Path program;

  @BeforeEach
  void write() throws IOException {
    program = Files.writeString(folder.resolve("sight.rew"), PROGRAM);
  }

  private void gives(Path data) throws IOException {
    Path out = folder.resolve("out.jsonl");
    Rew unused = Rew.score(program, data, out);
    assertEquals(
        List.of(
            "{\"step\":0,\"total\":[5.5,6.0,null],\"n\":[1.0,0.0,null],\"w\":[1.0,5.0,null],"
                + "\"g\":[2.5,-1.0,null],\"x\":[1.0,2.0,null]}",
            "{\"step\":1,\"total\":[null,7.0,8.0],\"n\":[null,0.0,2.0],\"w\":[null,5.0,1.0],"
                + "\"g\":[null,-1.0,1.0],\"x\":[null,3.0,4.0]}"),
        Files.readAllLines(out));
  }

  @Test
  void jsonLines() throws IOException {
    gives(
        Files.writeString(
            folder.resolve("d.jsonl"),
            """
            {"x": [1, 2], "seen": [[{"at": [1, 2], "sure": 0.5}], []], "q": [[1, 2, 3, 4], [5, 6, 7, 8]], "goal": [{"at": [9, 250], "sure": 1}, null]}
            {"x": [null, 3, 4], "seen": [null, [], [{"at": [1, 2], "sure": 0}, {"at": [1, 2], "sure": 1}]], "q": [null, [5, 6, 7, 8], [1, 1, 1, 1]], "goal": [null, null, {"at": [1, 100], "sure": 0}]}
            """));
  }

  @Test
  void csvWithColumnsOfAgents() throws IOException {
    gives(
        Files.writeString(
            folder.resolve("d.csv"),
            """
            x_0,x_1,x_2,seen,q_0.w,q_0.x,q_0.y,q_0.z,q_1_0,q_1_1,q_1_2,q_1_3,q_2.w,q_2.x,q_2.y,q_2.z,goal.at_0_0,goal.at_0_1,goal.sure_0,goal.at_2_0,goal.at_2.y,goal.sure_2
            1,2,,"[[{""at"": [1, 2], ""sure"": 0.5}], []]",1,2,3,4,5,6,7,8,,,,,9,250,1,,,
            ,3,4,"[null, [], [{""at"": [1, 2], ""sure"": 0}, {""at"": [1, 2], ""sure"": 1}]]",,,,,5,6,7,8,1,1,1,1,,,,1,100,0
            """));
  }

  @Test
  void parquetListsOfStructs() throws IOException, SQLException {
    Path file = folder.resolve("d.parquet");
    Rew.sql(
        "COPY (SELECT * FROM (VALUES ([1.0, 2.0], [[{'at': [1.0, 2.0], 'sure': 0.5}], []],"
            + " [[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]],"
            + " [{'at': [9.0, 250.0], 'sure': 1.0}, NULL]), ([NULL, 3.0, 4.0],"
            + " [NULL, [], [{'at': [1.0, 2.0], 'sure': 0.0}, {'at': [1.0, 2.0], 'sure': 1.0}]],"
            + " [NULL, [5.0, 6.0, 7.0, 8.0], [1.0, 1.0, 1.0, 1.0]],"
            + " [NULL, NULL, {'at': [1.0, 100.0], 'sure': 0.0}]))"
            + " AS t(x, seen, q, goal)) TO '"
            + file
            + "' (FORMAT parquet)");
    gives(file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seen: [[{at: [1, 2], sure: 2}]] | `seen[0][0].sure` is 2, outside 0..1",
        "seen: [[{at: [1], sure: 1}]] | `seen[0][0].at` is a list of 1, not a list of 2",
        "seen: [[], [], [], []] | `seen` holds values of 4 agents, at most 3 are allowed",
        "seen: [[{at: [1, 2], sure: 1}, {at: [1, 2], sure: 1}, {at: [1, 2], sure: 1}]] |"
            + " `seen[0]` holds 3 elements, at most 2 are allowed",
        "seen: [[null]] | `seen[0][0]` is null",
        "seen: [null] | `seen[0]` is missing",
        "seen: [] | `seen[0]` is missing",
        "seen: null | `seen[0]` is missing",
        "seen: [[], []] | `x[1]` is missing",
        "seen: {at: 1} | `seen` is an object, not a list by agent",
        "seen: [[]], goal: [{at: [1, 2]}] | `goal[0]` has no `sure`",
        "seen: [[]], goal: [null, {at: [1, 2], sure: 1}] | `x[1]` is missing"
      })
  void bad(String field, String message) throws IOException {
    String json = "{x: [1], q: [[1, 0, 0, 0]], " + field + "}";
    Path data =
        Files.writeString(
            folder.resolve("bad.jsonl"),
            json.replaceAll("([a-z]+)", "\"$1\"").replace("\"null\"", "null") + "\n");
    Rew rew = Rew.run("score", program.toString(), data.toString());
    assertEquals(2, rew.exit());
    assertTrue(rew.err().contains("line 1: " + message), rew.err());
  }

  @Test
  void aColumnThatLacks() throws IOException {
    Path data =
        Files.writeString(
            folder.resolve("bad.jsonl"), "{\"x\": [1], \"q\": [[1, 0, 0, 0]], \"seem\": [[]]}\n");
    Rew rew = Rew.run("score", program.toString(), data.toString());
    assertEquals(2, rew.exit());
    assertTrue(rew.err().contains("has no column for input `seen`"), rew.err());
    assertTrue(rew.err().contains("rename the column `seem` to `seen`"), rew.err());
  }

  @Test
  void theirScopeIsTold() throws IOException {
    Rew rew = Rew.run("info", program.toString(), "--format", "json");
    var seen =
        rew.json()
            .get("inputs")
            .valueStream()
            .filter(i -> i.get("name").asText().equals("seen"))
            .findFirst()
            .orElseThrow();
    assertEquals("agent", seen.get("scope").asText());
    assertEquals("Sight[..2]", seen.get("type").asText());
    assertEquals("real[2]<m>", seen.get("fields").get(0).get("type").asText());
    Rew text = Rew.run("info", program.toString());
    assertTrue(text.out().contains("Sight[..2] per agent[..3]"), text.out());
  }
}
