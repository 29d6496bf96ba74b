package org.rewlang.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EpisodeNamesTest {

  @Test
  void holdsWhatASetHolds() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      EpisodeNames names = new EpisodeNames();
      Set<Object> set = new HashSet<>();
      int bound = 1 + random.nextInt(60);
      for (int i = 0; i < 60; i++) {
        long number = random.nextInt(bound) - bound / 2;
        Object name = random.nextInt(4) == 0 ? Long.toString(number) : (Object) number;
        assertEquals(set.contains(name), names.contains(name));
        names.add(name);
        set.add(name);
        for (long n = -bound; n <= bound; n++) {
          assertEquals(set.contains(n), names.contains(n));
        }
      }
      names.clear();
      set.forEach(name -> assertFalse(names.contains(name)));
    }
  }
}
