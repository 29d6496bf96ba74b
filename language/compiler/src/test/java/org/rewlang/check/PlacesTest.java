package org.rewlang.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Positions that are compared as directions. */
class PlacesTest {

  private static List<String> codes(String a, String b) {
    return Checks.codes(
        Checks.check(
            """
            unit tile
            inputs {
              p: real[3]<m>  q: real[3]<cm>  s: real[3]<m>
              v: real[3]<m/s>  f: real[3]<N>  n: real[3]  e: real[3]<rad>
              t: real[2]<tile>  u: real[2]<tile>  ps: real[4, 3]<m>  c: bool
            }
            let middle = (p + q) / 2
            let gap    = p - q
            reward = (cosine(%s, %s) ?? 0) + 0 * (sum(p + q + s + middle + gap) as m)
            """
                .formatted(a, b)));
  }

  /** Moving the origin changes the number. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p | s",
        "p | q",
        "t | u",
        "p | -s",
        "2 * p | s / 3",
        "middle | s",
        "p[:2] | s[:2]",
        "ps[0] | ps[2]",
        "p | s if c else q",
        "prev(p, initially = 0) | p",
        "p + q - s | p"
      })
  void places(String a, String b) {
    assertEquals(List.of("RW0265"), codes(a, b));
  }

  @Test
  void aVariableOfAPropertyIsNone() {
    assertEquals(
        List.of(),
        Checks.codes(
            Checks.check(
                "inputs { p: real[3]<m> } reward = p.x as m\n"
                    + "property \"c\" for all x in 1..2 <m> {"
                    + " (cosine([x for i in range(3)], p) ?? 0) <= 1.1 }")));
  }

  /** It doesn't, or nobody can tell. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v | v",
        "f | f",
        "n | n",
        "e | e",
        "p | v",
        "p - q | s",
        "gap | s - p",
        "gap | p",
        "p - [1, 0, 0] m | s",
        "p + [1, 0, 0] m | s",
        "p | [1, 0, 0] m",
        "change(p) | s",
        "t - u | t",
        "middle - p | s",
        "p | s if c else gap"
      })
  void directions(String a, String b) {
    assertEquals(List.of(), codes(a, b));
  }
}
