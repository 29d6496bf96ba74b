package org.rewlang.automata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** Accepting frontiers against the definitions. */
class FrontierTest {

  private static final int JUMP = 9;
  private static final Limits LIMITS = new Limits(10_000, 20_000_000, Duration.ofMinutes(1));

  private static Frontier frontier(Buchi automaton) {
    Frontier made = Frontier.of(automaton, JUMP, LIMITS).orNull();
    assertNotNull(made);
    return made;
  }

  private static Frontier frontier(String formula) {
    Buchi.Result result = Buchi.of(AutomatonSizesTest.read(formula), LIMITS).orNull();
    assertNotNull(result);
    Buchi automaton = result.automaton();
    assertNotNull(automaton, formula);
    return frontier(automaton);
  }

  private static Frontier.Edge step(Frontier frontier, int state, Integer... atoms) {
    return frontier.next(state, List.of(atoms)::contains);
  }

  /** By hand: each set is new once a round; the last one completes it, and all are new again. */
  @Test
  void allAreToComeAgainWhenAllWereSeen() {
    Frontier three = frontier("G F a & G F b & G F c");
    assertEquals(7, three.size());
    int state = 0;
    Integer[][] letters = {{}, {0}, {0}, {2}, {0, 2}, {1}, {1}, {0, 1}, {2}, {0, 1, 2}};
    String[] expected = {
      "", "news", "", "news", "", "news round", "news", "news", "news round", "news round"
    };
    for (int i = 0; i < letters.length; i++) {
      Frontier.Edge edge = step(three, state, letters[i]);
      String said = (edge.news() ? "news" : "") + (edge.round() ? " round" : "");
      assertEquals(expected[i], said, "step " + i);
      state = edge.target();
      assertEquals(edge.round(), edge.news() && three.state(state).seen().isEmpty());
    }
  }

  @Test
  void nothingIsNewWhereAllIsLost() {
    Frontier safe = frontier("G F a & G F b & G !c");
    Frontier.Edge lost = step(safe, 0, 0, 2);
    assertEquals(Frontier.REJECTED, safe.state(lost.target()).of());
    assertFalse(lost.news());
    assertFalse(step(safe, lost.target(), 0, 1).news());
    assertEquals(Frontier.REJECTED, frontier("G F a & G !a").state(0).of());
  }

  /** Whether the run, in each turn of the loop from some on, completes a round. */
  private static boolean turns(Frontier frontier, List<BitSet> stem, List<BitSet> loop, int jump) {
    int state = 0;
    int at = 0;
    for (BitSet letter : stem) {
      int now = at++;
      state = frontier.next(state, a -> a == JUMP ? now == jump : letter.get(a)).target();
    }
    List<Integer> starts = new ArrayList<>();
    List<Boolean> rounds = new ArrayList<>();
    while (!starts.contains(state) || at <= jump) {
      starts.add(state);
      boolean round = false;
      for (BitSet letter : loop) {
        int now = at++;
        Frontier.Edge edge = frontier.next(state, a -> a == JUMP ? now == jump : letter.get(a));
        round |= edge.round();
        state = edge.target();
      }
      rounds.add(round);
    }
    return rounds.subList(starts.lastIndexOf(state), rounds.size()).contains(true);
  }

  private static int accepted(Frontier frontier, String text, int jumps) {
    Formula f = AutomatonSizesTest.read("(true | a | b) & " + text);
    List<List<BitSet>> loops = RandomFormula.words(2, 3);
    int accepted = 0;
    for (List<BitSet> stem : RandomFormula.words(2, 2)) {
      for (List<BitSet> loop : loops.subList(1, loops.size())) {
        BiPredicate<Integer, Integer> some =
            (from, to) -> {
              for (int jump = from; jump < to; jump++) {
                if (turns(frontier, stem, loop, jump)) {
                  return true;
                }
              }
              return false;
            };
        boolean expected = Lasso.holds(f, stem, loop);
        assertEquals(expected, some.test(-1, jumps), () -> text + " " + stem + loop);
        accepted += expected ? 1 : 0;
      }
    }
    return accepted;
  }

  @Test
  void aWordIsAcceptedIfRoundsAreCompletedAgainAndAgain() {
    String[] formulas = {
      "G F a & G F b",
      "G(a -> F b) & G F !b",
      "G F(a & X b)",
      "a U b",
      "G a | F b",
      "F G a & G F b",
      "F G(a -> X b) & G F a & F b",
      "G F a & G F b & (a U b)",
      "F G a & F b",
    };
    for (String text : formulas) {
      Frontier frontier = frontier("(true | a | b) & (" + text + ")");
      assertTrue(accepted(frontier, "(" + text + ")", 12) > 0, text);
    }
  }

  private static Buchi hoa(String start, String acceptance, String body) {
    String text =
        "HOA: v1\nStates: 2\nStart: %s\nAP: 2 \"a\" \"b\"\nAcceptance: %s\n--BODY--\n%s--END--\n"
            .formatted(start, acceptance, body);
    return assertInstanceOf(Hoa.Read.class, Hoa.read(text)).automaton().toBuchi();
  }

  /** {@code G F a & G F b & G(b -> X a)}: in state 0 an `a` is due; state 1 is first. */
  @Test
  void automataOfOtherTools() {
    String edges =
        """
        State: 1
        [!0 & !1] 1
        [0 & !1] 1 {2}
        [!0 & 1] 0 {0}
        [0 & 1] 0 {0 2}
        State: 0
        [0 & !1] 1 {2}
        [0 & 1] 0 {0 2}
        """;
    Buchi automaton = hoa("1", "3 Inf(0) & Inf(2)", edges);
    assertNotNull(automaton);
    assertEquals(2, automaton.sets());
    assertTrue(accepted(frontier(automaton), "(G F a & G F b & G(b -> X a))", 0) > 0);
    Buchi all = hoa("1", "0 t", "State: 1\n[!1] 1\n[1] 0\nState: 0\n[0 & !1] 1\n[0 & 1] 0\n");
    assertNotNull(all);
    assertTrue(accepted(frontier(all), "(G(b -> X a))", 0) > 0);
    assertNull(hoa("1", "3 Inf(0) | Inf(2)", edges));
    assertNull(hoa("1", "3 Inf(0) & Fin(2)", edges));
    assertNull(hoa("1", "1 Inf(0)", "State: 0\nState: 1\n[0] 0\n[1] 1 {0}\n"));
  }

  @Test
  void tooManySets() {
    StringBuilder text = new StringBuilder("G F p0");
    for (int i = 1; i < 16; i++) {
      text.append(" & G F p").append(i);
    }
    Buchi.Result result = Buchi.of(AutomatonSizesTest.read(text.toString()), LIMITS).orNull();
    assertNotNull(result);
    Buchi automaton = result.automaton();
    assertNotNull(automaton);
    Limits.Refused<?> refused =
        assertInstanceOf(Limits.Refused.class, Frontier.of(automaton, 99, LIMITS));
    assertEquals(Limits.Limit.STATES, refused.limit());
  }
}
