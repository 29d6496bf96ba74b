package org.rewlang.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
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
