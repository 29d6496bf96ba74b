package org.rewlang.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command line is taken for, and what is said of one that can't be. */
class CommandLineTest {

  private static final String PROGRAM = "inputs { x: real } reward { a = x }";

  private static JsonNode problem(String line) {
    List<String> args = new ArrayList<>(Arrays.asList(line.split(" ")));
    args.addAll(List.of("--format", "json"));
    Cli.Ran ran = Cli.run(args.toArray(String[]::new));
    assertEquals(2, ran.exit(), ran.out());
    return ran.json().get("diagnostics").get(0);
  }

  /** The first thing that means nothing is told, whatever else is missing. */
  @ParameterizedTest
  @ValueSource(
      strings = {"check", "devices", "explain", "fmt", "info", "ltl", "run", "score", "test"})
  void anUnknownOptionIsNamed(String command) {
    JsonNode problem = problem(command + " --bogus");
    assertEquals("unknown option `--bogus`", problem.get("message").asText());
    assertEquals("--bogus", problem.get("found").asText());
    assertEquals("see `rew " + command + " --help`", problem.get("hint").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --bogus                       | unknown option `--bogus`
          --bogus check                 | unknown option `--bogus`
          check --version               | unknown option `--version`
          check -q x                    | unknown option `-q`
          check -hq x                   | unknown option `-q`
          check --strict=1 x            | `--strict` takes no value
          score a b --threads           | `--threads` needs a value
          score a b -o --engine x       | `-o` needs a value
          score a b --threads=x         | `--threads` is a whole number, not `x`
          score a b --threads 1.5       | `--threads` is a whole number, not `1.5`
          score a b --engine x --engine y | `--engine` is given twice
          score a b --on-failure maybe  | `--on-failure` is stop or skip, not `maybe`
          --max-diagnostics 1x check a  | `--max-diagnostics` is a whole number, not `1x`
          info a b                      | unexpected argument `b`
          ltl a b                       | unexpected argument `b`
          devices a                     | unexpected argument `a`
          check                         | `rew check` needs `FILE`
          score                         | `rew score` needs `FILE` and `DATA`
          score a                       | `rew score` needs `DATA`
          run                           | `rew run` needs `--trace T` and `FILE`
          chekc a                       | unknown command `chekc`
          -- --bogus                    | unknown command `--bogus`
          """)
  void whatIsWrongIsSaid(String line, String message) {
    // The format stands first: behind `--` it would be a word.
    List<String> args = new ArrayList<>(List.of("--format", "json"));
    args.addAll(Arrays.asList(line.split(" ")));
    Cli.Ran ran = Cli.run(args.toArray(String[]::new));
    assertEquals(2, ran.exit(), ran.out());
    assertEquals(message, ran.json().get("diagnostics").get(0).get("message").asText());
  }

  @Test
  void aNearNameIsOffered() {
    assertEquals("did you mean `--trace`?", problem("run --traec x").get("hint").asText());
    assertEquals("did you mean `--episodes`?", problem("score --episods x").get("hint").asText());
    assertEquals("did you mean `check`?", problem("chek x").get("hint").asText());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check - --format json",
        "check --format json -",
        "check --format=json -",
        "check --format=JSON --strict -",
        "--format json check -",
        "--strict --format json check -",
        "check --format json -- -",
      })
  void generalOptionsStandAnywhere(String line) {
    Cli.Ran ran = Cli.with(PROGRAM, line.split(" "));
    assertEquals(0, ran.exit(), ran.err());
    assertEquals(1, ran.json().get("files").asInt());
  }

  @Test
  void optionsMayRepeatWhereThatMeansSomething() {
    String program =
        "param k = 1 in 0..9 param l = 1 in 0..9 inputs { x: real } reward { a = k + l + x }";
    Cli.Ran ran =
        Cli.with(
            "{\"x\": 1}\n",
            "score",
            file("two.rew", program),
            "-",
            "--param",
            "k=2",
            "--param=l=3",
            "--format",
            "json");
    assertEquals(0, ran.exit(), ran.err() + ran.out());
    assertEquals(6, ran.json().get("total").get("mean").asDouble());
  }

  private static String file(String name, String text) {
    try {
      var folder = java.nio.file.Files.createTempDirectory("rew");
      folder.toFile().deleteOnExit();
      var path = java.nio.file.Files.writeString(folder.resolve(name), text);
      path.toFile().deleteOnExit();
      return path.toString();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aWordMayBeginWithASignBehindTwo() {
    Cli.Ran ran = Cli.run("check", "--", "--bogus");
    assertEquals(2, ran.exit());
    assertTrue(ran.err().contains("`--bogus` does not exist"), ran.err());
  }

  @Test
  void helpNeedsNothingElse() {
    for (String line : List.of("score --help", "score -h", "help score", "-h score")) {
      Cli.Ran ran = Cli.run(line.split(" "));
      assertEquals(0, ran.exit(), ran.err());
      assertTrue(ran.out().startsWith("Usage: rew score [options] FILE DATA...\n"), ran.out());
      assertTrue(ran.out().lines().allMatch(l -> l.length() <= 100), ran.out());
    }
    assertTrue(Cli.run("run", "-h").out().startsWith("Usage: rew run --trace T [options] FILE\n"));
    assertTrue(Cli.run("ltl", "-h").out().startsWith("Usage: rew ltl [options] [FORMULA]\n"));
    assertTrue(Cli.run("-h").out().startsWith("Usage: rew [options] COMMAND\n"));
    assertTrue(Cli.run("-hV").out().startsWith("rew "));
  }
}
