package org.rewlang.automata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What automata accept, against the definitions. */
class LanguageTest {

  private static final Limits LIMITS = new Limits(10_000, 20_000_000, Duration.ofMinutes(1));

  private static Dfa dfa(Formula f) {
    Dfa dfa = Dfa.of(f, LIMITS).orNull();
    assertNotNull(dfa, f::toString);
    return dfa;
  }

  @Test
  void allShortWords() {
    Random random = new Random(2);
    List<List<BitSet>> words = RandomFormula.words(2, 5);
    assertEquals(1365, words.size());
    for (int i = 0; i < 300; i++) {
      Formula f = RandomFormula.any(random, 2).next(random.nextInt(7));
      Dfa dfa = dfa(f);
      for (List<BitSet> word : words) {
        assertEquals(Oracle.holds(f, word, 0), dfa.accepts(word), () -> f + " on " + word);
      }
    }
  }

  @Test
  void aMillionFormulasAndWords() {
    Random random = new Random(3);
    int pairs = 0;
    int satisfied = 0;
    for (int i = 0; i < 10_000; i++) {
      RandomFormula some =
          i % 2 == 0 ? RandomFormula.any(random, 3) : RandomFormula.future(random, 3);
      Formula f = some.next(1 + random.nextInt(8));
      Dfa dfa = dfa(f);
      for (int j = 0; j < 100; j++) {
        List<BitSet> word = some.word(random.nextInt(12));
        boolean expected = Oracle.holds(f, word, 0);
        assertEquals(expected, dfa.accepts(word), () -> f + " on " + word);
        pairs++;
        satisfied += expected ? 1 : 0;
      }
    }
    assertEquals(1_000_000, pairs);
    assertEquals(0.5, satisfied / 1e6, 0.1);
  }

  @Test
  void formulasAboutTheCurrentStep() {
    Random random = new Random(4);
    for (int i = 0; i < 2_000; i++) {
      RandomFormula some =
          i % 4 == 0 ? RandomFormula.any(random, 2) : RandomFormula.past(random, 2);
      Formula f = some.next(random.nextInt(7));
      Dfa dfa = Dfa.ofCurrent(f, LIMITS).orNull();
      assertNotNull(dfa);
      assertEquals(Oracle.holds(f, List.of(), 0), dfa.accepts(List.of()), f::toString);
      for (int j = 0; j < 30; j++) {
        List<BitSet> word = some.word(1 + random.nextInt(10));
        assertEquals(
            Oracle.holds(f, word, word.size() - 1), dfa.accepts(word), () -> f + " on " + word);
      }
    }
  }
}
