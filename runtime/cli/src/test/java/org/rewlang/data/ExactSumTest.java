package org.rewlang.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactSumTest {

  private static double sum(List<Double> values) {
    ExactSum sum = new ExactSum();
    values.forEach(sum::add);
    return sum.value();
  }

  @Test
  void roundsOnceWhateverTheOrder() {
    Random random = new Random(1);
    for (int round = 0; round < 300; round++) {
      List<Double> values = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        double value;
        do {
          value = Double.longBitsToDouble(random.nextLong());
        } while (!Double.isFinite(value) || Math.abs(value) > 1e300);
        values.add(i % 7 == 0 && i > 0 ? -values.get(i - 1) : value);
      }
      BigDecimal exact = BigDecimal.ZERO;
      for (double value : values) {
        exact = exact.add(new BigDecimal(value));
      }
      assertEquals(exact.doubleValue(), sum(values));
      Collections.shuffle(values, random);
      assertEquals(exact.doubleValue(), sum(values));
    }
  }

  @Test
  void smallNumbersAndTies() {
    assertEquals(0x1p53 + 2, sum(List.of(0x1p53, 1.0, Double.MIN_VALUE)));
    assertEquals(0x1p53, sum(List.of(0x1p53, 1.0)));
    assertEquals(Double.MIN_VALUE, sum(List.of(Double.MIN_VALUE)));
    assertEquals(-Double.MIN_NORMAL, sum(List.of(-Double.MIN_NORMAL)));
    assertEquals(0.0, sum(List.of(1e300, -1e300)));
    assertEquals(Double.POSITIVE_INFINITY, sum(List.of(Double.MAX_VALUE, Double.MAX_VALUE)));
    assertEquals(0.0, sum(List.of()));
  }

  @Test
  void partsAddUp() {
    ExactSum left = new ExactSum();
    ExactSum right = new ExactSum();
    left.add(0.1);
    right.add(0.2);
    right.add(-1e20);
    left.add(right);
    left.add(1e20);
    assertEquals(new BigDecimal(0.1).add(new BigDecimal(0.2)).doubleValue(), left.value());
  }
}
