package org.rewlang.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rewlang.diagnostic.Code;
import org.rewlang.host.InputLayout;
import org.rewlang.model.Type;

/** What a cell may be, and what is said of one that isn't. */
class BindingTest {

  private static final InputLayout ALL =
      Data.layout(
          Data.input("v", Type.REAL.withShape(List.of(3))),
          Data.ranged("r", 0, 1),
          Data.input("n", Type.INT),
          Data.input("b", Type.BOOL),
          Data.input("m", Type.of(Data.MODE)));

  private static final String GOOD = "\"v\":[1,2,3],\"r\":0.5,\"n\":7,\"b\":true,\"m\":\"walk\"";

  private static List<Double> first(InputLayout inputs, String line) throws DataException {
    return Data.values(Data.lines(inputs, line).getFirst(), inputs.size());
  }

  private static DataException bad(InputLayout inputs, String... lines) {
    return assertThrows(DataException.class, () -> Data.lines(inputs, lines));
  }

  @Test
  void everyType() throws DataException {
    assertEquals(List.of(1.0, 2.0, 3.0, 0.5, 7.0, 1.0, 1.0), first(ALL, "{" + GOOD + "}"));
  }

  @Test
  void vectorsAsColumnsOfTheirOwn() throws DataException {
    InputLayout v = Data.layout(Data.input("v", Type.REAL.withShape(List.of(3))));
    assertEquals(List.of(1.0, 2.0, 3.0), first(v, "{\"v_0\":1,\"v_2\":3,\"v_1\":2}"));
    assertEquals(List.of(1.0, 2.0, 3.0), first(v, "{\"v.x\":1,\"v.y\":2,\"v.z\":3}"));
    assertEquals(List.of(1.0, 2.0, 3.0), first(v, "{\"v\":{\"x\":1,\"y\":2,\"z\":3}}"));
    InputLayout w = Data.layout(Data.input("w", Type.REAL.withShape(List.of(2, 2))));
    assertEquals(List.of(1.0, 2.0, 3.0, 4.0), first(w, "{\"w\":[[1,2],[3,4]]}"));
    assertEquals(
        List.of(1.0, 2.0, 3.0, 4.0), first(w, "{\"w_0_0\":1,\"w_0_1\":2,\"w_1_0\":3,\"w_1_1\":4}"));
  }

  @Test
  void namesOfTheHost() throws DataException {
    InputLayout inputs = Data.layout(Data.from("lamp", "obs/lamp.on", Type.BOOL));
    assertEquals(List.of(1.0), first(inputs, "{\"obs/lamp.on\":1}"));
    assertEquals(List.of(0.0), first(inputs, "{\"obs/lamp\":{\"on\":false}}"));
    assertEquals(Code.MISSING_COLUMN, bad(inputs, "{\"lamp\":1}").diagnostic().code());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'v':[1,2]              | RW0406 | v",
        "'v':[1,2,3,4]          | RW0406 | v",
        "'v':1                  | RW0406 | v",
        "'v':[[1],[2],[3]]      | RW0406 | v",
        "'v':[1,null,3]         | RW0407 | v",
        "'v':[1,true,3]         | RW0403 | v",
        "'v':null               | RW0407 | v",
        "'r':1.5                | RW0404 | r",
        "'r':-1e-300            | RW0404 | r",
        "'r':NaN                | RW0405 | r",
        "'r':1e999              | RW0405 | r",
        "'r':\"0.5\"            | RW0403 | r",
        "'r':true               | RW0403 | r",
        "'r':[0.5]              | RW0406 | r",
        "'n':1.5                | RW0403 | n",
        "'n':9007199254740994   | RW0403 | n",
        "'b':2                  | RW0403 | b",
        "'b':\"yes\"            | RW0403 | b",
        "'m':\"run\"            | RW0403 | m",
        "'m':1                  | RW0403 | m",
        "'r':0.5,'r':0.5        | RW0412 | r",
        "'terminated':\"no\"    | RW0403 | terminated",
        "'episode':true         | RW0403 | episode",
      })
  void whatIsRefused(String cell, String code, String column) {
    String json = cell.replace('\'', '"');
    String name = json.substring(1, json.indexOf('"', 1));
    String rest =
        GOOD.replaceAll("\"" + name + "\":(\\[[^\\]]*\\]|[^,]*),?", "").replaceAll(",$", "");
    DataException e =
        bad(ALL, "{" + GOOD + "}", "", "{" + json + (rest.isEmpty() ? "" : "," + rest) + "}");
    assertEquals(code, e.diagnostic().code().id(), e.diagnostic().message());
    assertEquals(3, e.place().row());
    assertEquals("-", e.place().file());
    assertEquals(column, e.place().column());
    assertTrue(e.diagnostic().message().contains("line 3"), e.diagnostic().message());
  }

  @Test
  void missingColumnNamesTheNearest() {
    DataException e = bad(Data.layout(Data.input("opening", Type.REAL)), "{\"openin\": 1}");
    assertEquals(Code.MISSING_COLUMN, e.diagnostic().code());
    assertEquals("rename the column `openin` to `opening`", e.diagnostic().hint());
    assertEquals(List.of("opening"), e.diagnostic().expected());
    assertEquals("declared here", e.diagnostic().related().getFirst().text());
    DataException part =
        bad(Data.layout(Data.input("v", Type.REAL.withShape(List.of(2)))), "{\"v_0\": 1}");
    assertEquals("v_1", part.place().column());
  }

  @Test
  void aKeyThatLacksLaterIsAMissingValue() {
    DataException e = bad(Data.layout(Data.input("x", Type.REAL)), "{\"x\": 1}", "{\"y\": 1}");
    assertEquals(Code.MISSING_VALUE, e.diagnostic().code());
    assertEquals(2, e.place().row());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1]",
        "7",
        "{\"x\": 1",
        "{\"x\": 1} {\"x\": 2}",
        "{x: 1}",
        "{\"x\": 1,}",
        "{\"x\": 01}"
      })
  void linesThatAreNoObjects(String line) {
    DataException e = bad(Data.layout(Data.input("x", Type.REAL)), "{\"x\": 1}", line);
    assertEquals(Code.BAD_DATA, e.diagnostic().code());
    assertEquals(2, e.place().row());
  }
}
