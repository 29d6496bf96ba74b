package org.rewlang.automata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rewlang.automata.Equivalence.Strength;
import org.rewlang.automata.RewardMachine.Outcome;
import org.rewlang.automata.RewardMachine.Pay;

/** Reward machines against their tables, letter by letter. */
class RewardMachineTest {

  private static final int ROUNDS = Integer.getInteger("rew.random", 300);
  private static final Rational NINE_TENTHS = Rational.of("0.9");

  private static <T> T made(Limits.Outcome<T> outcome) {
    return assertNotNullValue(outcome.orNull());
  }

  private static <T> T assertNotNullValue(T value) {
    assertNotNull(value);
    return value;
  }

  private static Outcome step(RewardMachine m, int state, int letter) {
    return m.step(state, a -> (letter >> a & 1) == 1);
  }

  @Test
  void aMachineDoesWhatItsTableSays() {
    Random random = new Random(1);
    for (int i = 0; i < ROUNDS; i++) {
      Table table = Table.random(random, 1 + random.nextInt(5), 1 + random.nextInt(3), 4);
      RewardMachine m = table.symbolic();
      for (int s = 0; s < table.size(); s++) {
        for (int l = 0; l < table.letters() && !table.over()[s]; l++) {
          Outcome o = step(m, s, l);
          assertEquals(table.to()[s][l], o == null ? -1 : o.to());
          if (o != null) {
            assertEquals(Table.hundredths(table.pays()[s][l]), m.pay(o).number());
          }
        }
      }
    }
  }

  /** States that no word tells apart, by refining a partition letter by letter. */
  private static int leastStates(Table t) {
    Set<Integer> reached = new HashSet<>(Set.of(0));
    List<Integer> open = new ArrayList<>(reached);
    while (!open.isEmpty()) {
      for (int to : t.to()[open.removeLast()]) {
        if (to >= 0 && reached.add(to)) {
          open.add(to);
        }
      }
    }
    Map<Integer, List<Object>> classes = new HashMap<>();
    reached.forEach(s -> classes.put(s, List.of(t.over()[s])));
    int before = 0;
    while (new HashSet<>(classes.values()).size() != before) {
      before = new HashSet<>(classes.values()).size();
      Map<List<Object>, Integer> numbers = new HashMap<>();
      Map<Integer, Integer> of = new HashMap<>();
      classes.forEach((s, c) -> of.put(s, numbers.computeIfAbsent(c, _ -> numbers.size())));
      for (int s : reached) {
        List<Object> signature = new ArrayList<>(List.of(of.get(s)));
        for (int l = 0; l < t.letters(); l++) {
          signature.add(t.to()[s][l] < 0 ? -1 : of.get(t.to()[s][l]));
          signature.add(t.pays()[s][l]);
        }
        classes.put(s, signature);
      }
    }
    return new HashSet<>(classes.values()).size();
  }

  @Test
  void minimalMachinesPayTheSameAndAreLeast() {
    Random random = new Random(2);
    int smaller = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Table table = Table.random(random, 1 + random.nextInt(6), 1 + random.nextInt(3), 2);
      RewardMachine m = table.symbolic();
      RewardMachine least = made(m.minimal(Limits.USUAL));
      assertEquals(leastStates(table), least.size(), "seed " + i);
      assertEquals(least.size(), made(least.minimal(Limits.USUAL)).size());
      smaller += least.size() < table.size() ? 1 : 0;
      // All words of up to five letters.
      walk(table, least, 0, least.initial(), 5);
    }
    assertTrue(smaller > ROUNDS / 4, smaller + " get smaller");
  }

  private static void walk(Table table, RewardMachine m, int s, int t, int depth) {
    assertEquals(table.over()[s], m.isOver(t));
    for (int l = 0; l < table.letters() && depth > 0; l++) {
      if (table.to()[s][l] >= 0) {
        Outcome o = step(m, t, l);
        assertEquals(Table.hundredths(table.pays()[s][l]), m.pay(o).number());
        walk(table, m, table.to()[s][l], o.to(), depth - 1);
      }
    }
  }

  @Test
  void equalOutputs() {
    Random random = new Random(3);
    int alike = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Table one = Table.random(random, 1 + random.nextInt(4), 2, 2);
      Table other =
          random.nextBoolean()
              ? one.doubled(random)
              : Table.random(random, 1 + random.nextInt(4), 2, 2);
      Equivalence.Answer answer =
          made(
              Equivalence.compare(
                  one.symbolic(), other.symbolic(), Strength.OUTPUTS, NINE_TENTHS, Limits.USUAL));
      int shortest = shortestDifference(one, other);
      if (answer instanceof Equivalence.Unlike unlike) {
        Equivalence.Trace trace = unlike.traces().getFirst();
        assertEquals(shortest, trace.letters().size());
        int s = 0;
        int t = 0;
        for (int k = 0; k < shortest; k++) {
          int l = one.letter(trace.letters().get(k));
          assertEquals(trace.one().get(k).number(), Table.hundredths(one.pays()[s][l]));
          assertEquals(trace.other().get(k).number(), Table.hundredths(other.pays()[t][l]));
          assertEquals(k == shortest - 1, one.pays()[s][l] != other.pays()[t][l]);
          s = one.to()[s][l];
          t = other.to()[t][l];
        }
      } else {
        assertEquals(-1, shortest);
        alike++;
      }
    }
    assertTrue(alike > ROUNDS / 4, alike + " are alike");
  }

  /** The length of a shortest word after which pays differ; -1 if there is none. */
  private static int shortestDifference(Table one, Table other) {
    Set<List<Integer>> seen = new HashSet<>(Set.of(List.of(0, 0)));
    List<List<Integer>> layer = List.of(List.of(0, 0));
    for (int length = 1; !layer.isEmpty(); length++) {
      List<List<Integer>> next = new ArrayList<>();
      for (List<Integer> pair : layer) {
        int s = pair.get(0);
        int t = pair.get(1);
        for (int l = 0; l < one.letters(); l++) {
          if (one.to()[s][l] < 0 || other.to()[t][l] < 0) {
            continue;
          }
          if (one.pays()[s][l] != other.pays()[t][l]) {
            return length;
          }
          List<Integer> to = List.of(one.to()[s][l], other.to()[t][l]);
          if (seen.add(to)) {
            next.add(to);
          }
        }
      }
      layer = next;
    }
    return -1;
  }

  /** The machine that is paid γΦ' - Φ besides, for potentials that are whole numbers. */
  private static RewardMachine shaped(Table t, int[] potentials, Rational discount) {
    RewardMachine m = t.symbolic();
    RewardMachine.Builder made = new RewardMachine.Builder(m.diagrams());
    for (int s = 0; s < t.size(); s++) {
      made.state();
    }
    for (int s = 0; s < t.size(); s++) {
      if (t.over()[s]) {
        made.ends(s);
        continue;
      }
      int from = s;
      made.leads(
          s,
          m.diagrams()
              .atLeaves(
                  n ->
                      n == RewardMachine.NEVER
                          ? Diagrams.leaf(n)
                          : made.step(
                              m.outcome(n).to(),
                              new Pay(
                                  m.pay(m.outcome(n))
                                      .number()
                                      .plus(
                                          discount.times(
                                              Rational.of(potentials[m.outcome(n).to()])))
                                      .minus(Rational.of(potentials[from])),
                                  0)))
              .applyAsInt(m.next(s)));
    }
    return made.from(0);
  }

  @Test
  void whatAPotentialTellsApart() {
    Random random = new Random(4);
    for (int i = 0; i < ROUNDS; i++) {
      Rational discount = i % 3 == 0 ? Rational.ONE : Rational.of(i % 3 == 1 ? "0.9" : "0.5");
      Table t = Table.random(random, 2 + random.nextInt(4), 2, 4);
      int[] potentials = new int[t.size()];
      for (int s = 0; s < t.size(); s++) {
        potentials[s] = t.over()[s] ? 0 : random.nextInt(5) - 2;
      }
      RewardMachine other = shaped(t, potentials, discount);
      Equivalence.Answer answer =
          made(
              Equivalence.compare(other, t.symbolic(), Strength.POTENTIAL, discount, Limits.USUAL));
      boolean ends = reachesAnEnd(t);
      if (answer instanceof Equivalence.Alike alike) {
        for (Equivalence.Potential p : alike.potentials()) {
          if (ends || !discount.equals(Rational.ONE)) {
            assertEquals(Rational.of(potentials[p.one()]), p.value(), "seed " + i);
          }
        }
      } else {
        // Without an end, sums that aren't discounted have to agree at every step.
        assertTrue(discount.equals(Rational.ONE) && !ends, "seed " + i);
      }
      // Returns are equal if the beginning has no potential.
      Equivalence.Answer returns =
          made(Equivalence.compare(other, t.symbolic(), Strength.RETURNS, discount, Limits.USUAL));
      if (!discount.equals(Rational.ONE)) {
        assertEquals(potentials[0] == 0, returns instanceof Equivalence.Alike, "seed " + i);
      }
    }
  }

  private static boolean reachesAnEnd(Table t) {
    RewardMachine m = t.symbolic();
    return m.ways().reached().stream().anyMatch(m::isOver);
  }

  @Test
  void whatTellsReturnsApart() {
    Random random = new Random(5);
    int unlike = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Table one = Table.random(random, 1 + random.nextInt(4), 2, 3);
      Table other = Table.random(random, 1 + random.nextInt(4), 2, 3);
      for (Strength strength : List.of(Strength.RETURNS, Strength.POTENTIAL)) {
        Equivalence.Answer answer =
            made(
                Equivalence.compare(
                    one.symbolic(), other.symbolic(), strength, NINE_TENTHS, Limits.USUAL));
        if (answer instanceof Equivalence.Unlike found) {
          unlike++;
          List<Double> differences = new ArrayList<>();
          for (Equivalence.Trace trace : found.traces()) {
            List<Integer> letters = trace.letters().stream().map(one::letter).toList();
            List<Integer> loop = trace.loop().stream().map(one::letter).toList();
            double a = one.worth(letters, loop, 0.9);
            double b = other.worth(letters, loop, 0.9);
            assertEquals(a, trace.returns().one().toDouble(), 1e-9);
            assertEquals(b, trace.returns().other().toDouble(), 1e-9);
            differences.add(a - b);
          }
          if (strength == Strength.RETURNS) {
            assertTrue(Math.abs(differences.getFirst()) > 1e-9);
          } else {
            assertEquals(2, differences.size());
            assertTrue(Math.abs(differences.get(0) - differences.get(1)) > 1e-9);
          }
        } else {
          // Every word is worth the same on both, or differs by as much as any other.
          double first = Double.NaN;
          for (int k = 0; k < 20; k++) {
            List<Integer> word = word(one, other, random);
            double more = one.worth(word, List.of(), 0.9) - other.worth(word, List.of(), 0.9);
            first = Double.isNaN(first) ? more : first;
            assertEquals(strength == Strength.RETURNS ? 0 : first, more, 1e-6);
          }
        }
      }
    }
    assertTrue(unlike > ROUNDS / 2, unlike + " are unlike");
  }

  /** So long that what follows is worth nothing. */
  private static List<Integer> word(Table one, Table other, Random random) {
    List<Integer> word = new ArrayList<>();
    int s = 0;
    int t = 0;
    while (word.size() < 250) {
      int l = random.nextInt(one.letters());
      if (one.to()[s][l] >= 0 && other.to()[t][l] >= 0) {
        word.add(l);
        s = one.to()[s][l];
        t = other.to()[t][l];
      }
    }
    return word;
  }

  @Test
  void valuesAreThoseOfValueIteration() {
    Random random = new Random(6);
    for (int i = 0; i < ROUNDS; i++) {
      Table t = Table.random(random, 1 + random.nextInt(6), 2, 5);
      double discount = List.of(0.0, 0.5, 0.9, 0.99).get(i % 4);
      Values values =
          Values.of(t.symbolic(), discount, p -> p.number().toDouble(), Meter.unlimited());
      double[] v = new double[t.size()];
      for (int round = 0; round < 3000; round++) {
        double[] next = new double[t.size()];
        for (int s = 0; s < t.size(); s++) {
          next[s] = t.over()[s] ? 0 : Double.NEGATIVE_INFINITY;
          for (int l = 0; l < t.letters() && !t.over()[s]; l++) {
            if (t.to()[s][l] >= 0) {
              next[s] = Math.max(next[s], t.pays()[s][l] / 100.0 + discount * v[t.to()[s][l]]);
            }
          }
        }
        v = next;
      }
      for (int s = 0; s < t.size(); s++) {
        assertEquals(v[s], values.of(s), 1e-9, "seed " + i + " state " + s);
      }
    }
  }

  /** The chain of the reference: u0 -a-> u1 -b-> done, which pays 1. */
  @Test
  void aChain() {
    Diagrams d = new Diagrams();
    RewardMachine.Builder made = new RewardMachine.Builder(d);
    int u0 = made.state();
    int u1 = made.state();
    int done = made.state();
    made.leads(u0, d.ite(d.variableIs(0), made.step(u1, Pay.NOTHING), made.step(u0, Pay.NOTHING)));
    made.leads(
        u1,
        d.ite(
            d.variableIs(1),
            made.step(done, new Pay(Rational.ONE, 0)),
            made.step(u1, Pay.NOTHING)));
    made.ends(done);
    RewardMachine m = made.from(u0);
    Values values = Values.of(m, 0.9, p -> p.number().toDouble(), Meter.unlimited());
    assertEquals(0.9, values.of(u0));
    assertEquals(1, values.of(u1));
    assertEquals(0, values.of(done));
    assertTrue(values.ends(u0));
  }

  @Test
  void numbersAreExact() {
    assertEquals(Rational.of("0.3"), Rational.of(0.1).plus(Rational.of(0.2)));
    assertEquals("0.1", Rational.of(0.1).toString());
    assertEquals("1/3", Rational.ONE.per(Rational.of(3)).toString());
    assertEquals("-2.5", Rational.of("-2.5").toString());
    assertEquals(0.1, Rational.of("0.1").toDouble());
    assertTrue(Rational.of("1e-3").compareTo(Rational.of("0.002")) < 0);
    assertInstanceOf(
        ArithmeticException.class,
        org.junit.jupiter.api.Assertions.assertThrows(
            ArithmeticException.class, () -> Rational.ONE.per(Rational.ZERO)));
  }
}
