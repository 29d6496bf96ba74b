package org.rewlang.diagnostic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumeralTest {

  @ParameterizedTest
  @CsvSource({
    "3.0, 3",
    "-0.0, -0",
    "0.1, 0.1",
    "1e7, 10000000",
    "-999999999999999, -999999999999999",
    "1e15, 1e15",
    "1e-7, 1e-7",
    "2.5E-7, 2.5e-7",
    "1.7976931348623157E308, 1.7976931348623157e308",
    "NaN, NaN",
    "-Infinity, -Infinity"
  })
  void asPeopleWriteIt(double value, String text) {
    assertEquals(text, Numeral.of(value));
  }

  @Test
  void readsBackToTheSameDouble() {
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (!Double.isNaN(value)) {
        assertEquals(
            Double.doubleToRawLongBits(value),
            Double.doubleToRawLongBits(Double.parseDouble(Numeral.of(value))));
      }
    }
  }
}
