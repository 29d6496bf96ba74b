package org.rewlang.automata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Automata and truth against MONA's and flloat's: recorded cases always, 2,000 new ones where the
 * tools are installed.
 */
class OtherToolsTest {

  private static final AtomNames ATOMS = AtomNames.of("a", "b", "c");
  private static final Limits LIMITS = new Limits(10_000, 4_000_000, Duration.ofMinutes(1));

  private static Formula read(Dialect dialect, String text) {
    AtomNames atoms = AtomNames.of("a", "b", "c");
    FormulaReader.Result result = dialect.read(text, atoms);
    assertEquals(ATOMS.all(), atoms.all());
    return assertInstanceOf(FormulaReader.Read.class, result, text).formula();
  }

  /** What MONA printed as an automaton here; nothing is said of the empty word. */
  private static Moore mona(String first, String accepting, String steps) {
    String[] edges = steps.split(" ");
    int states = 1;
    for (String edge : edges) {
      states = Math.max(states, 1 + Integer.parseInt(edge.substring(0, edge.indexOf(':'))));
    }
    Diagrams diagrams = new Diagrams();
    int[] next = new int[states];
    Arrays.fill(next, Diagrams.leaf(0));
    for (String edge : edges) {
      int state = Integer.parseInt(edge.substring(0, edge.indexOf(':')));
      String letters = edge.substring(edge.indexOf(':') + 1, edge.indexOf('>'));
      int guard = Diagrams.TRUE;
      for (int v = 0; v < letters.length(); v++) {
        int is = diagrams.variableIs(v);
        guard =
            switch (letters.charAt(v)) {
              case '0' -> diagrams.and(guard, diagrams.not(is));
              case '1' -> diagrams.and(guard, is);
              default -> guard;
            };
      }
      int target = Diagrams.leaf(Integer.parseInt(edge.substring(edge.indexOf('>') + 1)));
      next[state] = diagrams.ite(guard, target, next[state]);
    }
    int[] outputs = new int[states];
    for (String state : accepting.isBlank() ? new String[0] : accepting.split(" ")) {
      outputs[Integer.parseInt(state)] = 1;
    }
    return new Moore(diagrams, Integer.parseInt(first), next, outputs);
  }

  /** All words but the empty one. */
  private static final Formula SOME_LETTER = Formula.eventually(Formula.TRUE);

  private static int compareWithMona(List<String> lines) {
    Limits.Outcome<Moore> letters =
        LIMITS.attempt(m -> Construction.of(SOME_LETTER, Progression.Reading.WHOLE, m));
    Moore some = letters.orNull();
    assertNotNull(some);
    int compared = 0;
    for (String line : lines) {
      if (line.startsWith("#")) {
        continue;
      }
      String[] row = line.split(" ?; ?");
      Formula f = Formula.and(read(Dialect.REW, row[0]), SOME_LETTER);
      Moore ours = LIMITS.attempt(m -> Construction.of(f, Progression.Reading.WHOLE, m)).orNull();
      assertNotNull(ours, line);
      Meter meter = Meter.unlimited();
      Moore theirs = mona(row[1], row[2], row[3]).product(some, (x, y) -> x & y, meter);
      assertEquals(null, ours.product(theirs, (x, y) -> x ^ y, meter).shortest(o -> o == 1), line);
      compared++;
    }
    return compared;
  }

  private static int compareWithFlloat(List<String> lines) {
    int compared = 0;
    for (String line : lines) {
      if (line.startsWith("#")) {
        continue;
      }
      String[] row = line.split(" ; ");
      Formula f = read(Dialect.LTLF2DFA, row[0]);
      List<BitSet> word =
          Arrays.stream(row[1].split(" "))
              .map(
                  letter -> {
                    BitSet holds = new BitSet();
                    letter.chars().filter(c -> c != '-').forEach(c -> holds.set(c - 'a'));
                    return holds;
                  })
              .toList();
      Dfa dfa = Dfa.of(f, LIMITS).orNull();
      assertNotNull(dfa, line);
      assertEquals(row[2].equals("1"), dfa.accepts(word), line);
      compared++;
    }
    return compared;
  }

  private static List<String> recorded(String name) throws IOException {
    try (var in = OtherToolsTest.class.getResourceAsStream(name)) {
      assertNotNull(in, name);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** What a script says that made cases, if what it needs is here. */
  private static List<String> made(String script, String needs, String probe, int count)
      throws IOException, InterruptedException {
    String python = System.getProperty("rew.python", "python3");
    boolean there = run(List.of(python, "-c", probe)) != null;
    assumeTrue(there, "not run: new cases of " + needs + " (it isn't installed here)");
    Path file = Path.of("src/test/python", script);
    List<String> lines = run(List.of(python, file.toString(), Integer.toString(count), "20260101"));
    assertNotNull(lines, script);
    return lines;
  }

  private static List<String> run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor(5, TimeUnit.MINUTES) && process.exitValue() == 0
        ? out.lines().toList()
        : null;
  }

  @Test
  void recordedAutomataOfMona() throws IOException {
    assertEquals(300, compareWithMona(recorded("mona.txt")));
  }

  @Test
  void newAutomataOfMona() throws IOException, InterruptedException {
    String probe = "import shutil, sys; sys.exit(shutil.which('mona') is None)";
    assertEquals(2_000, compareWithMona(made("mona_cases.py", "MONA", probe, 2_000)));
  }

  @Test
  void recordedTruthOfFlloat() throws IOException {
    assertEquals(500, compareWithFlloat(recorded("flloat.txt")));
  }

  @Test
  void newTruthOfFlloat() throws IOException, InterruptedException {
    assertEquals(
        2_000, compareWithFlloat(made("flloat_cases.py", "flloat", "import flloat", 2_000)));
  }

  @Test
  void aWrongAutomatonIsNoticed() {
    String wrong =
        "a U b ; 1 ; 4 ; 0:XXX>1 1:00X>2 1:01X>4 1:10X>3 1:11X>4 2:XXX>2 3:XXX>3 4:XXX>4";
    org.junit.jupiter.api.Assertions.assertThrows(
        AssertionError.class, () -> compareWithMona(List.of(wrong)));
    assertTrue(compareWithMona(List.of(wrong.replace("a U b", "b"))) == 1);
  }
}
