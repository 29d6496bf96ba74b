package org.rewlang.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class IntervalTest {

  @Test
  void anEndThatSaysNothingIsOpenForPeople() {
    double most = Double.MAX_VALUE;
    assertEquals(new Interval(Double.NEGATIVE_INFINITY, 2), new Interval(-0.01 * most, 2).shown());
    assertEquals(Interval.ALL, new Interval(-most, Math.sqrt(most)).shown());
    assertEquals(new Interval(-1e99, 1e99), new Interval(-1e99, 1e99).shown());
  }
}
