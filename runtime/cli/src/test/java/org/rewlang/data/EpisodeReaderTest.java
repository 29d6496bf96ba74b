package org.rewlang.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewlang.data.Segment.Ending;
import org.rewlang.diagnostic.Code;
import org.rewlang.host.InputLayout;
import org.rewlang.model.Type;

class EpisodeReaderTest {

  private static final InputLayout X = Data.layout(Data.input("x", Type.REAL));

  private static Code problem(InputLayout inputs, String... lines) {
    return assertThrows(DataException.class, () -> Data.lines(inputs, lines)).diagnostic().code();
  }

  @Test
  void endsWhereTheNameChanges() throws DataException {
    List<Segment> s =
        Data.lines(
            X,
            "{\"episode\":1,\"x\":1}",
            "{\"episode\":1,\"x\":2}",
            "{\"episode\":2,\"x\":3,\"terminated\":true}");
    assertEquals(2, s.size());
    assertEquals(2, s.get(0).rows());
    assertEquals(Ending.DATA, s.get(0).ends());
    assertEquals(1L, s.get(0).episode());
    assertEquals(Ending.TERMINATED, s.get(1).ends());
    assertArrayEquals(new long[] {3}, java.util.Arrays.copyOf(s.get(1).lines(), 1));
  }

  @Test
  void endsAfterFlagsAndAtTheEnd() throws DataException {
    List<Segment> s =
        Data.lines(X, "{\"x\":1,\"truncated\":1}", "{\"x\":2,\"terminated\":true}", "{\"x\":3}");
    assertEquals(
        List.of(Ending.TRUNCATED, Ending.TERMINATED, Ending.DATA),
        s.stream().map(Segment::ends).toList());
  }

  @Test
  void anEpisodeThatComesBackIsAnError() {
    assertEquals(
        Code.RETURNING_EPISODE,
        problem(
            X, "{\"episode\":1,\"x\":1}", "{\"episode\":2,\"x\":1}", "{\"episode\":1,\"x\":1}"));
    assertEquals(
        Code.RETURNING_EPISODE,
        problem(
            X, "{\"episode\":\"a\",\"x\":1,\"terminated\":true}", "{\"episode\":\"a\",\"x\":1}"));
  }

  @Test
  void namesAreConsistent() {
    assertEquals(Code.MISSING_VALUE, problem(X, "{\"episode\":1,\"x\":1}", "{\"x\":1}"));
    assertEquals(
        Code.WRONG_TYPE, problem(X, "{\"episode\":1,\"x\":1}", "{\"episode\":\"b\",\"x\":1}"));
  }

  @Test
  void resetRowsAreObservations() throws DataException {
    InputLayout inputs = Data.layout(Data.input("x", Type.REAL), Data.input("a", Type.REAL));
    List<Segment> s =
        Data.lines(
            inputs,
            "{\"episode\":1,\"reset\":true,\"x\":5,\"a\":null}",
            "{\"episode\":1,\"x\":1,\"a\":2}",
            "{\"episode\":2,\"reset\":true,\"x\":6}",
            "{\"episode\":2,\"x\":1,\"a\":2}");
    assertEquals(2, s.size());
    assertArrayEquals(new double[] {5, 0}, s.get(0).observation());
    assertArrayEquals(new boolean[] {true, false}, s.get(0).present());
    assertEquals(1, s.get(0).rows());
    assertEquals(3, s.get(1).observationLine());
    assertEquals(
        Code.MISPLACED_RESET, problem(X, "{\"x\":1}", "{\"x\":1,\"reset\":true}", "{\"x\":1}"));
    assertEquals(Code.MISSING_VALUE, problem(inputs, "{\"x\":1,\"a\":2}", "{\"x\":1,\"a\":null}"));
  }

  @Test
  void longEpisodesComeInParts() throws DataException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 2 * EpisodeReader.MOST_ROWS; i++) {
      lines.add("{\"x\":" + i + "}");
    }
    List<Segment> s = Data.lines(X, lines.toArray(String[]::new));
    assertEquals(3, s.size());
    assertEquals(List.of(true, false, false), s.stream().map(Segment::starts).toList());
    assertEquals(EpisodeReader.MOST_ROWS, s.get(1).firstStep());
    assertEquals(EpisodeReader.MOST_ROWS, s.get(1).values()[0]);
    assertEquals(0, s.get(2).rows());
    assertEquals(Ending.DATA, s.get(2).ends());
  }

  @Test
  void wideRowsComeInShortParts() throws DataException {
    int width = EpisodeReader.MOST_NUMBERS / 2 - 1;
    InputLayout inputs = Data.layout(Data.input("x", Type.REAL.withShape(List.of(width))));
    String row = "{\"x\":[" + "0,".repeat(width - 1) + "7]}";
    List<Segment> s = Data.lines(inputs, row, row, row, row, row);
    assertEquals(List.of(2, 2, 1), s.stream().map(Segment::rows).toList());
    for (Segment segment : s) {
      assertEquals(segment.rows() * width, segment.values().length);
      assertEquals(7, segment.values()[segment.values().length - 1]);
    }
    assertEquals(4, s.get(2).firstStep());
  }

  private interface Change {
    void of(Path file) throws IOException;
  }

  private static void changes(Path file, Change change) throws IOException, DataException {
    Files.writeString(file, "{\"x\":1,\"truncated\":1}\n{\"x\":2}\n");
    try (EpisodeReader reader = new EpisodeReader(X, List.of(file.toString()), System.in)) {
      assertEquals(1, reader.next().rows());
      change.of(file);
      DataException e = assertThrows(DataException.class, reader::next);
      assertEquals(Code.BAD_DATA, e.diagnostic().code());
      assertTrue(e.diagnostic().message().endsWith(" changed while it was read"));
    }
  }

  @Test
  void aFileThatChangesIsBadData(@TempDir Path folder) throws IOException, DataException {
    Path file = folder.resolve("d.jsonl");
    changes(file, f -> Files.writeString(f, "{\"x\":3}\n", StandardOpenOption.APPEND));
    changes(file, f -> Files.writeString(f, "{\"x\":1,"));
    changes(file, Files::delete);
    changes(file, f -> Files.setLastModifiedTime(f, FileTime.fromMillis(0)));
  }

  @Test
  void rowsHaveAChecksum() throws DataException {
    String[] lines = {"{\"x\":1,\"episode\":1}", "{\"x\":2,\"episode\":1}"};
    long sum = Data.lines(X, lines).getFirst().checksum(0);
    assertEquals(sum, Data.lines(X, lines).getFirst().checksum(0));
    Set<Long> sums = new HashSet<>(Set.of(sum, Data.lines(X, lines).getFirst().checksum(1)));
    for (String[] other :
        new String[][] {
          {lines[1], lines[0]},
          {lines[0], lines[1].replace('2', '3')},
          {lines[0].replace("\"x\":1", "\"x\":-0.0"), lines[1]},
          {lines[0].replace("\"x\":1", "\"x\":0.0"), lines[1]},
          {lines[0].replace("\"episode\":1", "\"episode\":3"), lines[1]},
          {lines[0], lines[1].replace("\"episode\":1", "\"terminated\":true,\"episode\":1")},
          {lines[0], "", lines[1]},
          {"{\"x\":5,\"episode\":1,\"reset\":true}", lines[0], lines[1]},
          {lines[0]}
        }) {
      assertTrue(sums.add(Data.lines(X, other).getFirst().checksum(0)), String.join(" ", other));
    }
  }

  @Test
  void aProgramThatReadsTheEndNeedsToBeTold() throws DataException {
    InputLayout inputs = Data.layout(Data.input("x", Type.REAL), Data.implicit("terminated"));
    assertEquals(Code.MISSING_COLUMN, problem(inputs, "{\"x\":1}"));
    List<Segment> s = Data.lines(inputs, "{\"x\":1}", "{\"x\":1,\"terminated\":true}");
    assertEquals(List.of(1.0, 0.0, 1.0, 1.0), Data.values(s.getFirst(), 2));
    assertEquals(1, Data.lines(inputs, "{\"x\":1,\"truncated\":true}").size());
  }

  @Test
  void saysWhatIsWrongWithATextInPlainWords() {
    DataException e = assertThrows(DataException.class, () -> Data.lines(X, "{\"x\":1"));
    assertEquals(Code.BAD_DATA, e.diagnostic().code());
    String message = e.diagnostic().message();
    assertTrue(
        message.endsWith(" line 1 is no JSON object: it ends too early (column 7)"), message);
  }
}
