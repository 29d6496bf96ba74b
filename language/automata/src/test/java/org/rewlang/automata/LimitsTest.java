package org.rewlang.automata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.BitSet;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewlang.automata.Limits.Limit;
import org.rewlang.automata.Limits.Outcome;
import org.rewlang.automata.Limits.Refused;

/** Formulas that blow up: made after all, or refused in time with the limit named. */
class LimitsTest {

  // The thread's own time: a busy machine isn't a slow construction.
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  private static final Limits PATIENT = new Limits(10_000, 2_000_000, Duration.ofMinutes(1));

  private static Formula read(String text) {
    return AutomatonSizesTest.read(text);
  }

  private static String each(int n, String one, String between) {
    return IntStream.range(0, n)
        .mapToObj(i -> "(" + one.replace("#", Integer.toString(i)) + ")")
        .collect(Collectors.joining(between));
  }

  private static String untils(int n, boolean left) {
    String f = "p0";
    for (int i = 1; i < n; i++) {
      f = left ? "(" + f + ") U p" + i : "p" + i + " U (" + f + ")";
    }
    return f;
  }

  private static String chain(int n, String last) {
    return "F(a & " + "X ".repeat(n) + last + ")";
  }

  @Test
  void someAreMadeAfterAll() {
    assertEquals(51, size(untils(50, false)));
    assertEquals(2, size(each(40, "G F p#", "&")));
    assertEquals(2, size("G(" + each(40, "p#", "|") + ")"));
    assertEquals(1, size(each(16, "F p#", "&") + " & G !p3"));
    assertEquals(1_002, size("G(a -> F[0, 1000] b)"));
    assertEquals(9_002, size("F[0, 8999] b"));
  }

  /** A state for each step that a window may still last, and those in which nothing waits. */
  @Test
  void longWindowsThatLookBack() {
    assertEquals(9_002, current("O[0, 9000] a"));
    assertEquals(9_002, current("H[0, 9000] a"));
    assertEquals(9_002, current("a S[0, 9000] b"));
    // Of the steps that it may still last the one that is now is past; and one state is lost.
    assertEquals(9_002, size("G(c -> (a S[0, 9000] b))"));
    assertEquals(2_002, size("G(a -> !O[1, 2000] a)"));
  }

  /** Windows of infinite words are read off runs: no words are sought that go on from a state. */
  @Test
  void longWindowsOnInfiniteWords() {
    assertEquals(9_003, monitor("F[0, 9000] p"));
    assertEquals(9_003, monitor("G[0, 9000] p"));
    assertEquals(9_002, monitor("G(a -> F[0, 9000] b)"));
    // Nothing waits, the oldest try has 1,999 to 0 steps to go, done.
    assertEquals(2_002, monitor("F(a & G[0, 2000] b)"));
    // 2,000 to 0 steps to go, c too late, done.
    assertEquals(2_003, monitor("F[0, 2000] c | F d"));
    // The same, and with d lost before 1,999 to 0 steps to go, and all lost.
    assertEquals(4_004, monitor("F[0, 2000] c | G d"));
  }

  private static int monitor(String text) {
    Omega omega = Omega.of(read(text), PATIENT).orNull();
    assertNotNull(omega, text);
    return omega.size();
  }

  private static int current(String text) {
    Dfa dfa = Dfa.ofCurrent(read(text), PATIENT).orNull();
    assertNotNull(dfa, text);
    return dfa.size();
  }

  /** Written out in {@code and} and {@code or} it would be 2^50 times as long. */
  @Test
  void equivalencesInEquivalences() {
    String text = "a";
    for (int i = 1; i < 50; i++) {
      text = "(" + text + ") <-> F b" + i;
    }
    Formula f = read(text);
    assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          assertEquals(FormulaClass.OBLIGATION, FormulaClass.ofShape(f));
          assertTrue(f.negationNormalForm().looksAheadOnly());
          assertInstanceOf(Refused.class, Dfa.of(f, Limits.USUAL));
          assertInstanceOf(Refused.class, Omega.of(f, Limits.USUAL));
        });
  }

  private static int size(String text) {
    Dfa dfa = Dfa.of(read(text), PATIENT).orNull();
    assertNotNull(dfa, text);
    return dfa.size();
  }

  @Test
  void othersAreRefusedInTime() {
    for (String text :
        new String[] {
          untils(50, true),
          each(40, "F p#", "&"),
          each(20, "G(a# -> F b#)", "&"),
          chain(40, "b"),
          "G(a -> F[0, 1000000] b)",
          "F[0, 500000] G[0, 600000] b",
          "a U[3, 200000000] b",
          "O[0, 1000000] a -> G b",
          "G(a -> F[0, 3000] b) & G(c -> F[0, 3000] d)",
        }) {
      for (boolean infinite : new boolean[] {false, true}) {
        long start = CLOCK.getCurrentThreadCpuTime();
        Outcome<?> outcome =
            infinite ? Omega.of(read(text), Limits.USUAL) : Dfa.of(read(text), Limits.USUAL);
        double seconds = (CLOCK.getCurrentThreadCpuTime() - start) / 1e9;
        assertInstanceOf(Refused.class, outcome, text);
        assertTrue(seconds < 4, text + " took " + seconds + " s");
      }
    }
  }

  @Test
  void theLimitIsNamed() {
    Limits few = new Limits(100, 2_000_000, Duration.ofMinutes(1));
    assertEquals(new Refused<>(Limit.STATES, 100), Dfa.of(read(chain(8, "b")), few));
    assertEquals(new Refused<>(Limit.WINDOWS, 100), Dfa.of(read("F[0, 101] a"), few));
    Limits small = new Limits(10_000, 1_000, Duration.ofMinutes(1));
    assertEquals(new Refused<>(Limit.NODES, 1_000), Dfa.of(read(chain(9, "b")), small));
    Limits hurried = new Limits(10_000, 2_000_000, Duration.ofMillis(1));
    assertEquals(new Refused<>(Limit.TIME, 1), Dfa.of(read(untils(40, true)), hurried));
  }

  @Test
  void partsCountToTheWhole() {
    Meter meter = new Meter(new Limits(10, 100, Duration.ofMinutes(1)));
    assertEquals("made", meter.part(60, m -> used(m, 60)));
    assertEquals(40, meter.nodesLeft());
    // What is given up is free, and no part gets more than there is.
    assertNull(meter.part(30, m -> used(m, 31)));
    assertEquals(40, meter.nodesLeft());
    assertNull(meter.part(60, m -> used(m, 41)));
    assertEquals("made", meter.part(60, m -> used(m, 40)));
    assertThrows(Meter.Exceeded.class, meter::node);
  }

  private static String used(Meter meter, int nodes) {
    IntStream.range(0, nodes).forEach(i -> meter.node());
    return "made";
  }

  /** Far past all limits for automata, against what the words say. */
  @ParameterizedTest
  @ValueSource(ints = {3, 40, 400})
  void aRunNeedsNoAutomaton(int n) {
    Random random = new Random(n);
    Run run = Run.of(read(chain(n, "b") + " | G c"), PATIENT).orNull();
    assertNotNull(run);
    boolean[] a = new boolean[2_000];
    boolean[] b = new boolean[2_000];
    boolean found = false;
    for (int t = 0; t < a.length; t++) {
      BitSet letter = new BitSet();
      letter.set(0, a[t] = random.nextInt(40) == 0);
      letter.set(1, b[t] = random.nextInt(40) == 0);
      found |= t >= n && a[t - n] && b[t];
      Outcome<Verdict> verdict = run.read(letter::get);
      assertEquals(
          found ? Verdict.SATISFIED : Verdict.PRESUMABLY_VIOLATED, verdict.orNull(), "at " + t);
    }
  }
}
