package org.rewlang.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Shapes of pairs of arrays, against NumPy's rule as its manual states it. */
class BroadcastTest {

  /** "Two dimensions are compatible when they are equal, or one of them is 1", from the right. */
  private static @Nullable List<Integer> numpy(List<Integer> a, List<Integer> b) {
    List<Integer> x = new ArrayList<>(a);
    List<Integer> y = new ArrayList<>(b);
    while (x.size() < y.size()) {
      x.addFirst(1);
    }
    while (y.size() < x.size()) {
      y.addFirst(1);
    }
    List<Integer> result = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      if (!x.get(i).equals(y.get(i)) && Math.min(x.get(i), y.get(i)) != 1) {
        return null;
      }
      result.add(Math.max(x.get(i), y.get(i)));
    }
    return result;
  }

  @Test
  void allSmallShapes() {
    List<List<Integer>> shapes = new ArrayList<>(List.of(List.of()));
    for (int i = 1; i <= 3; i++) {
      shapes.add(List.of(i));
      for (int j = 1; j <= 3; j++) {
        shapes.add(List.of(i, j));
        for (int k = 1; k <= 3; k++) {
          shapes.add(List.of(i, j, k));
        }
      }
    }
    int checked = 0;
    for (List<Integer> a : shapes) {
      for (List<Integer> b : shapes) {
        assertEquals(numpy(a, b), Types.broadcast(a, b), a + " and " + b);
        checked++;
      }
    }
    assertEquals(1600, checked);
  }

  @Test
  void examplesOfTheManual() {
    assertEquals(List.of(8, 7, 6, 5), Types.broadcast(List.of(8, 1, 6, 1), List.of(7, 1, 5)));
    assertEquals(List.of(256, 256, 3), Types.broadcast(List.of(256, 256, 3), List.of(3)));
    assertEquals(null, Types.broadcast(List.of(2, 1), List.of(8, 4, 3)));
  }
}
