package org.rewlang.ide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewlang.model.Dimension;
import org.rewlang.model.Interval;
import org.rewlang.model.Type;

class RangeTextTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static String real(double low, double high, String unit) {
    return RangeText.of(new Interval(low, high), unit, Type.REAL);
  }

  @Test
  void aRangeIsWrittenAsInTheLanguage() {
    assertEquals("in `-8..8` rad/s", real(-8, 8, "rad/s"));
    assertEquals("in `0..1`", real(0, 1, ""));
    assertEquals("in `0.25..1000`", real(0.25, 1000, ""));
  }

  @Test
  void openEndsAreLeftOut() {
    assertEquals("in `0..` m", real(0, INFINITY, "m"));
    assertEquals("in `..0`", real(-INFINITY, 0, ""));
    assertEquals("", real(-INFINITY, INFINITY, "m"));
  }

  @Test
  void onePointIsAConstant() {
    assertEquals("always `0.02` s", real(0.02, 0.02, "s"));
  }

  @Test
  void roundingErrorsAreNotShown() {
    assertEquals("in `-0.1..0.3`", real(-0.10000000000000002, 0.30000000000000004, ""));
    assertEquals("in `0..6.28319`", real(0, 2 * Math.PI, ""));
  }

  @Test
  void veryLargeAndSmallNumbersHaveExponents() {
    assertEquals("in `1e-9..2.5e30`", real(1e-9, 2.5e30, ""));
  }

  @Test
  void anIntAsLargeAsIntsGetIsUnbounded() {
    assertEquals("in `0..`", RangeText.of(new Interval(0, 0x1p53 - 1), "", Type.INT));
  }

  @Test
  void ofAnArrayItIsThatOfEachElement() {
    Type vector = Type.real(Dimension.of("m")).withShape(List.of(3));
    assertEquals("each element in `-1..1` m", RangeText.of(new Interval(-1, 1), "m", vector));
  }
}
