package org.rewlang.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way in which a command ends: the code, and exactly one JSON document on standard output.
 */
class ExitPathTest {

  private static final String GOOD =
      """
      module good
      inputs { x: real in 0..10  d: real }
      param k = 2 in 0..5
      reward { a = k * x  b = x / d }
      success when x > 5
      """;

  @TempDir static Path folder;

  private static void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @org.junit.jupiter.api.BeforeAll
  static void files() throws IOException {
    write("good.rew", GOOD);
    write("tidy.rew", "inputs { x: real }\n");
    write("untidy.rew", "inputs {   x:real }\n");
    write(
        "machine.rew",
        "inputs { a: bool }\nmachine m { initial s  s -> t when a  final t }\nsuccess when m == t");
    write("machine.txt", "0\n[1]\n(0,1,'a',ConstantRewardFunction(1))\n");
    write("broken.rew", "reward { a = (1 + }");
    write("wrong.rew", "reward { a = velocty }");
    write("warns.rew", "inputs { x: real }\nlet unused = x\nreward { a = x }");
    write("first.rew", "inputs { x: real }\nreward { a = prev(x) }");
    write("require.rew", "inputs { x: real }\nrequire x > 0\nreward { a = x }");
    write("one.rew", "use \"two.rew\" as two\ninputs { x: real }\nreward { a = x }");
    write("two.rew", "use \"one.rew\" as one\nlet y = 1");
    write("good.jsonl", "{\"x\":1,\"d\":2}\n{\"x\":6,\"d\":3}\n");
    write("zero.jsonl", "{\"x\":1,\"d\":2}\n{\"x\":1,\"d\":0}\n{\"x\":3,\"d\":1}\n");
    write("range.jsonl", "{\"x\":11,\"d\":2}\n");
    write("lacks.jsonl", "{\"x\":1}\n");
    write("negative.jsonl", "{\"x\":-1}\n");
    write("empty.jsonl", "");
    write("broken.jsonl", "{\"x\":1,\n");
    write("cut.parquet", "PAR1 and no more");
    write("nan.csv", "x,d\n1,2\nnan,2\n");
    write("inf.csv", "x,d\n1,2\n1,inf\n");
    write("huge.jsonl", "{\"x\":1,\"d\":1e999}\n");
    write("text.jsonl", "{\"x\":1,\"d\":2}\n{\"x\":\"much\",\"d\":2}\n");
    write("bool.jsonl", "{\"x\":true,\"d\":2}\n");
    write("list.jsonl", "{\"x\":[1,2],\"d\":2}\n");
    write("null.jsonl", "{\"x\":null,\"d\":2}\n");
    write("vector.rew", "inputs { p: real[3] }\nreward { a = p[0] }\n");
    write("vector.jsonl", "{\"p\":[1,2,3]}\n{\"p\":[1,2]}\n");
    write("nothing.parquet", "");
    Files.write(
        folder.resolve("latin.csv"), new byte[] {'x', ',', 'd', '\n', (byte) 0xe9, ',', '1'});
    write("deep.rew", "reward = " + "(".repeat(10_000) + "1" + ")".repeat(10_000) + "\n");
    Files.write(folder.resolve("latin.rew"), "# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    Files.createDirectories(folder.resolve("dir"));
    Files.writeString(folder.resolve("long.rew"), "# " + "x".repeat(100 << 20));
  }

  private static List<String> line(int exit, String args) {
    List<String> all = new ArrayList<>(List.of(Integer.toString(exit)));
    all.addAll(args.isEmpty() ? List.of() : Arrays.asList(args.split(" ")));
    return all;
  }

  /** DIR stands for the folder of the files. */
  static Stream<List<String>> lines() {
    return Stream.of(
        line(2, ""),
        line(2, "chekc"),
        line(2, "check"),
        line(2, "check --nothing DIR/good.rew"),
        line(2, "score DIR/good.rew"),
        line(2, "--max-diagnostics x check DIR/good.rew"),
        line(0, "--help"),
        line(0, "score --help"),
        line(0, "help check"),
        line(0, "--version"),
        line(0, "check DIR/good.rew"),
        line(0, "check DIR/warns.rew"),
        line(1, "check DIR/warns.rew --strict"),
        line(1, "check DIR/broken.rew"),
        line(1, "check DIR/wrong.rew DIR/good.rew"),
        line(1, "check DIR/one.rew"),
        line(2, "check DIR/none.rew"),
        line(2, "check DIR/none.rew DIR/wrong.rew"),
        line(2, "check DIR/dir"),
        line(2, "check DIR/latin.rew"),
        line(3, "check DIR/long.rew"),
        line(3, "fmt DIR/long.rew"),
        line(3, "score DIR/long.rew DIR/good.jsonl"),
        line(3, "check DIR/deep.rew"),
        line(3, "fmt DIR/deep.rew"),
        line(3, "score DIR/deep.rew DIR/good.jsonl"),
        line(2, "score DIR/latin.rew DIR/good.jsonl"),
        line(1, "score DIR/one.rew DIR/good.jsonl"),
        line(0, "check -"),
        line(0, "fmt DIR/tidy.rew --check"),
        line(1, "fmt DIR/untidy.rew --check"),
        line(1, "fmt DIR/broken.rew"),
        line(2, "fmt DIR/dir"),
        line(0, "fmt -"),
        line(0, "info DIR/good.rew"),
        line(1, "info DIR/wrong.rew"),
        line(2, "info DIR/none.rew"),
        line(0, "explain RW0404"),
        line(0, "explain rw0420"),
        line(2, "explain RW9999"),
        line(0, "devices"),
        line(0, "import DIR/machine.txt"),
        line(2, "import DIR/machine.rew"),
        line(2, "import DIR/none.txt"),
        line(2, "import"),
        line(0, "automaton DIR/machine.rew m"),
        line(0, "automaton DIR/machine.rew m --as svg"),
        line(1, "automaton DIR/machine.rew n"),
        line(1, "automaton DIR/broken.rew m"),
        line(2, "automaton DIR/none.rew m"),
        line(2, "automaton DIR/machine.rew m --as png"),
        line(0, "equivalent DIR/machine.rew:m ever(a)"),
        line(1, "equivalent DIR/machine.rew:m a"),
        line(1, "equivalent DIR/machine.rew:m ever(b)"),
        line(1, "equivalent DIR/machine.rew:m a&"),
        line(1, "equivalent DIR/one.rew:m a"),
        line(2, "equivalent DIR/machine.rew a"),
        line(2, "equivalent a b --discount 2"),
        line(3, "equivalent DIR/long.rew:m a"),
        line(0, "score DIR/good.rew DIR/good.jsonl"),
        line(0, "score DIR/good.rew DIR/good.jsonl -o DIR/out.jsonl --episodes DIR/ep.parquet"),
        line(0, "score DIR/good.rew DIR/good.jsonl --param k=3 --threads 3"),
        line(2, "score DIR/good.rew DIR/good.jsonl --param k=6"),
        line(2, "score DIR/good.rew DIR/good.jsonl --param k=x"),
        line(2, "score DIR/good.rew DIR/good.jsonl --param kk=1"),
        line(2, "score DIR/good.rew DIR/good.jsonl --param k"),
        line(2, "score DIR/good.rew DIR/good.jsonl --threads 0"),
        line(2, "score DIR/good.rew DIR/good.jsonl --engine none"),
        line(2, "score DIR/good.rew DIR/good.jsonl -o -"),
        line(2, "score DIR/good.rew DIR/good.jsonl -o DIR/none/out.jsonl"),
        line(2, "score DIR/good.rew DIR/good.jsonl -o DIR/dir"),
        line(2, "score DIR/good.rew DIR/good.jsonl -o DIR/out.txt"),
        line(2, "score - -"),
        line(1, "score DIR/wrong.rew DIR/good.jsonl"),
        line(1, "score DIR/good.rew DIR/zero.jsonl"),
        line(0, "score DIR/good.rew DIR/zero.jsonl --on-failure skip"),
        line(2, "score DIR/good.rew DIR/zero.jsonl --on-failure maybe"),
        line(2, "score DIR/good.rew DIR/range.jsonl"),
        line(2, "score DIR/good.rew DIR/lacks.jsonl"),
        line(2, "score DIR/good.rew DIR/empty.jsonl"),
        line(2, "score DIR/good.rew DIR/broken.jsonl"),
        line(2, "score DIR/good.rew DIR/cut.parquet"),
        line(2, "score DIR/good.rew DIR/none.jsonl"),
        line(2, "score DIR/good.rew DIR/nan.csv"),
        line(2, "score DIR/good.rew DIR/inf.csv"),
        line(2, "score DIR/good.rew DIR/huge.jsonl"),
        line(2, "score DIR/good.rew DIR/text.jsonl"),
        line(2, "score DIR/good.rew DIR/bool.jsonl"),
        line(2, "score DIR/good.rew DIR/list.jsonl"),
        line(2, "score DIR/good.rew DIR/null.jsonl"),
        line(2, "score DIR/vector.rew DIR/vector.jsonl"),
        line(2, "score DIR/good.rew DIR/nothing.parquet"),
        line(2, "score DIR/good.rew DIR/latin.csv"),
        line(2, "score DIR/good.rew DIR/*.none"),
        line(2, "score DIR/good.rew DIR/dir"),
        line(2, "score DIR/good.rew sql:SELEC"),
        line(2, "score DIR/first.rew DIR/negative.jsonl"),
        line(2, "score DIR/require.rew DIR/negative.jsonl"),
        line(0, "run DIR/good.rew --trace DIR/good.jsonl"),
        line(0, "run DIR/good.rew --trace DIR/good.jsonl --why"),
        line(2, "run DIR/good.rew"),
        line(2, "run DIR/good.rew --trace DIR/good.jsonl --episode 7"),
        line(1, "run DIR/good.rew --trace DIR/zero.jsonl"),
        line(2, "run DIR/good.rew --trace DIR/lacks.jsonl"));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void endsWithOneDocument(List<String> line) {
    String[] args =
        line.stream().skip(1).map(a -> a.replace("DIR", folder.toString())).toArray(String[]::new);
    String[] asked = Arrays.copyOf(args, args.length + 2);
    asked[args.length] = "--format";
    asked[args.length + 1] = "json";
    Cli.Ran ran = Cli.run(asked);
    int exit = Integer.parseInt(line.getFirst());
    assertEquals(exit, ran.exit(), ran.out() + ran.err());
    JsonNode json = ran.json();
    assertEquals(1, json.get("schema").asInt());
    String status =
        switch (exit) {
          case 0 -> "ok";
          case 1 -> "errors";
          case 2 -> "invalid";
          case 3 -> "limit";
          default -> "internal";
        };
    assertEquals(status, json.get("status").asText());
    assertTrue(json.get("tool").asText().startsWith("rew "));
    assertTrue(json.get("diagnostics").isArray());
    if (exit != 0) {
      assertTrue(json.get("counts").get("error").asInt() > 0, ran.out());
      assertFalse(json.get("diagnostics").get(0).get("rendered").asText().isEmpty());
    }
    assertFalse(ran.err().contains("\tat "), "a stack trace: " + ran.err());
  }

  @ParameterizedTest
  @MethodSource("lines")
  void textEndsAlike(List<String> line) {
    String[] args =
        line.stream().skip(1).map(a -> a.replace("DIR", folder.toString())).toArray(String[]::new);
    boolean toStandardOutput =
        Arrays.asList(args).contains("-o") && args[args.length - 1].equals("-");
    Cli.Ran ran = Cli.run(args);
    assertEquals(toStandardOutput ? 0 : Integer.parseInt(line.getFirst()), ran.exit(), ran.err());
    assertFalse(ran.err().contains("\tat "), "a stack trace: " + ran.err());
    if (ran.exit() != 0) {
      assertTrue(ran.err().contains("error["), ran.err());
    }
  }

  /** Each command line that scores a program over data and does not end well. */
  static Stream<List<String>> failedScores() {
    return lines()
        .filter(l -> !l.getFirst().equals("0") && l.size() == 4 && l.get(1).equals("score"));
  }

  @ParameterizedTest
  @MethodSource("failedScores")
  void aFailureLeavesNoOutput(List<String> line) throws IOException {
    Path outputs = Files.createTempDirectory(folder, "outputs");
    for (String kind : List.of("jsonl", "csv", "parquet")) {
      List<String> args = new ArrayList<>();
      line.stream().skip(1).map(a -> a.replace("DIR", folder.toString())).forEach(args::add);
      args.addAll(List.of("-o", outputs.resolve("out." + kind).toString()));
      args.addAll(List.of("--episodes", outputs.resolve("episodes." + kind).toString()));
      Cli.Ran ran = Cli.run(args.toArray(String[]::new));
      assertEquals(Integer.parseInt(line.getFirst()), ran.exit(), ran.err());
      try (Stream<Path> left = Files.list(outputs)) {
        assertEquals(List.of(), left.toList());
      }
    }
  }

  @Test
  void aFailedRowIsNamed() {
    Cli.Ran ran =
        Cli.run(
            "score",
            folder.resolve("good.rew").toString(),
            folder.resolve("zero.jsonl").toString());
    assertEquals(1, ran.exit());
    assertTrue(ran.err().contains("line 2"), ran.err());
  }

  @Test
  void aLimitOnDiagnosticsStillCountsAll() throws IOException {
    write("many.rew", "reward { a = x1  b = x2  c = x3 }");
    JsonNode json =
        Cli.run(
                "check",
                folder.resolve("many.rew").toString(),
                "--max-diagnostics",
                "1",
                "--format=json")
            .json();
    assertEquals(1, json.get("diagnostics").size());
    assertEquals(3, json.get("counts").get("error").asInt());
    assertTrue(json.get("truncated").asBoolean());
  }

  @Test
  void aFullDiskBehindStandardOutput() {
    java.io.OutputStream full =
        new java.io.OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    java.io.ByteArrayOutputStream err = new java.io.ByteArrayOutputStream();
    int exit =
        Main.run(List.of("explain", "RW0404"), java.io.InputStream.nullInputStream(), full, err);
    assertEquals(2, exit);
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("RW0002"));
  }

  @Test
  void ourOwnFaultsAreAnswersToo() {
    Answer answer =
        Session.Failures.answer(
            new StackOverflowError(), new Console(System.in, System.out, System.err, false), false);
    assertEquals(ExitCode.INTERNAL, answer.exit());
    assertEquals("RW0999", answer.diagnostics().getFirst().code().id());
    assertTrue(answer.diagnostics().getFirst().message().contains("report "));
  }
}
