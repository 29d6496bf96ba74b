package org.rewlang.automata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every operation against the same operation on tables of all 2^6 rows. */
class DiagramsTest {

  private static final int VARIABLES = 6;
  private static final int ROWS = 1 << VARIABLES;

  private final Random random = new Random(1);
  private final Diagrams diagrams = new Diagrams();

  private static boolean value(int row, int variable) {
    return (row >> variable & 1) == 1;
  }

  /** From the last variable up, the way a person would fold the table. */
  private int diagram(int[] table) {
    return diagram(table, 0, 0);
  }

  private int diagram(int[] table, int variable, int row) {
    return variable == VARIABLES
        ? Diagrams.leaf(table[row])
        : diagrams.node(
            variable,
            diagram(table, variable + 1, row),
            diagram(table, variable + 1, row | 1 << variable));
  }

  private int[] table(int diagram) {
    return IntStream.range(0, ROWS)
        .map(row -> diagrams.evaluate(diagram, v -> value(row, v)))
        .toArray();
  }

  /** Tables that vary in how much they have in common with themselves. */
  private int[] randomTable(int values) {
    int mask = random.nextInt(ROWS);
    int[] seed = random.ints(ROWS, 0, values).toArray();
    return IntStream.range(0, ROWS).map(row -> seed[row & mask]).toArray();
  }

  private static int[] rows(IntUnaryOperator f) {
    return IntStream.range(0, ROWS).map(f).toArray();
  }

  @Test
  void equalFunctionsAreEqualNumbers() {
    for (int i = 0; i < 2_000; i++) {
      int[] a = randomTable(3);
      int[] b = randomTable(3);
      assertTrue(Arrays.equals(a, table(diagram(a))));
      assertEquals(Arrays.equals(a, b), diagram(a) == diagram(b));
    }
  }

  @Test
  void conditions() {
    for (int i = 0; i < 2_000; i++) {
      int[] a = randomTable(2);
      int[] b = randomTable(2);
      int[] many = randomTable(5);
      int[] others = randomTable(5);
      int p = diagram(a);
      int q = diagram(b);
      assertEquals(diagram(rows(r -> 1 - a[r])), diagrams.not(p));
      assertEquals(diagram(rows(r -> a[r] & b[r])), diagrams.and(p, q));
      assertEquals(diagram(rows(r -> a[r] | b[r])), diagrams.or(p, q));
      assertEquals(diagram(rows(r -> a[r] == b[r] ? 1 : 0)), diagrams.iff(p, q));
      assertEquals(
          diagram(rows(r -> a[r] == 1 ? many[r] : others[r])),
          diagrams.ite(p, diagram(many), diagram(others)));
      assertEquals(IntStream.range(0, ROWS).allMatch(r -> a[r] <= b[r]), diagrams.implies(p, q));
    }
  }

  @Test
  void quantifiersAndRestrictions() {
    for (int i = 0; i < 2_000; i++) {
      int[] a = randomTable(2);
      int[] many = randomTable(4);
      int chosen = random.nextInt(ROWS);
      int p = diagram(a);
      IntUnaryOperator some =
          row ->
              IntStream.range(0, ROWS)
                  .filter(r -> ((r ^ row) & ~chosen) == 0)
                  .map(r -> a[r])
                  .max()
                  .getAsInt();
      IntUnaryOperator all =
          row ->
              IntStream.range(0, ROWS)
                  .filter(r -> ((r ^ row) & ~chosen) == 0)
                  .map(r -> a[r])
                  .min()
                  .getAsInt();
      assertEquals(diagram(rows(some)), diagrams.exists(p, v -> value(chosen, v)));
      assertEquals(diagram(rows(all)), diagrams.forall(p, v -> value(chosen, v)));
      int variable = random.nextInt(VARIABLES);
      assertEquals(
          diagram(rows(r -> many[r | 1 << variable])),
          diagrams.restrict(diagram(many), variable, true));
      assertEquals(
          diagram(rows(r -> many[r & ~(1 << variable)])),
          diagrams.restrict(diagram(many), variable, false));
    }
  }

  @Test
  void simplifyAgreesWhereCareHolds() {
    int smaller = 0;
    for (int i = 0; i < 2_000; i++) {
      int[] a = randomTable(4);
      int[] care = randomTable(2);
      int c = diagram(care);
      if (c == Diagrams.FALSE) {
        continue;
      }
      int one = diagrams.simplify(diagram(a), c);
      int[] result = table(one);
      assertTrue(IntStream.range(0, ROWS).allMatch(r -> care[r] == 0 || result[r] == a[r]));
      BitSet more = diagrams.support(one);
      more.andNot(diagrams.support(diagram(a)));
      assertTrue(more.isEmpty());
      int[] values =
          IntStream.range(0, ROWS).filter(r -> care[r] == 1).map(r -> a[r]).distinct().toArray();
      if (values.length == 1) {
        assertEquals(Diagrams.leaf(values[0]), one);
      }
      smaller +=
          diagrams.reach(one).cardinality() < diagrams.reach(diagram(a)).cardinality() ? 1 : 0;
    }
    assertTrue(smaller > 500, smaller + " got smaller");
  }

  @Test
  void functionsOfLeavesAndVariables() {
    for (int i = 0; i < 1_000; i++) {
      int[] a = randomTable(4);
      int[] b = randomTable(4);
      IntBinaryOperator operation = (m, n) -> 7 * m + n;
      assertEquals(
          diagram(rows(r -> 7 * a[r] + b[r])),
          diagrams.pointwise(operation).applyAsInt(diagram(a), diagram(b)));
      assertEquals(
          diagram(rows(r -> a[r] / 2)),
          diagrams.atLeaves(n -> Diagrams.leaf(n / 2)).applyAsInt(diagram(a)));
      int[][] conditions =
          IntStream.range(0, VARIABLES).mapToObj(v -> randomTable(2)).toArray(int[][]::new);
      IntUnaryOperator substituted =
          row -> a[IntStream.range(0, VARIABLES).map(v -> conditions[v][row] << v).sum()];
      assertEquals(
          diagram(rows(substituted)),
          diagrams.substitution(v -> diagram(conditions[v])).applyAsInt(diagram(a)));
    }
  }

  @Test
  void leavesBecomeDiagrams() {
    // Two variables decide which of the four functions of the other variables it is.
    int choice = diagrams.node(0, diagrams.node(1, ~0, ~1), diagrams.node(1, ~2, ~3));
    int[] functions = {Diagrams.TRUE, diagrams.variableIs(4), diagrams.variableIs(5), ~9};
    int bound = diagrams.atLeaves(n -> functions[n]).applyAsInt(choice);
    for (int row = 0; row < ROWS; row++) {
      int at = row;
      int function = functions[2 * (row & 1) + (row >> 1 & 1)];
      assertEquals(
          diagrams.evaluate(function, v -> value(at, v)),
          diagrams.evaluate(bound, v -> value(at, v)));
    }
  }

  @Test
  void copiesGoElsewhere() {
    Diagrams other = new Diagrams();
    IntUnaryOperator copier = other.copier(diagrams, n -> n + 10);
    for (int i = 0; i < 500; i++) {
      int[] a = randomTable(4);
      int copy = copier.applyAsInt(diagram(a));
      assertTrue(
          IntStream.range(0, ROWS)
              .allMatch(r -> other.evaluate(copy, v -> value(r, v)) == a[r] + 10));
    }
  }

  @Test
  void whatADiagramConsistsOf() {
    for (int i = 0; i < 500; i++) {
      int[] a = randomTable(4);
      int d = diagram(a);
      BitSet support = new BitSet();
      for (int v = 0; v < VARIABLES; v++) {
        int bit = 1 << v;
        support.set(v, IntStream.range(0, ROWS).anyMatch(r -> a[r] != a[r ^ bit]));
      }
      assertEquals(support, diagrams.support(d));
      BitSet leaves = new BitSet();
      Arrays.stream(a).forEach(leaves::set);
      assertEquals(leaves, diagrams.leaves(d));
      diagrams.reach(d).stream()
          .forEach(n -> assertTrue(n > diagrams.low(n) && n > diagrams.high(n)));
    }
  }

  @Test
  void theSimplestCube() {
    int x = diagrams.variableIs(0);
    int y = diagrams.variableIs(3);
    Cube cube = Cube.simplest(diagrams, diagrams.or(x, y), n -> n == 1);
    assertEquals("{0} {}", cube.yes() + " " + cube.no());
    Cube both = Cube.simplest(diagrams, diagrams.and(diagrams.not(x), y), n -> n == 1);
    assertEquals("{3} {0}", both.yes() + " " + both.no());
    assertNull(Cube.simplest(diagrams, Diagrams.FALSE, n -> n == 1));
    for (int i = 0; i < 1_000; i++) {
      int[] a = randomTable(3);
      Cube found = Cube.simplest(diagrams, diagram(a), n -> n == 2);
      int fewest =
          IntStream.range(0, ROWS).filter(r -> a[r] == 2).map(Integer::bitCount).min().orElse(-1);
      assertEquals(fewest, found == null ? -1 : found.yes().cardinality());
      if (found != null) {
        int row = found.yes().stream().map(v -> 1 << v).sum();
        for (int r = 0; r < ROWS; r++) {
          int at = r;
          boolean inside = (r & row) == row && found.no().stream().noneMatch(v -> value(at, v));
          assertTrue(!inside || a[r] == 2);
        }
      }
    }
  }

  @Test
  void limitsEndAConstructionAndAreNamed() {
    // One of n pairs: asked for in the worst order, 2^n nodes.
    Limits nodes = new Limits(1, 10_000, Duration.ofMinutes(1));
    assertEquals(
        new Limits.Refused<Integer>(Limits.Limit.NODES, 10_000), nodes.attempt(m -> pairs(m, 20)));
    assertTrue(nodes.attempt(m -> pairs(m, 8)) instanceof Limits.Made<Integer>);
    Limits time = new Limits(1, Integer.MAX_VALUE, Duration.ofMillis(50));
    var clock = ManagementFactory.getThreadMXBean();
    long start = clock.getCurrentThreadCpuTime();
    assertEquals(
        new Limits.Refused<Integer>(Limits.Limit.TIME, 50), time.attempt(m -> pairs(m, 40)));
    assertTrue(clock.getCurrentThreadCpuTime() - start < 2_000_000_000L);
  }

  private static int pairs(Meter meter, int n) {
    Diagrams mine = new Diagrams(meter);
    int any = Diagrams.FALSE;
    for (int i = 0; i < n; i++) {
      any = mine.or(any, mine.and(mine.variableIs(i), mine.variableIs(n + i)));
    }
    return any;
  }

  @Test
  void leavesHoldNumbersFromZero() {
    assertEquals(7, Diagrams.number(Diagrams.leaf(7)));
    assertThrows(IllegalArgumentException.class, () -> Diagrams.leaf(-1));
  }
}
