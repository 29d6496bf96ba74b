package org.rewlang.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rewlang.cli.Cli.Ran;

/** {@code rew ltl}. Sizes and verdicts are those of minimal automata that others computed. */
class LtlTest {

  @TempDir Path folder;

  private static JsonNode json(Ran ran, int exit) {
    assertEquals(exit, ran.exit(), ran.out() + ran.err());
    return ran.json();
  }

  private static String verdicts(JsonNode formula) {
    List<String> all = new ArrayList<>();
    formula.get("verdicts").forEach(v -> all.add(v.asText()));
    return String.join(",", all);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a ; 3 ; satisfied,violated,presumably violated",
        "F a ; 2 ; satisfied,presumably violated",
        "G a ; 2 ; violated,presumably satisfied",
        "G F a ; 2 ; presumably satisfied,presumably violated",
        "F a & F b ; 4 ; satisfied,presumably violated",
        "G(a -> F b) ; 2 ; presumably satisfied,presumably violated",
        "true ; 1 ; satisfied",
        "false ; 1 ; violated",
        // What only looks back is about the last step.
        "Y a ; 4 ; presumably satisfied,presumably violated",
        "O a -> O b ; 3 ; satisfied,presumably satisfied,presumably violated",
        "Y Y Y a ; 16 ; presumably satisfied,presumably violated",
      })
  void finiteWords(String formula, int states, String verdicts) {
    JsonNode json = json(Cli.run("ltl", formula, "--format", "json"), 0);
    assertEquals(states, json.get("states").asInt());
    assertEquals(verdicts, verdicts(json));
    assertEquals(json.get("states"), json.get("formulas").get(0).get("states"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a ; 3 ; satisfied,violated,unknown ; safety",
        "F a ; 2 ; satisfied,unknown ; co-safety",
        "G a ; 2 ; violated,unknown ; safety",
        "G F a ; 1 ; unknown ; recurrence",
        "F G a ; 1 ; unknown ; persistence",
        "G(a -> F b) ; 1 ; unknown ; recurrence",
        "G a | F b ; 2 ; satisfied,unknown ; obligation",
        "G F a -> G F b ; 1 ; unknown ; reactivity",
      })
  void infiniteWords(String formula, int states, String verdicts, String formulaClass) {
    JsonNode json = json(Cli.run("ltl", formula, "--infinite", "--format", "json"), 0);
    assertEquals(states, json.get("states").asInt());
    assertEquals(verdicts, verdicts(json));
    assertEquals(formulaClass, json.get("class").asText());
  }

  @Test
  void wordsAreShortest() {
    JsonNode json = json(Cli.run("ltl", "a & X b", "--format", "json"), 0);
    assertEquals("[[\"a\"],[\"b\"]]", json.get("satisfying").toString());
    assertEquals("[[]]", json.get("violating").toString());
    JsonNode valid = json(Cli.run("ltl", "a | !a", "--format", "json"), 0);
    assertTrue(valid.get("violating").isNull());
    // No episode has no step: the empty word is no witness.
    JsonNode always = json(Cli.run("ltl", "G a", "--format", "json"), 0);
    assertEquals("[[\"a\"]]", always.get("satisfying").toString());
  }

  private Path trace(String... rows) throws IOException {
    return Files.writeString(folder.resolve("t.jsonl"), String.join("\n", rows) + "\n");
  }

  @Test
  void aTraceDecides() throws IOException {
    Path t =
        trace(
            "{\"a\":true,\"b\":0,\"x\":1}",
            "{\"a\":false,\"b\":0,\"x\":3}",
            "{\"a\":false,\"b\":1,\"x\":2}");
    for (String[] row :
        new String[][] {
          // By hand: b holds at the last of three steps, x is 1, 3, 2.
          {"F b", "true", "2", "satisfied"},
          {"G !b", "false", "2", "violated"},
          {"G(a -> F b)", "true", "null", "presumably satisfied"},
          {"X a", "false", "1", "violated"},
          {"eventually(x > 2.5)", "true", "1", "satisfied"},
          {"always(0 < x < 3)", "false", "1", "violated"},
          {"historically(x > 0) and F b", "true", "2", "satisfied"},
          {"historically(x > 0)", "true", "null", "presumably satisfied"},
          {"previous(x > 2.5)", "true", "null", "presumably satisfied"},
          {"a then b", "true", "2", "satisfied"},
          {"b then a", "false", "null", "presumably violated"},
          {"last", "false", "1", "violated"},
        }) {
      JsonNode json = json(Cli.run("ltl", row[0], "--trace", t.toString(), "--format", "json"), 0);
      assertEquals(row[1], json.get("truth").toString(), row[0]);
      assertEquals(row[2], json.get("verdict_at").toString(), row[0]);
      assertEquals(row[3], json.get("verdict").asText(), row[0]);
    }
  }

  @Test
  void terminationClosesTheWord() throws IOException {
    Path t = trace("{\"a\":true}", "{\"a\":true,\"terminated\":true}");
    JsonNode json = json(Cli.run("ltl", "G a", "--trace", t.toString(), "--format", "json"), 0);
    assertEquals("true", json.get("truth").toString());
    assertEquals(1, json.get("verdict_at").asInt());
    assertEquals("satisfied", json.get("verdict").asText());
    JsonNode omega =
        json(Cli.run("ltl", "G a", "--infinite", "--trace", t.toString(), "--format", "json"), 0);
    assertTrue(omega.get("truth").isNull());
    assertTrue(omega.get("verdict_at").isNull());
    assertEquals("unknown", omega.get("verdict").asText());
  }

  @Test
  void oneALine() {
    Ran ran = Cli.with("F a\n\n# a comment\nG(\nGF b\n", "ltl", "-", "--format", "json");
    JsonNode json = json(ran, 1);
    assertEquals(2, json.get("formulas").size());
    assertEquals(5, json.get("formulas").get(1).get("line").asInt());
    JsonNode problem = json.get("diagnostics").get(0);
    assertEquals("RW0127", problem.get("code").asText());
    assertEquals(4, problem.get("primary").get("start").get("line").asInt());
  }

  @Test
  void dialectsDiffer() {
    JsonNode rew = json(Cli.run("ltl", "X a", "--format", "json"), 0);
    JsonNode spot = json(Cli.run("ltl", "X a", "--dialect", "spot", "--format", "json"), 0);
    assertEquals("[[],[\"a\"]]", rew.get("satisfying").toString());
    assertEquals("[[]]", spot.get("satisfying").toString());
  }

  @Test
  void whatIsTooLargeIsRefusedOrRunLazily() throws IOException {
    StringBuilder many = new StringBuilder("F p0");
    StringBuilder row = new StringBuilder("{\"p0\":true");
    for (int i = 1; i < 40; i++) {
      many.append(" & F p").append(i);
      row.append(",\"p").append(i).append("\":true");
    }
    JsonNode refused = json(Cli.run("ltl", many.toString(), "--format", "json"), 3);
    assertEquals("RW0904", refused.get("diagnostics").get(0).get("code").asText());
    assertTrue(refused.get("states").isNull());
    Path t = trace(row + "}");
    JsonNode run =
        json(Cli.run("ltl", many.toString(), "--trace", t.toString(), "--format", "json"), 0);
    assertEquals("true", run.get("truth").toString());
    assertEquals(0, run.get("verdict_at").asInt());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // rtamt's own tests, test_stl_discrete_time_offline_specification.py at 5e30b7b.
        "req > 0 and gnt > 0 ; [20.0,-2.0,-2.0,4.0,-1.0]",
        "always[0,1](req > 0) ; [-1.0,-2.0,-2.0,-1.0,-1.0]",
        "req > 0 until[0,1] (gnt > 0) ; [20.0,-1.0,10.0,4.0,-1.0]",
        "once[0,1](req > 0) ; [100.0,100.0,-1.0,5.0,5.0]",
        "weak_previous(req > 0) ; [\"inf\",100.0,-1.0,-2.0,5.0]",
        "eventually[2,3](req > 0) ; [5.0,5.0,-1.0,\"-inf\",\"-inf\"]",
        // By hand. Bools are infinitely far from changing.
        "ok ; [\"inf\",\"inf\",\"-inf\",\"inf\",\"inf\"]",
        "ok -> gnt > 3 ; [17.0,-5.0,\"inf\",1.0,-4.0]",
        // A program can't keep what looks back at what is to come, nor reach this far.
        "O F(gnt > 3 & ok) ; [17.0,17.0,17.0,17.0,17.0]",
        "G[0,1000000] F[0,1000000](req > 1) ; [-2.0,-2.0,-2.0,-2.0,-2.0]",
      })
  void robustnessFromEachStepOn(String formula, String values) throws IOException {
    Path t =
        trace(
            "{\"req\":100,\"gnt\":20,\"ok\":true}",
            "{\"req\":-1,\"gnt\":-2,\"ok\":true}",
            "{\"req\":-2,\"gnt\":10,\"ok\":false}",
            "{\"req\":5,\"gnt\":4,\"ok\":true}",
            "{\"req\":-1,\"gnt\":-1,\"ok\":true}");
    String[] command = {"ltl", formula, "--trace", t.toString(), "--robustness"};
    JsonNode json = json(Cli.run(with(command, "--format", "json")), 0);
    assertEquals(values, json.get("robustness").toString());
    List<String> column = new ArrayList<>();
    json.get("robustness").forEach(v -> column.add(v.asText().replace(".0", "")));
    Ran text = Cli.run(command);
    List<String> table = text.out().lines().toList();
    assertEquals(
        column,
        table.subList(table.size() - 5, table.size()).stream()
            .map(l -> l.substring(l.lastIndexOf(' ') + 1))
            .toList());
  }

  private static String[] with(String[] command, String... more) {
    String[] all = java.util.Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return all;
  }

  @Test
  void robustnessOfManyFormulas() throws IOException {
    Path t = trace("{\"x\":1}", "{\"x\":3}");
    String[] command = {"ltl", "-", "--trace", t.toString(), "--robustness"};
    Ran ran = Cli.with("F(x > 0)\nG(x < 2.5)\n", command);
    List<String> table = ran.out().lines().toList();
    assertEquals(List.of("0", "3", "-0.500000"), cells(table.get(table.size() - 2)));
    assertEquals(List.of("1", "3", "-0.500000"), cells(table.getLast()));
    assertEquals(2, Cli.run("ltl", "F(x > 0)", "--robustness").exit());
    assertEquals(
        2,
        Cli.run("ltl", "F(x > 0)", "--trace", t.toString(), "--robustness", "--infinite").exit());
  }

  private static List<String> cells(String line) {
    return List.of(line.strip().split(" +"));
  }

  @Test
  void badUseIsTold() throws IOException {
    assertEquals(1, Cli.run("ltl", "Goal U b").exit());
    assertEquals(2, Cli.with("", "ltl", "-").exit());
    assertEquals(2, Cli.with("F a", "ltl", "-", "--trace", "-").exit());
    assertEquals(2, Cli.run("ltl", "F a", "--dialect", "owl").exit());
    Path t = trace("{\"a\":true}");
    Ran missing = Cli.run("ltl", "F b", "--trace", t.toString());
    assertEquals(2, missing.exit());
    assertTrue(missing.err().contains("`b`"), missing.err());
    Ran undefined = Cli.run("ltl", "F (log(0 - x) > 0)", "--trace", trace("{\"x\":1}").toString());
    assertFalse(undefined.exit() == 0, undefined.out());
  }

  @Test
  void lettersThatComeAgainAreCounted() {
    Ran ran = Cli.run("ltl", "G(a -> F[0, 1000] b)", "--infinite");
    assertTrue(ran.out().contains("violated by  {a} {} (1000 times)\n"), ran.out());
    Ran three = Cli.run("ltl", "G[0, 2] a & F[3, 3] b");
    assertTrue(three.out().contains("satisfied by  {a} {a} {a} {b}\n"), three.out());
  }

  @Test
  void peopleSeeATable() {
    Ran ran = Cli.run("ltl", "G(a -> F b)");
    assertEquals(0, ran.exit());
    assertTrue(ran.out().startsWith("formula"), ran.out());
    assertTrue(ran.out().contains("satisfied by"), ran.out());
  }
}
