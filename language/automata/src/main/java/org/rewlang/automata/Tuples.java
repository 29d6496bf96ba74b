package org.rewlang.automata;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sequences of numbers, numbered as they are met. */
final class Tuples {

  private final Map<List<Integer>, Integer> numbers = new HashMap<>();
  private final List<int[]> tuples = new ArrayList<>();

  int size() {
    return tuples.size();
  }

  int[] tuple(int number) {
    return tuples.get(number);
  }

  int number(int[] tuple) {
    return numbers.computeIfAbsent(
        Arrays.stream(tuple).boxed().toList(),
        t -> {
          tuples.add(tuple);
          return tuples.size() - 1;
        });
  }

  /** A known one with another number at its end. */
  int[] longer(int number, int last) {
    int[] tuple = tuples.get(number);
    int[] longer = Arrays.copyOf(tuple, tuple.length + 1);
    longer[tuple.length] = last;
    return longer;
  }
}
