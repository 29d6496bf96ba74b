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

/** Records, lists, optionals and quaternions in each kind of data, and what is wrong with them. */
class StructuredDataTest {

  private static final String PROGRAM =
      """
      enum Label { car, tree }
      record Box { at: real[2]  label: Label  score: real in 0..1  note: real? }
      inputs { boxes: Box[..3]  q: quat[wxyz]  goal: Box?  limit: real? }
      reward {
        cars  = sum(b.at.x for b in boxes if b.label == car)
        many  = length(boxes)
        w     = q.w
        goal  = goal.score ?? -1
        limit = limit ?? -2
        notes = count(present(b.note) for b in boxes)
      }
      """;

  private static final String BOXES =
      "[{\"at\": [1, 2], \"label\": \"car\", \"score\": 0.5},"
          + " {\"at\": [4, 2], \"label\": \"car\", \"score\": 1, \"note\": 3}]";

  @TempDir Path folder;
  private Path program;

  @BeforeEach
  void write() throws IOException {
    program = Files.writeString(folder.resolve("boxes.rew"), PROGRAM);
  }

  private void gives(Path data) throws IOException {
    Path out = folder.resolve("out.jsonl");
    Rew unused = Rew.score(program, data, out);
    assertEquals(
        List.of(
            "{\"step\":0,\"total\":7.0,\"cars\":5.0,\"many\":2.0,\"w\":2.0,\"goal\":-1.0,"
                + "\"limit\":-2.0,\"notes\":1.0}",
            "{\"step\":1,\"total\":10.25,\"cars\":0.0,\"many\":0.0,\"w\":2.0,\"goal\":0.25,"
                + "\"limit\":8.0,\"notes\":0.0}"),
        Files.readAllLines(out));
  }

  @Test
  void jsonLines() throws IOException {
    gives(
        Files.writeString(
            folder.resolve("d.jsonl"),
            "{\"boxes\": "
                + BOXES
                + ", \"q\": [2, 0, 0, 1], \"goal\": null}\n"
                + "{\"boxes\": [], \"q\": [2, 0, 0, 1], \"limit\": 8, \"goal\":"
                + " {\"at\": [0, 0], \"label\": \"tree\", \"score\": 0.25}}\n"));
  }

  @Test
  void csvWithJsonInCells() throws IOException {
    gives(
        Files.writeString(
            folder.resolve("d.csv"),
            "boxes,q.w,q.x,q.y,q.z,goal.at_0,goal.at_1,goal.label,goal.score,limit\n"
                + "\""
                + BOXES.replace("\"", "\"\"")
                + "\",2,0,0,1,,,,,\n"
                + "[],2,0,0,1,0,0,tree,0.25,8\n"));
  }

  @Test
  void parquetListsAndStructs() throws IOException, SQLException {
    Path file = folder.resolve("d.parquet");
    Rew.sql(
        "COPY (SELECT * FROM (VALUES"
            + " ([{'at': [1.0, 2.0], 'label': 'car', 'score': 0.5, 'note': NULL::DOUBLE},"
            + " {'at': [4.0, 2.0], 'label': 'car', 'score': 1.0, 'note': 3.0::DOUBLE}],"
            + " [2.0, 0.0, 0.0, 1.0], NULL, NULL::DOUBLE),"
            + " ([], [2.0, 0.0, 0.0, 1.0],"
            + " {'at': [0.0, 0.0], 'label': 'tree', 'score': 0.25}, 8.0::DOUBLE))"
            + " AS t(boxes, q, goal, \"limit\")) TO '"
            + file
            + "' (FORMAT parquet)");
    gives(file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{at: [1], label: car, score: 1}] | `boxes[0].at` is a list of 1, not a list of 2",
        "[{at: [1, 2], label: bus, score: 1}] | `boxes[0].label` is \"bus\", not a `Label`",
        "[{at: [1, 2], label: car, score: 2}] | `boxes[0].score` is 2, outside 0..1",
        "[{at: [1, 2], label: car}] | `boxes[0]` has no `score`",
        "[{at: [1, 2], label: car, score: null}] | `boxes[0].score` is null",
        "[{at: [1, 2], label: car, score: true}] | `boxes[0].score` is true, not a `real`",
        "[{at: [[1], 2], label: car, score: 1}] | `boxes[0].at[0]` is a list of 1",
        "[null] | `boxes[0]` is null",
        "null | `boxes` is null",
        "{at: 1} | `boxes` is an object, not a list",
        "[[], [], [], []] | `boxes` holds 4 elements, at most 3 are allowed",
        "[7] | `boxes[0]` is 7, not an object"
      })
  void badBoxes(String boxes, String message) throws IOException {
    String json = boxes.replaceAll("([a-z]+)", "\"$1\"").replace("\"null\"", "null");
    Path data =
        Files.writeString(
            folder.resolve("bad.jsonl"),
            "{\"boxes\": " + json.replace("\"true\"", "true") + ", \"q\": [1, 0, 0, 0]}\n");
    Rew rew = Rew.run("score", program.toString(), data.toString());
    assertEquals(2, rew.exit());
    assertTrue(rew.err().contains("line 1: " + message), rew.err());
  }

  @Test
  void aColumnThatLacks() throws IOException {
    Path data =
        Files.writeString(folder.resolve("bad.jsonl"), "{\"boxs\": [], \"q\": [1, 0, 0, 0]}\n");
    Rew rew = Rew.run("score", program.toString(), data.toString());
    assertEquals(2, rew.exit());
    assertTrue(rew.err().contains("has no column for input `boxes`"), rew.err());
    assertTrue(rew.err().contains("rename the column `boxs` to `boxes`"), rew.err());
  }
}
