package org.rewlang.automata;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names of atoms: numbers in the order in which they were first met. */
public final class AtomNames {

  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<Integer, Integer> offsets = new HashMap<>();

  /** The name of each number; several may have one name. */
  public static AtomNames of(String... names) {
    AtomNames atoms = new AtomNames();
    for (String name : names) {
      atoms.numbers.putIfAbsent(name, atoms.names.size());
      atoms.names.add(name);
    }
    return atoms;
  }

  /** The number of a name, a new one if it wasn't met before. */
  public int number(String name) {
    return numbers.computeIfAbsent(
        name,
        n -> {
          names.add(n);
          return names.size() - 1;
        });
  }

  /** As {@link #number(String)}, of a name met in a text. */
  int number(String name, int offset) {
    int number = number(name);
    offsets.putIfAbsent(number, offset);
    return number;
  }

  /** Where a text that was read has a name first; 0 of one that wasn't read. */
  public int offset(int number) {
    return offsets.getOrDefault(number, 0);
  }

  public String name(int number) {
    return names.get(number);
  }

  public List<String> all() {
    return List.copyOf(names);
  }
}
