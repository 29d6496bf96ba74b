package org.rewlang.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewlang.diagnostic.Code;
import org.rewlang.host.InputLayout;
import org.rewlang.model.Type;

/** Formats, read and written. */
class FilesTest {

  private static final InputLayout X = Data.layout(Data.input("x", Type.REAL));
  private static final InputStream NOTHING = new ByteArrayInputStream(new byte[0]);

  @TempDir Path folder;

  private List<Segment> read(InputLayout inputs, String... names) throws DataException {
    return Data.read(inputs, Inputs.expand(Arrays.stream(names).map(this::full).toList()), NOTHING);
  }

  private String full(String name) {
    return name.startsWith("sql:")
        ? name.replace("DIR", folder.toString())
        : folder.resolve(name).toString();
  }

  private DataException problem(InputLayout inputs, String... names) {
    return assertThrows(DataException.class, () -> read(inputs, names));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private void table(String name, List<Column> columns, int rows) throws IOException {
    try (AtomicFile file = AtomicFile.open(folder.resolve(name));
        TableWriter out = TableWriter.open(name, file.path(), columns, 0)) {
      for (int i = 0; i < rows; i++) {
        for (Column column : columns) {
          switch (column.kind()) {
            case REAL -> out.real(i % 7 == 3 ? Double.NaN : number(i));
            case WHOLE -> out.whole(i);
            case BOOL -> out.bool(i % 2 == 0);
            case TEXT -> out.text(i % 5 == 0 ? null : "a,\"b\"\n" + i);
          }
        }
        out.endRow();
      }
      out.finish();
      file.commit();
    }
  }

  private static double number(int i) {
    Random random = new Random(i);
    double value;
    do {
      value = Double.longBitsToDouble(random.nextLong());
    } while (!Double.isFinite(value));
    return value;
  }

  @ParameterizedTest
  @ValueSource(strings = {"t.jsonl", "t.csv", "t.parquet"})
  void whatIsWrittenReadsBackInOrder(String name) throws IOException, DataException {
    int rows = 20_000;
    table(
        name, List.of(new Column("x", Column.Kind.WHOLE), new Column("b", Column.Kind.BOOL)), rows);
    InputLayout inputs = Data.layout(Data.input("x", Type.INT), Data.input("b", Type.BOOL));
    long next = 0;
    for (Segment s : read(inputs, name)) {
      for (int r = 0; r < s.rows(); r++) {
        assertEquals(next, s.values()[2 * r]);
        assertEquals(next % 2 == 0 ? 1 : 0, s.values()[2 * r + 1]);
        assertEquals(name.endsWith("csv") ? next + 2 : next + 1, s.lines()[r]);
        next++;
      }
    }
    assertEquals(rows, next);
  }

  @ParameterizedTest
  @ValueSource(strings = {"t.jsonl", "t.csv", "t.parquet"})
  void numbersReadBackToTheSameBits(String name) throws IOException, DataException {
    List<Column> columns = List.of(new Column("x", Column.Kind.REAL));
    try (AtomicFile file = AtomicFile.open(folder.resolve(name));
        TableWriter out = TableWriter.open(name, file.path(), columns, 0)) {
      for (int i = 0; i < 500; i++) {
        out.real(number(i));
        out.endRow();
      }
      out.real(-0.0);
      out.endRow();
      out.finish();
      file.commit();
    }
    Segment s = read(X, name).getFirst();
    for (int i = 0; i < 500; i++) {
      assertEquals(number(i), s.values()[i]);
    }
    assertEquals(-0.0, s.values()[500]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"t.jsonl", "t.csv", "t.parquet"})
  void nullsAndText(String name) throws IOException, DataException {
    table(
        name,
        List.of(new Column("x", Column.Kind.REAL), new Column("episode", Column.Kind.TEXT)),
        3);
    DataException e = problem(X, name);
    // Row 0 has no episode, row 1 has: the table is inconsistent, and text came through.
    assertEquals(Code.MISSING_VALUE, e.diagnostic().code());
    assertTrue(e.diagnostic().message().contains("episode"), e.diagnostic().message());
  }

  @Test
  void compressedLines() throws IOException, DataException {
    try (var out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("t.jsonl.gz")))) {
      out.write("{\"x\":1}\r\n{\"x\":2}".getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(List.of(1.0, 2.0), Data.values(read(X, "t.jsonl.gz").getFirst(), 1));
    byte[] whole = Files.readAllBytes(folder.resolve("t.jsonl.gz"));
    Files.write(folder.resolve("cut.jsonl.gz"), Arrays.copyOf(whole, whole.length - 6));
    assertEquals(Code.BAD_DATA, problem(X, "cut.jsonl.gz").diagnostic().code());
    write("plain.jsonl.gz", "{\"x\":1}");
    assertEquals(Code.UNREADABLE_FILE, problem(X, "plain.jsonl.gz").diagnostic().code());
  }

  @Test
  void damagedFiles() throws IOException {
    table("t.parquet", List.of(new Column("x", Column.Kind.WHOLE)), 100);
    byte[] whole = Files.readAllBytes(folder.resolve("t.parquet"));
    Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(whole, whole.length / 2));
    assertEquals(Code.BAD_DATA, problem(X, "cut.parquet").diagnostic().code());
    write("empty.parquet", "");
    assertEquals(Code.BAD_DATA, problem(X, "empty.parquet").diagnostic().code());
    Files.write(
        folder.resolve("latin.jsonl"),
        "{\"x\":1,\"n\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(Code.BAD_DATA, problem(X, "latin.jsonl").diagnostic().code());
    Files.write(
        folder.resolve("latin.csv"), "x,n\n1,\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(Code.BAD_DATA, problem(X, "latin.csv").diagnostic().code());
    write("short.csv", "x,y\n1,2\n3\n");
    DataException e = problem(X, "short.csv");
    assertEquals(Code.BAD_DATA, e.diagnostic().code());
    assertEquals(3, e.place().row());
    write("open.csv", "x,y\n1,\"2\n");
    assertEquals(Code.BAD_DATA, problem(X, "open.csv").diagnostic().code());
  }

  @Test
  void csvCells() throws IOException, DataException {
    InputLayout inputs =
        Data.layout(
            Data.input("v", Type.REAL.withShape(List.of(2))),
            Data.input("b", Type.BOOL),
            Data.input("m", Type.of(Data.MODE)));
    write(
        "t.csv",
        "\ufeffepisode, v_0,v_1,b,m,note\n1,1e-3,-2,True,walk,\"a,b\nc\"\n1,0,5,0,idle,\n");
    Segment s = read(inputs, "t.csv").getFirst();
    assertEquals(List.of(0.001, -2.0, 1.0, 1.0, 0.0, 5.0, 0.0, 0.0), Data.values(s, 4));
    assertEquals(1L, s.episode());
    write("bad.csv", "v_0,v_1,b,m\n1,2,1,walk\n1,0x10,1,walk\n");
    DataException e = problem(inputs, "bad.csv");
    assertEquals(Code.WRONG_TYPE, e.diagnostic().code());
    assertEquals(3, e.place().row());
    write("head.csv", "v_0,b,m\n");
    assertEquals(Code.MISSING_COLUMN, problem(inputs, "head.csv").diagnostic().code());
    write("nan.csv", "x\nnan\n");
    assertEquals(Code.NOT_FINITE, problem(X, "nan.csv").diagnostic().code());
    write("none.csv", "");
    assertEquals(List.of(), read(X, "none.csv"));
  }

  @Test
  void queries() throws IOException, DataException {
    write("t.jsonl", "{\"y\":3,\"t\":1}\n{\"y\":1,\"t\":2}\n");
    Segment s = read(X, "sql:SELECT y AS x FROM 'DIR/t.jsonl' ORDER BY t DESC").getFirst();
    assertEquals(List.of(1.0, 3.0), Data.values(s, 1));
    assertEquals("row", s.unit());
    Segment list =
        read(
                Data.layout(Data.input("v", Type.REAL.withShape(List.of(2, 2)))),
                "sql:SELECT [[1, 2.5], [3::FLOAT, 4]] AS v")
            .getFirst();
    assertEquals(List.of(1.0, 2.5, 3.0, 4.0), Data.values(list, 4));
    Segment fields =
        read(
                Data.layout(Data.input("v", Type.REAL.withShape(List.of(2)))),
                "sql:SELECT {'x': 1, 'y': 2} AS v")
            .getFirst();
    assertEquals(List.of(1.0, 2.0), Data.values(fields, 2));
    assertEquals(Code.BAD_QUERY, problem(X, "sql:SELEC 1").diagnostic().code());
    assertEquals(
        Code.BAD_QUERY, problem(X, "sql:SELECT * FROM 'DIR/none.csv'").diagnostic().code());
    assertEquals(Code.MISSING_COLUMN, problem(X, "sql:SELECT 1 AS y").diagnostic().code());
  }

  @Test
  void globsGiveFilesByName() throws IOException, DataException {
    Files.createDirectories(folder.resolve("a/b"));
    write("a/2.jsonl", "{\"x\":2}");
    write("a/1.jsonl", "{\"x\":1}");
    write("a/b/3.jsonl", "{\"x\":3}");
    write("a/.hidden.jsonl", "{\"x\":9}");
    assertEquals(2, read(X, "a/*.jsonl").size());
    List<Segment> all = read(X, "**/*.jsonl");
    assertEquals(List.of(1.0, 2.0, 3.0), all.stream().map(s -> s.values()[0]).toList());
    assertEquals(Code.UNREADABLE_FILE, problem(X, "*.nothing").diagnostic().code());
    assertEquals(Code.UNREADABLE_FILE, problem(X, "none.jsonl").diagnostic().code());
    assertEquals(Code.UNREADABLE_FILE, problem(X, "a").diagnostic().code());
    write("t.txt", "");
    assertEquals(Code.UNREADABLE_FILE, problem(X, "t.txt").diagnostic().code());
  }

  @Test
  void unfinishedFilesLeaveNothing() throws IOException {
    write("t.jsonl", "before");
    Path hidden;
    try (AtomicFile file = AtomicFile.open(folder.resolve("t.jsonl"))) {
      hidden = file.path();
      Files.writeString(hidden, "half");
    }
    assertFalse(Files.exists(hidden));
    assertEquals("before", Files.readString(folder.resolve("t.jsonl")));
    assertThrows(IOException.class, () -> AtomicFile.open(folder.resolve("none/t.jsonl")));
    assertThrows(IOException.class, () -> AtomicFile.open(folder));
  }

  @Test
  void jsonLinesToAStream() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TableWriter out =
        TableWriter.jsonLines(bytes, List.of(new Column("a", Column.Kind.REAL)))) {
      out.real(0.1);
      out.endRow();
      out.absent();
      out.endRow();
      out.finish();
    }
    assertEquals("{\"a\":0.1}\n{\"a\":null}\n", bytes.toString(StandardCharsets.UTF_8));
  }
}
