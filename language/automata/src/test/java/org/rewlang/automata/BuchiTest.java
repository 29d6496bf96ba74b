package org.rewlang.automata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Small automata on infinite words against the definitions, on words that end in a loop. */
class BuchiTest {

  private static final Limits LIMITS = new Limits(10_000, 20_000_000, Duration.ofMinutes(1));

  private static Buchi.Result result(Formula f) {
    Buchi.Result result = Buchi.of(f, LIMITS).orNull();
    assertNotNull(result, f::toString);
    return result;
  }

  private static Buchi buchi(String text) {
    Buchi buchi = result(AutomatonSizesTest.read(text)).automaton();
    assertNotNull(buchi, text);
    return buchi;
  }

  /** Some run takes edges of every set in its loop. */
  private static boolean accepts(Buchi buchi, List<BitSet> stem, List<BitSet> loop) {
    // The run so far before each letter; a jump is possible before any of them.
    int rounds = 2 * buchi.size() + 2;
    List<BitSet> word = new ArrayList<>(stem);
    IntStream.range(0, rounds).forEach(i -> word.addAll(loop));
    int state = 0;
    for (int t = 0; t < word.size(); t++) {
      if (t >= stem.size() && (t - stem.size()) % loop.size() == 0 && turns(buchi, state, loop)) {
        return true;
      }
      if (buchi.jump(state) >= 0 && t >= stem.size()) {
        int at = (t - stem.size()) % loop.size();
        List<BitSet> rest = new ArrayList<>(loop.subList(at, loop.size()));
        rest.addAll(loop.subList(0, at));
        if (turns(buchi, buchi.jump(state), rest)) {
          return true;
        }
      }
      state = buchi.next(state, word.get(t)::get).target();
    }
    return false;
  }

  /** The run that repeats these letters from here on, without a jump, is accepting. */
  private static boolean turns(Buchi buchi, int state, List<BitSet> loop) {
    List<Integer> starts = new ArrayList<>();
    List<BitSet> taken = new ArrayList<>();
    while (!starts.contains(state)) {
      starts.add(state);
      BitSet sets = new BitSet();
      for (BitSet letter : loop) {
        Buchi.Edge edge = buchi.next(state, letter::get);
        sets.or(edge.sets());
        state = edge.target();
      }
      taken.add(sets);
    }
    BitSet all = new BitSet();
    taken.subList(starts.indexOf(state), taken.size()).forEach(all::or);
    return all.cardinality() == buchi.sets();
  }

  @Test
  void sizes() {
    assertEquals(1, buchi("G F a").size());
    for (int n = 1; n <= 6; n++) {
      Buchi all =
          buchi(IntStream.range(0, n).mapToObj(i -> "G F p" + i).collect(Collectors.joining("&")));
      assertEquals("1 state, " + n + " sets", all.size() + " state, " + all.sets() + " sets");
      assertTrue(all.isDeterministic());
    }
    // What waits, what was claimed, what was claimed in vain.
    assertEquals(3, buchi("F G a").size());
    assertEquals(3, buchi("F G a & G F b").size());
    assertEquals(2, buchi("F G a & G F b").sets());
    assertEquals(2, buchi("G(a -> F b)").size());
    assertTrue(buchi("G(a -> F b)").isDeterministic());
    assertEquals(2, buchi("G a").size());
    assertNull(result(AutomatonSizesTest.read("G F a -> G F b")).automaton());
    assertNull(result(AutomatonSizesTest.read("G(a | F G b)")).automaton());
  }

  @Test
  void words() {
    String[] formulas = {
      "true",
      "a",
      "G a",
      "F a",
      "a U b",
      "a W b",
      "G a | F b",
      "(F a -> F b) & G(a -> X !a)",
      "G F a",
      "G F a & G F b",
      "G F(a & X b)",
      "G(a -> F b)",
      "G(a -> X(b U a))",
      "G(a -> F b) & G F !b",
      "G((a U b) | F(b & X !a))",
      "F G a",
      "F G a & G F b",
      "F G(a -> X b) & G F a & F b",
      "F G a & F G b",
      "G F a & (a U b)",
      "G(F a & F b)",
      "F G(a | X X b) & G(b -> F !b)",
      "G F(a & O b) & a",
      "G(a -> O b) & G F a",
    };
    List<List<BitSet>> stems = RandomFormula.words(2, 2);
    List<List<BitSet>> loops = RandomFormula.words(2, 3);
    for (String text : formulas) {
      Formula f = AutomatonSizesTest.read("(true | a | b) & " + text.replace("true", "(a | !a)"));
      Buchi buchi = result(f).automaton();
      if (buchi == null) {
        assertTrue(text.contains("O"), text);
        continue;
      }
      int accepted = 0;
      for (List<BitSet> stem : stems) {
        for (List<BitSet> loop : loops.subList(1, loops.size())) {
          boolean expected = Lasso.holds(f, stem, loop);
          assertEquals(expected, accepts(buchi, stem, loop), () -> text + " " + stem + loop);
          accepted += expected ? 1 : 0;
        }
      }
      assertTrue(accepted > 0, text);
    }
  }

  @Test
  void randomOnes() {
    Random random = new Random(12);
    int made = 0;
    for (int i = 0; i < 600; i++) {
      RandomFormula some = RandomFormula.future(random, 2);
      Formula f =
          Formula.and(
              Formula.always(Formula.eventually(some.next(random.nextInt(3)))),
              Formula.always(
                  Formula.implies(some.next(0), Formula.eventually(some.next(random.nextInt(3))))),
              Formula.eventually(Formula.always(some.next(random.nextInt(3)))),
              some.next(random.nextInt(3)));
      Buchi buchi = result(f).automaton();
      if (buchi == null) {
        continue;
      }
      made++;
      for (int j = 0; j < 40; j++) {
        List<BitSet> stem = some.word(random.nextInt(4));
        List<BitSet> loop = some.word(1 + random.nextInt(4));
        assertEquals(
            Lasso.holds(f, stem, loop), accepts(buchi, stem, loop), () -> f + " " + stem + loop);
      }
    }
    assertTrue(made > 200, made + " were made");
  }
}
