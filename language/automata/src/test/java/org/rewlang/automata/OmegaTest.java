package org.rewlang.automata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Monitors on infinite words, and classes. */
class OmegaTest {

  private static final Limits LIMITS = new Limits(10_000, 20_000_000, Duration.ofMinutes(1));

  private static Omega omega(String text) {
    Limits.Outcome<Omega> outcome = Omega.of(AutomatonSizesTest.read(text), LIMITS);
    return assertInstanceOf(Limits.Made.class, outcome, text) != null ? outcome.orNull() : null;
  }

  private static String verdicts(Omega omega) {
    return IntStream.range(0, omega.size())
        .mapToObj(omega::verdict3)
        .map(
            v ->
                switch (v) {
                  case SATISFIED -> "T";
                  case VIOLATED -> "F";
                  case UNKNOWN -> "?";
                  default -> "!";
                })
        .collect(Collectors.toCollection(TreeSet::new))
        .toString();
  }

  @Test
  void monitors() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (String[] row : AutomatonSizesTest.rows("sizes.txt")) {
      Omega omega = omega(row[0]);
      if (!row[2].equals("-") && omega.size() != Integer.parseInt(row[2])) {
        wrong.add(row[0] + " has " + omega.size() + " states, not " + row[2]);
      }
      String expected = new TreeSet<>(Arrays.asList(row[3].split(""))).toString();
      if (!row[3].equals("-") && !expected.equals(verdicts(omega))) {
        wrong.add(row[0] + " says " + verdicts(omega) + ", not " + expected);
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void classes() {
    String[][] formulas = {
      {"G a", "safety"},
      {"a", "safety"},
      {"a W b", "safety"},
      {"G(a -> X b)", "safety"},
      {"G(a -> F[0, 3] b)", "safety"},
      {"G(a -> O b)", "safety"},
      {"F a", "co-safety"},
      {"a U b", "co-safety"},
      {"F(a & X F b)", "co-safety"},
      {"F(a & H b)", "co-safety"},
      {"G a | F b", "obligation"},
      {"F a -> F b", "obligation"},
      {"G F a", "recurrence"},
      {"G(a -> F b)", "recurrence"},
      {"G F a & G b", "recurrence"},
      {"G F(a & Y b)", "recurrence"},
      {"F G a", "persistence"},
      {"F G a | F b", "persistence"},
      {"G F a -> G F b", "reactivity"},
      {"F G a & G F b", "reactivity"},
      // Less than they look: an until that can't wait, a recurrence that is given up,
      // contradictions.
      {"F G a & G F !a", "safety"},
      {"F a U b", "co-safety"},
      {"G(a | F false)", "safety"},
      {"F(a & G !a) & G a", "safety"},
    };
    for (String[] row : formulas) {
      assertEquals(row[1], omega(row[0]).formulaClass().toString(), row[0]);
    }
  }

  /** What is read off the ends of runs is what words say that leave no other way. */
  @Test
  void obligationsAreJudgedAlikeBothWays() {
    Random random = new Random(9);
    int both = 0;
    EnumSet<FormulaClass> seen = EnumSet.noneOf(FormulaClass.class);
    for (int i = 0; i < 1_500; i++) {
      RandomFormula some =
          i % 3 == 0 ? RandomFormula.any(random, 2) : RandomFormula.future(random, 2);
      Formula f = some.next(1 + random.nextInt(6));
      Meter meter = new Meter(LIMITS);
      Omega quick = Obligation.of(f, meter);
      if (quick == null) {
        continue;
      }
      Omega careful = new Residuals(f, meter).omega();
      assertEquals(careful.formulaClass(), quick.formulaClass(), f::toString);
      assertEquals(careful.size(), quick.size(), f::toString);
      Moore runs = quick.weak();
      for (int w = 0; w < 20; w++) {
        List<BitSet> stem = some.word(random.nextInt(4));
        List<BitSet> loop = some.word(1 + random.nextInt(3));
        int a = quick.initial();
        int b = careful.initial();
        int run = runs.initial();
        for (BitSet letter : stem) {
          a = quick.next(a, letter::get);
          b = careful.next(b, letter::get);
          run = runs.step(run, letter::get);
          assertEquals(careful.verdict3(b), quick.verdict3(a), f::toString);
        }
        for (int round = 0; round <= runs.size(); round++) {
          for (BitSet letter : loop) {
            run = runs.step(run, letter::get);
          }
        }
        assertEquals(
            Lasso.holds(f, stem, loop), runs.outputs()[run] == 1, () -> f + " " + stem + loop);
      }
      both++;
      seen.add(quick.formulaClass());
    }
    assertTrue(both > 1_000, both + " were made both ways");
    assertEquals(
        EnumSet.of(FormulaClass.SAFETY, FormulaClass.CO_SAFETY, FormulaClass.OBLIGATION), seen);
  }

  /** Final verdicts hold of all lassos that go on, others have a lasso for each truth. */
  @Test
  void verdictsAgainstLassos() {
    Random random = new Random(8);
    List<List<BitSet>> stems = RandomFormula.words(2, 2);
    List<List<BitSet>> loops = RandomFormula.words(2, 3);
    int undecided = 0;
    for (int i = 0; i < 150; i++) {
      RandomFormula some =
          i % 3 == 0 ? RandomFormula.any(random, 2) : RandomFormula.future(random, 2);
      Formula f = some.next(1 + random.nextInt(4));
      Omega omega = Omega.of(f, LIMITS).orNull();
      List<BitSet> word = some.word(random.nextInt(3));
      int state = omega.initial();
      for (BitSet letter : word) {
        state = omega.next(state, letter::get);
      }
      EnumSet<Verdict> seen = EnumSet.noneOf(Verdict.class);
      for (List<BitSet> stem : stems) {
        for (List<BitSet> loop : loops.subList(1, loops.size())) {
          List<BitSet> start = new ArrayList<>(word);
          start.addAll(stem);
          seen.add(Lasso.holds(f, start, loop) ? Verdict.SATISFIED : Verdict.VIOLATED);
        }
      }
      Verdict expected = seen.size() == 2 ? Verdict.UNKNOWN : seen.iterator().next();
      assertEquals(expected, omega.verdict3(state), () -> f + " after " + word);
      undecided += seen.size() - 1;
    }
    assertTrue(undecided > 30, undecided + " were undecided");
  }
}
