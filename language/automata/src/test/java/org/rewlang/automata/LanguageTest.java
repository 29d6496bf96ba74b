package org.rewlang.automata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rewlang.automata.Progression.Reading;

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

  /** Each way of construction, where the plain one alone would do. */
  @Test
  void allWaysGiveTheSameAutomaton() {
    Random random = new Random(6);
    int combined = 0;
    for (int i = 0; i < 3_000; i++) {
      RandomFormula some =
          i % 3 == 0 ? RandomFormula.any(random, 3) : RandomFormula.future(random, 3);
      Formula f = some.next(2 + random.nextInt(10));
      for (Reading reading : List.of(Reading.WHOLE, Reading.CURRENT)) {
        Meter meter = new Meter(LIMITS);
        Moore plain = Construction.progress(f, reading, false, meter);
        assertEquals(List.of(), difference(plain, Construction.progress(f, reading, true, meter)));
        Moore combination = Construction.combine(f, reading, meter);
        if (combination != null) {
          combined++;
          assertEquals(List.of(), difference(plain, combination), f::toString);
        }
      }
    }
    assertTrue(combined > 1_500, combined + " were combined");
  }

  /** Sizes if they differ, and a word if there is one that tells them apart. */
  private static List<Object> difference(Moore a, Moore b) {
    List<Object> all = new ArrayList<>();
    if (a.size() != b.size()) {
      all.add(a.size() + " and " + b.size() + " states");
    }
    List<Cube> word = a.product(b, (x, y) -> x ^ y, Meter.unlimited()).shortest(o -> o == 1);
    if (word != null) {
      all.add(word);
    }
    return all;
  }

  @Test
  void laziness() {
    Random random = new Random(7);
    for (int i = 0; i < 1_000; i++) {
      RandomFormula some = RandomFormula.any(random, 3);
      Formula f = some.next(1 + random.nextInt(8));
      Dfa dfa = dfa(f);
      Verdict[] exact = dfa.verdicts();
      List<BitSet> word = some.word(8);
      Run run = Run.of(f, LIMITS).orNull();
      int state = dfa.initial();
      for (BitSet letter : word) {
        Verdict lazy = run.read(letter::get).orNull();
        state = dfa.next(state, letter::get);
        Verdict verdict = exact[state];
        boolean late =
            dfa.accepts(state)
                ? lazy == Verdict.PRESUMABLY_SATISFIED
                : lazy == Verdict.PRESUMABLY_VIOLATED;
        assertTrue(lazy == verdict || verdict.isFinal() && late, f + " on " + word);
      }
    }
  }
}
