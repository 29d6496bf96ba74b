package org.rewlang.automata;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * A condition as a few cubes, none of which can be left out or lose a variable, after Minato and
 * Morreale.
 */
public final class Cover {

  private final Diagrams diagrams;
  private final Map<Long, Part> known = new HashMap<>();

  private Cover(Diagrams diagrams) {
    this.diagrams = diagrams;
  }

  private record Part(int condition, List<Cube> cubes) {}

  /** The cubes, of which each letter where the condition holds is in at least one. */
  public static List<Cube> of(Diagrams diagrams, int condition) {
    return new Cover(diagrams).between(condition, condition).cubes;
  }

  /** As text: {@code a & !b | c}; words for the two constants. */
  static String text(
      Diagrams diagrams, int condition, IntFunction<String> names, String always, String never) {
    if (condition == Diagrams.TRUE) {
      return always;
    }
    List<String> alternatives = new ArrayList<>();
    for (Cube cube : of(diagrams, condition)) {
      BitSet asked = (BitSet) cube.yes().clone();
      asked.or(cube.no());
      alternatives.add(
          String.join(
              " & ",
              asked.stream().mapToObj(v -> (cube.isTrue(v) ? "" : "!") + names.apply(v)).toList()));
    }
    return alternatives.isEmpty() ? never : String.join(" | ", alternatives);
  }

  /** Cubes that cover {@code needed} and stay within {@code allowed}. */
  private Part between(int needed, int allowed) {
    if (needed == Diagrams.FALSE) {
      return new Part(Diagrams.FALSE, List.of());
    }
    if (allowed == Diagrams.TRUE) {
      return new Part(Diagrams.TRUE, List.of(new Cube(new BitSet(), new BitSet())));
    }
    long key = (long) needed << 32 | allowed & 0xFFFFFFFFL;
    Part done = known.get(key);
    if (done != null) {
      return done;
    }
    int v = Math.min(diagrams.first(needed), diagrams.first(allowed));
    int neededLow = diagrams.restrict(needed, v, false);
    int neededHigh = diagrams.restrict(needed, v, true);
    int allowedLow = diagrams.restrict(allowed, v, false);
    int allowedHigh = diagrams.restrict(allowed, v, true);
    Part low = between(without(neededLow, allowedHigh), allowedLow);
    Part high = between(without(neededHigh, allowedLow), allowedHigh);
    int rest = diagrams.or(without(neededLow, low.condition), without(neededHigh, high.condition));
    Part both = between(rest, diagrams.and(allowedLow, allowedHigh));
    List<Cube> cubes = new ArrayList<>();
    low.cubes.forEach(c -> cubes.add(with(c, v, false)));
    high.cubes.forEach(c -> cubes.add(with(c, v, true)));
    cubes.addAll(both.cubes);
    int covered =
        diagrams.or(
            diagrams.ite(diagrams.variableIs(v), high.condition, low.condition), both.condition);
    Part part = new Part(covered, cubes);
    known.put(key, part);
    return part;
  }

  private int without(int condition, int other) {
    return diagrams.and(condition, diagrams.not(other));
  }

  private static Cube with(Cube cube, int variable, boolean value) {
    BitSet yes = (BitSet) cube.yes().clone();
    BitSet no = (BitSet) cube.no().clone();
    (value ? yes : no).set(variable);
    return new Cube(yes, no);
  }
}
