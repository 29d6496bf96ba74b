package org.rewlang.automata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Sizes that an independent script computed from the definitions, by hand or by published proof.
 */
class AutomatonSizesTest {

  private static final Limits LIMITS = new Limits(10_000, 20_000_000, Duration.ofMinutes(1));

  static List<String[]> rows(String resource) throws IOException {
    try (InputStream in = AutomatonSizesTest.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> Arrays.stream(line.split(";")).map(String::trim).toArray(String[]::new))
          .toList();
    }
  }

  static Formula read(String text) {
    FormulaReader.Result result = Dialect.REW.read(text, new AtomNames());
    return assertInstanceOf(FormulaReader.Read.class, result, () -> text + ": " + result).formula();
  }

  private static int size(Formula formula) {
    Dfa dfa = Dfa.of(formula, LIMITS).orNull();
    assertNotNull(dfa);
    return dfa.size();
  }

  @Test
  void formulas() throws IOException {
    List<String> wrong = new ArrayList<>();
    List<String[]> rows = rows("sizes.txt");
    for (String[] row : rows) {
      int size = size(read(row[0]));
      if (size != Integer.parseInt(row[1])) {
        wrong.add(row[0] + " has " + size + " states, not " + row[1]);
      }
    }
    assertEquals(List.of(), wrong);
    assertEquals(77, rows.size());
  }

  @Test
  void formulasAboutTheCurrentStep() throws IOException {
    List<String[]> rows = rows("past-sizes.txt");
    for (String[] row : rows) {
      Dfa dfa = Dfa.ofCurrent(read(row[0]), LIMITS).orNull();
      assertNotNull(dfa);
      assertEquals(Integer.parseInt(row[1]), dfa.size(), row[0]);
    }
    assertEquals(16, rows.size());
  }

  private static Formula all(int n, IntFunction<String> one, String between) {
    return read(
        IntStream.rangeClosed(1, n)
            .mapToObj(i -> "(" + one.apply(i) + ")")
            .collect(Collectors.joining(between)));
  }

  private static Formula nested(int n, boolean left, BinaryOperator<String> join) {
    String f = left ? "p1" : "p" + n;
    for (int i = 2; i <= n; i++) {
      f = left ? "(" + join.apply(f, "p" + i) + ")" : "(" + join.apply("p" + (n + 1 - i), f) + ")";
    }
    return read(f);
  }

  @Test
  void families() {
    for (int n = 1; n <= 12; n++) {
      assertEquals(1 << n, size(all(n, i -> "F p" + i, "&")), "and-f " + n);
      assertEquals(1 << n, size(all(n, i -> "G p" + i, "|")), "or-g " + n);
      assertEquals(2, size(all(n, i -> "G F p" + i, "&")), "and-gf " + n);
      assertEquals(
          1 << n, size(all(n, i -> "G(a" + i + " -> F b" + i + ")", "&")), "responses " + n);
      int k = n;
      assertEquals((1 << k) + 1, size(read("F(a & " + "X ".repeat(k) + "b)")), "F(a & X^k b) " + k);
      assertEquals(
          (1 << k) + 1, size(read("G(a -> " + "X ".repeat(k) + "b)")), "G(a -> X^k b) " + k);
      assertEquals(
          (1 << k) + 1, size(read("G(a -> " + "N ".repeat(k) + "b)")), "G(a -> N^k b) " + k);
      assertEquals(k + 2, size(read("G(a -> F[0, " + k + "] b)")), "G(a -> F[0, k] b) " + k);
    }
    for (int n = 2; n <= 12; n++) {
      BinaryOperator<String> until = (a, b) -> a + " U " + b;
      BinaryOperator<String> release = (a, b) -> a + " R " + b;
      assertEquals((1 << n - 1) + 1, size(nested(n, true, until)), "u-left " + n);
      assertEquals(n + 1, size(nested(n, false, until)), "u-right " + n);
      assertEquals((1 << n - 1) + 1, size(nested(n, true, release)), "r-left " + n);
      assertEquals(n + 1, size(nested(n, false, release)), "r-right " + n);
    }
    assertEquals(2, size(read("F(a & b)")), "F(a & X^0 b)");
  }

  @Test
  void chains() {
    for (int n = 1; n <= 12; n++) {
      String strict = "F p" + n;
      String weak = "F p" + n;
      String then = "p" + n;
      for (int i = n - 1; i > 0; i--) {
        strict = "F(p" + i + " & X " + strict + ")";
        weak = "F(p" + i + " & " + weak + ")";
        then = "p" + i + " then " + then;
      }
      assertEquals(n + 1, size(read(strict)), "strict " + n);
      assertEquals(n + 1, size(read(weak)), "weak " + n);
      if (n > 1) {
        assertEquals(n + 1, size(read(then)), "then " + n);
      }
    }
    int[] sequence = {2, 4, 5, 6};
    for (int n = 1; n <= 4; n++) {
      String f =
          IntStream.rangeClosed(1, n).mapToObj(i -> "F p" + i).collect(Collectors.joining("&"));
      for (int i = 1; i < n; i++) {
        f += " & (!p" + (i + 1) + " U p" + i + ")";
      }
      assertEquals(sequence[n - 1], size(read(f)), f);
    }
  }
}
