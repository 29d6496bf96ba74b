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

/** {@code rew equivalent}. Answers are laws of LTLf, published findings, or computed by hand. */
class EquivalentTest {

  @TempDir Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static JsonNode json(int exit, String... args) {
    List<String> all = new ArrayList<>(List.of("equivalent"));
    all.addAll(List.of(args));
    all.addAll(List.of("--format", "json"));
    Ran ran = Cli.run(all.toArray(String[]::new));
    assertEquals(exit, ran.exit(), ran.out() + ran.err());
    return ran.json();
  }

  private static void alike(String... args) {
    JsonNode json = json(0, args);
    assertTrue(json.get("equivalent").asBoolean());
    assertTrue(json.get("witness").isNull());
  }

  /** What holds in each step of the witness: {@code a,b;;c}. */
  private static String unlike(String... args) {
    JsonNode json = json(1, args);
    assertFalse(json.get("equivalent").asBoolean());
    return steps(json.get("witness"));
  }

  private static String steps(JsonNode witness) {
    List<String> word = new ArrayList<>();
    for (JsonNode step : witness.get("steps")) {
      List<String> atoms = new ArrayList<>();
      step.get("holds").forEach(a -> atoms.add(a.asText()));
      word.add(String.join(",", atoms));
    }
    return String.join(";", word);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "F a ; true U a",
        "!F a ; G !a",
        "a W b ; (a U b) | G a",
        "a R b ; !(!a U !b)",
        "a M b ; b U (a & b)",
        "!X a ; N !a",
        // On finite words all of these are about the last step.
        "G F a ; F (last & a)",
        "F G a ; G F a",
        "always(a implies eventually(b)) ; G(a -> F b)",
        "a since b ; b or (a and previous(a since b))",
      })
  void lawsOfLogic(String one, String other) {
    alike(one, other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // Where the word ends, strong and weak differ at once.
        "X a ; N a ; ''",
        "G a ; a ; a|",
        "F a ; X F a ; a",
        "a U b ; a W b ; a",
        "F a & F b ; F (a & F b) ; b|a",
      })
  void shortestTraces(String one, String other, String steps) {
    assertEquals(steps.replace('|', ';'), unlike(one, other));
  }

  /** Chores a, b and c in any order, then d: as published, with two edges swapped. */
  private static String chores(String afterA, String afterB) {
    return """
    inputs { a: bool, b: bool, c: bool, d: bool }
    machine chores {
      initial none
      exclusive a, b, c, d
      none   -> did_a when a
      none   -> did_b when b
      none   -> did_c when c
      did_a  -> did_ab when b
      did_a  -> did_ac when c
      did_b  -> did_ab when a
      did_b  -> did_bc when c
      did_c  -> %s when a
      did_c  -> %s when b
      did_ab -> all_three when c
      did_ac -> all_three when b
      did_bc -> all_three when a
      all_three -> done when d reward 1
      final done
    }
    formula wanted = eventually(d and ever(a) and ever(b) and ever(c))
    reward { task = chores.reward }
    """
        .formatted(afterA, afterB);
  }

  @Test
  void choresAsMeant() throws IOException {
    String right = file("right.rew", chores("did_ac", "did_bc"));
    alike(right + ":chores", right + ":wanted");
    alike(right + ":chores.done", "F (d & O a & O b & O c)");
  }

  /** A replay of the swapped machine by hand: what it pays for c, a, b, d and for c, a, a, d. */
  @Test
  void choresAsPublishedAreWrong() throws IOException {
    String wrong = file("wrong.rew", chores("did_bc", "did_ac"));
    JsonNode json = json(1, wrong + ":chores", wrong + ":wanted");
    JsonNode steps = json.get("witness").get("steps");
    // No three events can tell: all of a, b, c come before d.
    assertEquals(4, steps.size());
    String word = steps(json.get("witness"));
    assertTrue(List.of("c;a;a;d", "c;a;b;d", "c;b;a;d", "c;b;b;d").contains(word), word);
    boolean all = word.contains("a") && word.contains("b");
    assertEquals(Boolean.toString(all), steps.get(3).get("b").asText());
    assertEquals(Boolean.toString(!all), steps.get(3).get("a").asText());
    // Beside the right machine the difference is in what is paid.
    String right = file("right.rew", chores("did_ac", "did_bc"));
    JsonNode paid = json(1, wrong + ":chores", right + ":chores").get("witness");
    assertEquals(4, paid.get("steps").size());
    assertFalse(paid.get("steps").get(3).get("a").equals(paid.get("steps").get(3).get("b")));
  }

  /** Value iteration by hand (discount 0.9): V = 0.9 and 1; r + 0.9 V' - V on every edge. */
  private static final String CHAIN =
      """
      inputs { a: bool, b: bool }
      machine plain {
        initial u0
        u0 -> u1 when a
        u1 -> done when b reward 1
        final done
      }
      machine shaped {
        initial u0
        u0 -> u1 when a
        u0 -> u0 otherwise reward -0.09
        u1 -> done when b
        u1 -> u1 otherwise reward -0.1
        final done
      }
      reward { r = plain.reward + shaped.reward }
      """;

  @Test
  void threeStrengths() throws IOException {
    String chain = file("chain.rew", CHAIN);
    String[] two = {chain + ":shaped", chain + ":plain", "--discount", "0.9", "--strength", ""};
    two[5] = "outputs";
    assertEquals("", unlike(two));
    two[5] = "returns";
    JsonNode returns = json(1, two).get("witness").get("returns");
    // Every episode's return differs by the potential of the beginning.
    assertEquals(-0.9, number(returns.get("a")) - number(returns.get("b")), 1e-12);
    two[5] = "potential";
    JsonNode proof = json(0, two);
    assertEquals(
        "[{\"a\":\"u0\",\"b\":\"u0\",\"value\":\"0.9\"},{\"a\":\"u1\",\"b\":\"u1\",\"value\":\"1\"},"
            + "{\"a\":\"done\",\"b\":\"done\",\"value\":\"0\"}]",
        proof.get("potentials").toString());
    two[3] = "0.8";
    JsonNode refuted = json(1, two);
    assertFalse(refuted.get("witness").isNull());
    assertFalse(refuted.get("against").isNull());
  }

  private static double number(JsonNode text) {
    return Double.parseDouble(text.asText());
  }

  private static String delivery(String near, String more) {
    return """
    inputs { coffee: bool, x: real }
    let near = %s
    machine m {
      initial s
      s -> t when coffee and near reward 1
      final t
    }
    %s
    reward { r = m.reward }
    """
        .formatted(near, more);
  }

  @Test
  void conditionsAreComparedByWhatTheyAre() throws IOException {
    String one = file("one.rew", delivery("x < 2", "formula f = eventually(2 > x and coffee)"));
    alike(one + ":m", one + ":f");
    alike(one + ":m", "F (coffee & \"x < 2\")");
    // A name of the other file is another condition; numbers are ordered across files.
    String other = file("other.rew", delivery("x < 3", ""));
    assertEquals("coffee,x < 3", unlike(one + ":m", other + ":m").replace("near,", ""));
    alike(one + ":m", file("same.rew", delivery("2 > x", "")) + ":m");
  }

  @Test
  void badUse() throws IOException {
    String one = file("one.rew", delivery("x < 2", "formula _f = eventually(coffee)"));
    Ran ran = Cli.run("equivalent", one + ":n", one + ":m");
    assertEquals(1, ran.exit());
    assertTrue(ran.err().contains("expected: m, _f"), ran.err());
    assertEquals(1, Cli.run("equivalent", one + ":m.u", "F a").exit());
    assertEquals(1, Cli.run("equivalent", one + ":_f.u", "F a").exit());
    assertEquals(1, Cli.run("equivalent", "F (a &", "F a").exit());
    assertEquals(2, Cli.run("equivalent", one, "F a").exit());
    assertEquals(2, Cli.run("equivalent", folder + "/none.rew:m", "F a").exit());
    assertEquals(2, Cli.run("equivalent", "F a").exit());
    assertEquals(2, Cli.run("equivalent", "F a", "F a", "--discount", "0").exit());
    assertEquals(2, Cli.run("equivalent", "F a", "F a", "--discount", "much").exit());
    assertEquals(2, Cli.run("equivalent", "F a", "F a", "--strength", "returns").exit());
    Ran atom = Cli.run("equivalent", one + ":m", "F (cofee & x < 2)");
    assertEquals(1, atom.exit());
    assertTrue(atom.err().contains("<formula>:1:4"), atom.err());
    assertTrue(atom.err().contains("did you mean `coffee`?"), atom.err());
    // Whose second line is wrong.
    Ran second = Cli.run("equivalent", one + ":m", "F (coffee & y < 2)");
    assertTrue(second.err().contains("nothing is called `y`"), second.err());
    assertTrue(second.err().contains("<formula>:1:13"), second.err());
    StringBuilder many = new StringBuilder("F p0");
    for (int i = 1; i < 40; i++) {
      many.append(" & F p").append(i);
    }
    assertEquals(3, Cli.run("equivalent", many.toString(), "F a").exit());
  }

  @Test
  void standardInputIsAFile() {
    Ran ran = Cli.with(delivery("x < 2", ""), "equivalent", "-:m", "F (coffee & near)");
    assertEquals(0, ran.exit(), ran.err());
    assertTrue(ran.out().startsWith("equivalent: "), ran.out());
  }
}
