package org.rewlang.automata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Hanoi omega-automata format, out and in. */
class HoaTest {

  private static final String RESPONSE =
      """
      HOA: v1
      name: "G(a -> F b)"
      States: 2
      Start: 0
      AP: 2 "a" "b"
      acc-name: Buchi
      Acceptance: 1 Inf(0)
      properties: trans-labels explicit-labels state-acc deterministic complete
      Finite-Words: accepting-states
      --BODY--
      State: 0 {0}
      [!0 | 1] 0
      [0 & !1] 1
      State: 1
      [1] 0
      [!1] 1
      --END--
      """;

  private static Hoa read(String text) {
    return assertInstanceOf(Hoa.Read.class, Hoa.read(text), () -> text + Hoa.read(text))
        .automaton();
  }

  @Test
  void writes() {
    AtomNames atoms = AtomNames.of("a", "b");
    Formula f =
        assertInstanceOf(FormulaReader.Read.class, Dialect.REW.read("G(a -> F b)", atoms))
            .formula();
    Dfa dfa = Dfa.of(f, Limits.USUAL).orNull();
    assertNotNull(dfa);
    assertEquals(RESPONSE, Hoa.write(dfa, atoms, "G(a -> F b)"));
  }

  @Test
  void whatIsWrittenIsReadBack() {
    Random random = new Random(9);
    AtomNames atoms = AtomNames.of("a", "b\"\\", "c d");
    for (int i = 0; i < 1_000; i++) {
      Formula f = RandomFormula.any(random, 3).next(random.nextInt(8));
      Dfa dfa = Dfa.of(f, Limits.USUAL).orNull();
      assertNotNull(dfa);
      Hoa back = read(Hoa.write(dfa, atoms, f.toString()));
      assertEquals(List.of(), back.warnings());
      assertEquals(atoms.all(), back.atoms().all());
      Dfa again = back.toDfa();
      assertNotNull(again);
      assertEquals(dfa.size(), again.size());
      Dfa.Difference difference = dfa.compare(again, Limits.USUAL).orNull();
      assertNotNull(difference);
      assertTrue(difference.areEqual(), f::toString);
    }
  }

  @Test
  void whatOthersWrite() {
    // Aliases, comments, names of states, labels on states, acceptance on edges, no Start.
    Hoa automaton =
        read(
            """
            HOA: v1 /* one
            comment */ AP: 2 "p" "q" Alias: @a 0&!1 Alias: @b (@a | 1)
            Acceptance: 2 Fin(0) & (Inf(1) | f)
            tool: "x" "1" spot.highlight.edges: 1 2
            Strange-One: 3 foo
            --BODY--
            State: [@b] 0 "first" 1 {0}
            State: 1 [!@b] 0 {0 1} [t] 1
            --END--
            """);
    assertEquals("Fin(0) & (Inf(1) | f)", automaton.acceptance());
    assertEquals(
        List.of("the header `Strange-One:` isn't known and may change the meaning"),
        automaton.warnings());
    assertEquals(2, automaton.states().size());
    assertEquals("{0, 1}", automaton.states().get(1).edges().get(0).sets().toString());
    assertEquals("{0}", automaton.states().get(0).edges().get(0).sets().toString());
    assertNull(automaton.toDfa());
    Diagrams d = automaton.guards();
    assertEquals(
        d.or(d.variableIs(0), d.variableIs(1)), automaton.states().get(0).edges().get(0).guard());
    // Edges without labels stand for the letters 00, 10, 01, 11.
    Hoa implicit =
        read(
            "HOA: v1 AP: 2 \"p\" \"q\" Acceptance: 0 t --BODY-- State: 0 0 1 0 0 State: 1 --END--");
    assertEquals(
        implicit
            .guards()
            .and(
                implicit.guards().variableIs(0),
                implicit.guards().not(implicit.guards().variableIs(1))),
        implicit.states().get(0).edges().get(1).guard());
  }

  @Test
  void whatIsMissingIsRefused() {
    Hoa partial =
        read(RESPONSE.replace("[!1] 1\n", "").replace("[0 & !1] 1", "[0 & !1] 1 /* waits */"));
    Dfa dfa = partial.toDfa();
    assertNotNull(dfa);
    // Now b has to come at once.
    Formula f = AutomatonSizesTest.read("G(a -> (b | N b)) & G(a & !b -> X true)");
    assertEquals(3, dfa.size());
    assertNotNull(f);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "HOA: v1~HOA: v2~1~6~`v2` stands where `v1` is expected",
        "HOA: v1~HOB: v1~1~1~`HOB:` stands where `HOA: v1` is expected",
        "Start: 0~Start: 5~4~8~a state is below 2, `5` isn't",
        "Start: 0~Start: 0&1~4~9~`&` stands where one state is expected",
        "AP: 2~AP: 3~6~1~`acc-name:` stands where an atom's name in quotes is expected",
        "\"a\" \"b\"~\"a\" \"a\"~5~11~two atoms have the name `a`",
        "Acceptance: 1 Inf(0)\\n~ ~9~1~there is no `Acceptance:`",
        "Inf(0)~Inf(1)~7~19~an acceptance set is below 1, `1` isn't",
        "Inf(0)~Inf(0)&~8~1~`properties:` stands where `Inf`, `Fin`, `t` or `f` is expected",
        "State: 1~State: 0~14~8~state 0 is described twice",
        "State: 1~State: 2~14~8~a state is below 2, `2` isn't",
        "[1] 0~[2] 0~15~2~an atom's number is below 2, `2` isn't",
        "[1] 0~[1 0~15~4~`0` stands where `]` is expected",
        "[1] 0~[@a] 0~15~2~there is no alias `@a`",
        "[1] 0~[1] ~16~1~`[` stands where a state is expected",
        "[1] 0~[1] 0 % 1~15~7~`%` has no place here",
        "--END--~--ABORT--~17~1~the automaton was given up by who wrote it",
        "--END--\\n~ ~17~1~the text ends where `State:` or `--END--` is expected",
      })
  void malformed(String wrong, String instead, int line, int column, String message) {
    String text = RESPONSE.replace(wrong.replace("\\n", "\n"), instead == null ? "" : instead);
    assertTrue(!text.equals(RESPONSE), wrong);
    Hoa.Malformed malformed = assertInstanceOf(Hoa.Malformed.class, Hoa.read(text));
    assertEquals(
        line + ":" + column + " " + message,
        malformed.line() + ":" + malformed.column() + " " + malformed.message());
  }

  @Test
  void anyTextIsReadOrRefused() {
    Random random = new Random(10);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(RESPONSE);
      for (int j = random.nextInt(4); j >= 0; j--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, (char) (32 + random.nextInt(96)));
          default -> text.setCharAt(at, RESPONSE.charAt(random.nextInt(RESPONSE.length())));
        }
      }
      if (Hoa.read(text.toString()) instanceof Hoa.Malformed(int line, int column, _, _)) {
        assertTrue(line > 0 && line <= 19 && column > 0);
      }
    }
  }
}
