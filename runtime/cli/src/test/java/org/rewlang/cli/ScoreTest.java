package org.rewlang.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreTest {

  private static final String PROGRAM =
      """
      inputs { x: real  d: real  held: bool }
      let run = prev(run, initially = 0) + x
      reward {
        a = x / 3
        b = -run / d when held
      }
      metric m = x / d
      success when x > 0.9
      """;

  @TempDir Path folder;

  @Test
  void aVectorHasItsCoordinatesAndNoTotal() throws IOException {
    Files.writeString(
        folder.resolve("p.rew"),
        "inputs { x: real }\nreward up { a = x }\nreward down = product { b = -x  c = 2 }\n");
    Files.writeString(folder.resolve("v.jsonl"), "{\"x\":1}\n{\"x\":3}\n");
    JsonNode summary = score(file("v.jsonl"), "-o", file("v.csv"), "--episodes", file("e.jsonl"));
    assertTrue(summary.get("total").isNull(), summary.toString());
    assertEquals(2, summary.get("rewards").get("up").get("mean").asDouble());
    assertEquals(-6, summary.get("rewards").get("down").get("min").asDouble());
    assertEquals(3, summary.get("components").size());
    assertEquals(
        "step,up,down,up.a,down.b,down.c",
        Files.readString(folder.resolve("v.csv")).lines().findFirst().orElseThrow());
    String episode = Files.readString(folder.resolve("e.jsonl"));
    assertTrue(episode.contains("\"return.down\":-8.0"), episode);
    assertTrue(episode.contains("\"sum.up.a\":4.0"), episode);
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private void data(String name, int rows, long seed) throws IOException {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      boolean ends = random.nextInt(50) == 0;
      text.append(
          String.format(
              Locale.ROOT,
              "{\"x\":%s,\"d\":%s,\"held\":%s,\"truncated\":%s}%n",
              random.nextGaussian(),
              random.nextDouble() + 0.1,
              random.nextBoolean(),
              ends));
    }
    Files.writeString(folder.resolve(name), text.toString());
  }

  private JsonNode score(String... more) {
    String[] args = new String[more.length + 4];
    args[0] = "score";
    args[1] = file("p.rew");
    System.arraycopy(more, 0, args, 2, more.length);
    args[more.length + 2] = "--format";
    args[more.length + 3] = "json";
    Cli.Ran ran = Cli.run(args);
    assertEquals(0, ran.exit(), ran.out() + ran.err());
    return ran.json();
  }

  /** Without what may differ: time, threads, engine. */
  private static JsonNode comparable(JsonNode summary) {
    ObjectNode copy = summary.deepCopy();
    copy.remove(java.util.List.of("seconds", "threads", "engine", "engine_reason"));
    return copy;
  }

  private String sha256(String name) throws IOException {
    try {
      byte[] bytes = Files.readAllBytes(folder.resolve(name));
      return java.util.HexFormat.of()
          .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void nothingDependsOnThreadsEngineOrOrder() throws IOException {
    Files.writeString(folder.resolve("p.rew"), PROGRAM);
    data("1.jsonl", 40_000, 1);
    data("2.jsonl", 3_000, 2);
    JsonNode one =
        score(file("1.jsonl"), file("2.jsonl"), "--threads", "1", "-o", file("1.out.jsonl"));
    JsonNode four =
        score(
            file("1.jsonl"),
            file("2.jsonl"),
            "--threads",
            "4",
            "--engine",
            "interpreter",
            "-o",
            file("4.out.jsonl"));
    assertEquals(comparable(one), comparable(four));
    assertEquals(
        Files.readString(folder.resolve("1.out.jsonl")),
        Files.readString(folder.resolve("4.out.jsonl")));
    assertEquals(
        comparable(one), comparable(score(file("2.jsonl"), file("1.jsonl"), "--threads", "3")));
    for (String threads : List.of("1", "3")) {
      JsonNode columns =
          score(
              file("1.jsonl"),
              file("2.jsonl"),
              "--threads",
              threads,
              "--engine",
              "columns",
              "-o",
              file("c.out.jsonl"));
      assertEquals("columns", columns.get("engine").asText());
      assertEquals(comparable(one), comparable(columns));
      assertEquals(
          Files.readString(folder.resolve("1.out.jsonl")),
          Files.readString(folder.resolve("c.out.jsonl")));
    }
    assertEquals(43_000, one.get("rows").asInt());
    double shares =
        one.at("/components/a/share").asDouble() + one.at("/components/b/share").asDouble();
    assertEquals(1, shares, 1e-12);
    assertTrue(one.get("success_rate").asDouble() > 0);
    assertEquals(sha256("p.rew"), one.get("program_sha256").asText());
  }

  /** Rows side by side: which one fails first, and what is left out, is as one after the other. */
  @Test
  void failedRowsAreTheSameOnColumns() throws IOException {
    for (String program :
        List.of(
            "inputs { x: real  d: real in ..5  held: bool }\n"
                + "reward { a = x  b = 1 / d when held }",
            "inputs { x: real  d: real in ..5  held: bool }\n"
                + "reward { a = x + prev(x, initially = 0)  b = 1 / d when held }")) {
      Files.writeString(folder.resolve("p.rew"), program);
      Random random = new Random(5);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 5_000; i++) {
        int d = random.nextInt(60);
        text.append("{\"x\":" + i + ",\"d\":" + (d == 0 && i > 700 ? 0 : 1 + d % 4))
            .append(",\"held\":" + random.nextBoolean())
            .append(",\"truncated\":" + (random.nextInt(30) == 0) + "}\n");
      }
      Files.writeString(folder.resolve("d.jsonl"), text.toString());
      JsonNode one = score(file("d.jsonl"), "--engine", "interpreter", "--on-failure", "skip");
      JsonNode columns = score(file("d.jsonl"), "--engine", "columns", "--on-failure", "skip");
      assertEquals(comparable(one), comparable(columns));
      assertTrue(one.get("failed_rows").asInt() > 3, one.toString());
      List<String> messages =
          List.of("interpreter", "columns").stream()
              .map(e -> Cli.run("score", file("p.rew"), file("d.jsonl"), "--engine", e))
              .map(ran -> ran.exit() + " " + ran.err())
              .toList();
      assertTrue(messages.getFirst().contains("`b` is undefined"), messages.getFirst());
      assertEquals(messages.getFirst(), messages.getLast());
    }
  }

  @Test
  void rowsWithoutStateRunOnColumns() throws IOException {
    Files.writeString(folder.resolve("p.rew"), "inputs { x: real }\nreward { a = x * 2 }");
    Files.writeString(folder.resolve("d.jsonl"), "{\"x\":1}\n{\"x\":4}\n");
    JsonNode summary = score(file("d.jsonl"), "-o", file("o.jsonl"));
    assertEquals("columns", summary.get("engine").asText());
    assertTrue(
        summary.get("engine_reason").asText().startsWith("the program keeps no state"),
        summary.toString());
    assertEquals(5, summary.at("/total/mean").asDouble());
    Files.writeString(folder.resolve("p.rew"), "inputs { x: real }\nreward { a = change(x) }");
    assertTrue(!score(file("d.jsonl")).get("engine").asText().equals("columns"), "it keeps state");
  }

  @Test
  void oneLongEpisodeIsTheSameInAnyFormat() throws IOException {
    Files.writeString(
        folder.resolve("p.rew"),
        "inputs { x: real }\nreward { s = x + prev(s, initially = 0) }\n"
            .replace("prev(s", "prev(x"));
    StringBuilder text = new StringBuilder("x\n");
    for (int i = 0; i < 30_000; i++) {
      text.append(i).append('\n');
    }
    Files.writeString(folder.resolve("long.csv"), text.toString());
    JsonNode summary =
        score(file("long.csv"), "-o", file("out.parquet"), "--episodes", file("e.jsonl"));
    assertEquals(1, summary.get("episodes").asInt());
    assertEquals(59_997, summary.at("/total/max").asDouble());
    JsonNode again =
        Cli.run(
                "score",
                file("p.rew"),
                "sql:SELECT total AS x FROM '" + file("out.parquet") + "'",
                "--format",
                "json")
            .json();
    assertEquals(30_000, again.get("rows").asInt());
    String episode = Files.readString(folder.resolve("e.jsonl"));
    assertTrue(episode.contains("\"length\":30000"), episode);
    assertTrue(episode.contains("\"ended\":\"data\""), episode);
  }

  @Test
  void skippedRowsAreNullAndKeepTheState() throws IOException {
    Files.writeString(folder.resolve("p.rew"), PROGRAM);
    Files.writeString(
        folder.resolve("d.jsonl"),
        """
        {"x":1,"d":1,"held":true}
        {"x":5,"d":0,"held":true}
        {"x":2,"d":1,"held":true}
        """);
    JsonNode summary = score(file("d.jsonl"), "--on-failure", "skip", "-o", file("out.csv"));
    assertEquals(1, summary.get("failed_rows").asInt());
    assertTrue(summary.get("first_failure").asText().contains("line 2"));
    assertEquals(
        """
        step,total,a,b,success,m
        0,-0.6666666666666667,0.3333333333333333,-1.0,true,1.0
        1,,,,,
        2,-2.3333333333333335,0.6666666666666666,-3.0,true,2.0
        """,
        Files.readString(folder.resolve("out.csv")));
    assertEquals(-2, summary.at("/components/b/mean").asDouble());
  }

  @Test
  void theFirstUndefinedValueOfEachComponent() throws IOException {
    Files.writeString(
        folder.resolve("p.rew"),
        """
        inputs { x: real  y: real }
        reward { a = 1 / x  b = 1 / y  c = x + y }
        """);
    Files.writeString(
        folder.resolve("d.jsonl"),
        """
        {"episode":"p","x":1,"y":1}
        {"episode":"p","x":0,"y":1}
        {"episode":"q","x":0,"y":1}
        {"episode":"q","x":1,"y":2}
        {"episode":"q","x":0,"y":0}
        """);
    for (String threads : List.of("1", "3")) {
      JsonNode summary = score(file("d.jsonl"), "--on-failure", "skip", "--threads", threads);
      assertEquals(3, summary.get("failed_rows").asInt());
      JsonNode a = summary.at("/components/a/first_undefined");
      assertEquals(2, a.get("row").asInt());
      assertEquals("p", a.get("episode").asText());
      assertEquals(1, a.get("step").asInt());
      assertTrue(a.get("source").asText().endsWith("d.jsonl"));
      JsonNode b = summary.at("/components/b/first_undefined");
      assertEquals(5, b.get("row").asInt());
      assertEquals("q", b.get("episode").asText());
      assertEquals(2, b.get("step").asInt());
      assertTrue(summary.at("/components/c/first_undefined").isNull());
      assertEquals(2, summary.at("/total/first_undefined/row").asInt());
    }
    String table = Cli.run("score", file("p.rew"), file("d.jsonl"), "--on-failure", "skip").out();
    List<String> lines = table.lines().toList();
    assertTrue(lines.get(0).endsWith("first undefined"), table);
    assertTrue(lines.get(1).endsWith("d.jsonl line 2, episode p, step 1"), table);
    assertTrue(lines.get(2).endsWith("d.jsonl line 5, episode q, step 2"), table);
    assertTrue(lines.get(3).endsWith("-"), table);
  }

  @Test
  void whatAGateLeavesOutIsNotUndefined() throws IOException {
    Files.writeString(
        folder.resolve("p.rew"),
        """
        inputs { x: real  y: real  g: bool }
        reward = minimum { a = 1 / x when g  b = 1 / y }
        """);
    Files.writeString(
        folder.resolve("d.jsonl"),
        """
        {"x":1,"y":0,"g":false}
        {"x":0,"y":1,"g":false}
        {"x":0,"y":1,"g":true}
        """);
    JsonNode summary = score(file("d.jsonl"), "--on-failure", "skip");
    assertEquals(2, summary.get("failed_rows").asInt());
    assertEquals(1, summary.at("/components/b/first_undefined/row").asInt());
    assertEquals(3, summary.at("/components/a/first_undefined/row").asInt());
    assertEquals(1, summary.at("/total/first_undefined/row").asInt());
  }

  @Test
  void aFailedRowNamesTheOperation() throws IOException {
    Files.writeString(folder.resolve("p.rew"), PROGRAM);
    Files.writeString(folder.resolve("d.jsonl"), "{\"x\":5,\"d\":0,\"held\":true}\n");
    Cli.Ran ran = Cli.run("score", file("p.rew"), file("d.jsonl"), "--format", "json");
    assertEquals(1, ran.exit());
    JsonNode problem = ran.json().at("/diagnostics/0");
    assertEquals("RW0420", problem.get("code").asText());
    assertTrue(problem.get("message").asText().contains("-5 / 0"), problem.toString());
    assertEquals(1, problem.at("/data/row").asInt());
    assertEquals(5, problem.at("/primary/start/line").asInt());
  }

  @Test
  void runSaysWhy() throws IOException {
    Files.writeString(folder.resolve("p.rew"), PROGRAM + "event big = x > 3\n");
    Files.writeString(folder.resolve("d.jsonl"), "{\"x\":5,\"d\":2,\"held\":true}\n");
    JsonNode step =
        Cli.run("run", file("p.rew"), "--trace", file("d.jsonl"), "--why", "--format", "json")
            .json()
            .at("/steps/0");
    assertTrue(step.at("/events/big").asBoolean(), step.toString());
    assertEquals(5 / 3.0 - 2.5, step.get("total").asDouble());
    boolean found = false;
    for (JsonNode part : step.at("/why/b")) {
      found |= part.get("text").asText().equals("-run / d") && part.get("value").asDouble() == -2.5;
    }
    assertTrue(found, step.toString());
  }

  /** An int is a whole number in every table, a real a double. */
  @Test
  void intsAreWhole() throws IOException {
    Files.writeString(
        folder.resolve("p.rew"),
        "inputs { x: real[2] } reward = 1 metric n = count(x > 0) metric at = argmax(x) metric y ="
            + " x");
    Files.writeString(folder.resolve("d.jsonl"), "{\"x\":[1,2]}\n");
    score(file("d.jsonl"), "-o", file("o.jsonl"));
    assertEquals(
        "{\"step\":0,\"total\":1.0,\"n\":2,\"at\":1,\"y_0\":1.0,\"y_1\":2.0}\n",
        Files.readString(folder.resolve("o.jsonl")));
    score(file("d.jsonl"), "-o", file("o.csv"));
    assertEquals(
        "step,total,n,at,y_0,y_1\n0,1.0,2,1,1.0,2.0\n", Files.readString(folder.resolve("o.csv")));
  }
}
