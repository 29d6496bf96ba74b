package org.rewlang.data;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Names of episodes. Whole numbers that follow each other, as they mostly do, take no memory. */
final class EpisodeNames {

  /** Ranges of numbers, the last by the first. */
  private final TreeMap<Long, Long> ranges = new TreeMap<>();

  private final Set<Object> others = new HashSet<>();

  boolean contains(Object name) {
    if (!(name instanceof Long number)) {
      return others.contains(name);
    }
    Map.Entry<Long, Long> range = ranges.floorEntry(number);
    return range != null && number <= range.getValue();
  }

  void add(Object name) {
    if (!(name instanceof Long number)) {
      others.add(name);
    } else if (!contains(name)) {
      // Names have at most 53 bits, so their neighbours are numbers too.
      Map.Entry<Long, Long> before = ranges.floorEntry(number);
      long first = before != null && before.getValue() == number - 1 ? before.getKey() : number;
      Long last = ranges.remove(number + 1);
      ranges.put(first, last == null ? number : last);
    }
  }

  void clear() {
    ranges.clear();
    others.clear();
  }
}
