package org.rewlang.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewlang.check.Loader;
import org.rewlang.compile.Compilation;
import org.rewlang.compile.Compiler;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.source.Source;

/** What machines are warned of, and the words that show it. */
class MachineLintsTest {

  private static final String INPUTS =
      "inputs { a: bool b: bool c: bool x: real in 0..10 n: int in 0..5 }\n";

  /** Code, and what was found or where. */
  private static List<String> found(String rules) {
    String text =
        INPUTS + "machine d {\n" + rules + "\n}\nreward = d.reward + (1 if d == s else 0)";
    Compilation compiled = Compiler.compile(Source.of("t.rew", text), Loader.NONE);
    assertNotNull(compiled.core(), () -> text + compiled.diagnostics());
    return compiled.diagnostics().stream()
        .filter(d -> d.code().id().startsWith("RW027"))
        .map(MachineLintsTest::show)
        .toList();
  }

  private static String show(Diagnostic d) {
    String at = d.primary() == null ? "" : d.primary().location().text();
    String label = d.primary() == null ? "" : d.primary().text();
    return d.code().id() + " " + at + ": " + label;
  }

  @Test
  void edgesOverlapWhereBothCanHold() {
    assertEquals(
        List.of("RW0270 s -> f when b: would fire at `{a, b}`"),
        found("initial s\n s -> e when a\n s -> f when b\n final e, f"));
    assertEquals(
        List.of(), found("initial s\n s -> e when a\n s -> f when b and not a\n final e, f"));
    assertEquals(
        List.of(),
        found("initial s\n exclusive a, b\n s -> e when a\n s -> f when b\n final e, f"));
    // The same effect, whichever fires.
    assertEquals(
        List.of(), found("initial s\n s -> e when a reward 1\n s -> e when b reward 1\n final e"));
    assertEquals(
        List.of("RW0270 s -> e when b reward 2: would fire at `{a, b}`"),
        found("initial s\n s -> e when a reward 1\n s -> e when b reward 2\n final e"));
  }

  @Test
  void theWayToTheStateIsShortest() {
    assertEquals(
        List.of("RW0270 t -> f when b: would fire at `{a, b}` after `{c}`"),
        found(
            """
            initial s
            s -> u when a and not c
            u -> t when a
            s -> t when c
            t -> e when a
            t -> f when b
            final e, f\
            """));
  }

  @Test
  void anEdgeThatLeavesNothingToTheOtherIsNotOverlap() {
    // Where `a` holds the first edge wins already over both.
    assertEquals(
        List.of("RW0272 s -> f when a and c: edges before it fire first"),
        found("initial s\n s -> e when a\n s -> e when a and b\n s -> f when a and c\n final e, f")
            .stream()
            .filter(m -> m.startsWith("RW0272 s -> f"))
            .toList());
  }

  @Test
  void comparisonsOfOneNumberDependOnEachOther() {
    assertEquals(
        List.of(), found("initial s\n s -> e when x > 5\n s -> f when x < 3\n final e, f"));
    assertEquals(
        List.of("RW0270 s -> f when x > 3: would fire at `{x > 5, x > 3}`"),
        found("initial s\n s -> e when x > 5\n s -> f when x > 3\n final e, f"));
    assertEquals(
        List.of("RW0270 s -> f when x >= 5: would fire at `{x <= 5, x >= 5}`"),
        found("initial s\n s -> e when x <= 5\n s -> f when x >= 5\n final e, f"));
    assertEquals(
        List.of(), found("initial s\n s -> e when n < 3\n s -> f when n > 2\n final e, f"));
    // Between 2 and 3 there is no int, and above 5 the declared range has none.
    assertEquals(
        List.of("RW0272 t -> e when n > 2 and n < 3: its guard can't hold here"),
        found("initial s\n s -> t when a\n t -> e when n > 2 and n < 3\n t -> e when b\n final e"));
    assertEquals(
        List.of("RW0272 t -> e when n >= 6: its guard can't hold here"),
        found("initial s\n s -> t when a\n t -> e when n >= 6\n t -> e when b\n final e"));
  }

  @Test
  void countersAndTimeAreFollowed() {
    // The counter gets to 2, and no further.
    assertEquals(
        List.of("RW0272 s -> f when n_ == 3: its guard can't hold here"),
        found(
            """
            initial s
            counter n_ in 0..5
            s -> e when n_ == 2
            s -> s when a and n_ < 2 set n_ = n_ + 1
            s -> f when n_ == 3
            final e, f\
            """));
    // After two steps the first edge fires, so the state is never held for three.
    assertEquals(
        List.of("RW0272 s -> f after 3: its guard can't hold here"),
        found("initial s\n s -> e after 2\n s -> f after 3\n final e, f"));
    assertEquals(
        List.of("RW0270 s -> f when a after 2: would fire at `{b, a}` after `{}`"),
        found("initial s\n s -> e when b after 2\n s -> f when a after 2\n final e, f"));
    // What rises held not before.
    assertEquals(
        List.of("RW0272 t -> f on a: its guard can't hold here"),
        found("initial s\n s -> t when a\n t -> s when not a or b\n t -> f on a\n final f"));
  }

  @Test
  void misspeltStates() {
    assertEquals(
        List.of("RW0272 hold: the machine is never in it"),
        found("initial s\n s -> held when a\n hold -> e when b\n held -> e when b\n final e"));
  }

  @Test
  void noWayToAnEnd() {
    assertEquals(
        List.of("RW0273 t: a `final` state is never reached from here"),
        found("initial s\n s -> t when a and not b\n s -> e when b\n t -> t when c\n final e"));
    assertEquals(List.of(), found("initial s\n s -> t when a\n t -> s when c"));
  }

  @Test
  void casesLeftOpen() {
    assertEquals(
        List.of("RW0271 t: no edge fires, so the machine stays after `{a}`"),
        found("initial s\n s -> t when a\n s -> s otherwise\n t -> s when b"));
  }

  @Test
  void loopsThatPay() {
    // 0.1 for ever is worth 0.1 / (1 - g), and that is 5 at g = 0.98.
    assertEquals("0.98", discount("initial s\n s: reward 0.1\n s -> e when a reward 5\n final e"));
    // 0.5 every other step is 0.5 / (1 - g^2), and that is 10 at g = sqrt(0.95).
    assertEquals(
        "0.974679",
        discount(
            """
            initial s
            s -> t when a and not b reward 0.5
            t -> s when a
            s -> e when b reward 10
            final e\
            """));
    // Nothing is gained by ending.
    assertEquals("0", discount("initial s\n s: reward 0.1\n s -> e when a\n final e"));
    // What can't be ended is for going on.
    assertEquals(List.of(), found("initial s\n s -> t when a reward 1\n t -> s when b"));
    // Going round costs as much as it pays.
    assertEquals(
        List.of(),
        found(
            """
            initial s
            s -> t when a and not b reward 0.5
            t -> s when a reward -0.5
            s -> e when b reward 10
            final e\
            """));
  }

  private static String discount(String rules) {
    String text = INPUTS + "machine d {\n" + rules + "\n}\nreward = d.reward";
    Compilation compiled = Compiler.compile(Source.of("t.rew", text), Loader.NONE);
    return compiled.diagnostics().stream()
        .filter(d -> d.code().id().equals("RW0274"))
        .map(Diagnostic::found)
        .findFirst()
        .orElse("none");
  }

  @Test
  void theSoonestEnd() {
    String rules =
        """
        initial s
        s: reward -0.1
        t: reward -0.1
        s -> t when a and not c
        t -> e when a and not c%s
        any -> f when c%s
        final e, f\
        """;
    assertEquals(List.of("RW0275 f: comes first after `{c}`"), found(rules.formatted("", "")));
    assertEquals(List.of(), found(rules.formatted(" reward 1", "")));
    assertEquals(List.of(), found(rules.formatted("", " reward -1")));
  }

  @Test
  void whatWasFoundBeforeALimitIsKept() {
    // Whether a round of 9,000 states pays is more than a machine's share of work: the edge is
    // told.
    StringBuilder rules = new StringBuilder("initial s\n s -> s0 when a\n");
    int states = 9_000;
    for (int i = 0; i < states; i++) {
      int pays = i % 3 == 0 ? -2 : 1;
      rules.append(" s%d -> s%d when a reward %d\n".formatted(i, (i + 1) % states, pays));
    }
    rules.append(" s5 -> f when a reward 7\n final f");
    List<String> found = found(rules.toString());
    assertTrue(
        found.contains("RW0272 s5 -> f when a reward 7: edges before it fire first"),
        found::toString);
  }
}
