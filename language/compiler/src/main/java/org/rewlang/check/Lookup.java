package org.rewlang.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.rewlang.analysis.Guards;
import org.rewlang.automata.Diagrams;
import org.rewlang.model.Operation;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;

/**
 * Decision diagrams as constant arrays. A place in an array is a diagram and the values of some
 * atoms; what is left of the diagram then is a place in the next array, until a leaf is. A few
 * atoms take one array, and a lookup costs the same however many diagrams there are.
 *
 * @param place in the last array
 * @param leaves what each place there holds
 * @param defined whether the place always is
 */
record Lookup(Term place, int[] leaves, boolean defined, Location at) {

  /** Elements of one array; a single atom may need more. */
  private static final int LARGEST = 1 << 16;

  /**
   * @param roots the diagrams
   * @param atoms all that they ask about, their variables ascending
   * @param which of the roots is meant: an int
   * @param of what they are made for; they themselves are nobody's text
   */
  static Lookup of(
      Diagrams diagrams, int[] roots, List<Guards.Atom> atoms, Term which, Location of) {
    Location at = of.point();
    int[] nodes = roots;
    Term place = which;
    int from = 0;
    while (true) {
      int to = from;
      int letters = 1;
      while (to < atoms.size()
          && (to == from || (long) nodes.length * letters * atoms.get(to).values() <= LARGEST)) {
        letters *= atoms.get(to++).values();
      }
      List<Guards.Atom> chunk = atoms.subList(from, to);
      int end = to == atoms.size() ? Integer.MAX_VALUE : atoms.get(to).variable();
      int[] next = new int[nodes.length * letters];
      for (int letter = 0; letter < letters; letter++) {
        boolean[] values = values(chunk, letter);
        int first = chunk.isEmpty() ? 0 : chunk.getFirst().variable();
        for (int n = 0; n < nodes.length; n++) {
          int node = nodes[n];
          while (!Diagrams.isLeaf(node) && diagrams.variable(node) < end) {
            node =
                values[diagrams.variable(node) - first] ? diagrams.high(node) : diagrams.low(node);
          }
          next[n * letters + letter] = node;
        }
      }
      place = Functions.shared("place", joined(place, letters, chunk, at), at);
      if (to == atoms.size()) {
        int[] leaves = Arrays.stream(next).map(Diagrams::number).toArray();
        return new Lookup(place, leaves, true, at);
      }
      Map<Integer, Integer> numbers = new LinkedHashMap<>();
      int[] left = next;
      double[] compact = new double[left.length];
      for (int i = 0; i < left.length; i++) {
        compact[i] = numbers.computeIfAbsent(left[i], _ -> numbers.size());
      }
      place = new Lookup(place, next, true, at).table(i -> compact[i], Type.INT);
      nodes = numbers.keySet().stream().mapToInt(Integer::intValue).toArray();
      from = to;
    }
  }

  /** The values of the variables of some atoms, from the first one on, for a letter. */
  private static boolean[] values(List<Guards.Atom> chunk, int letter) {
    if (chunk.isEmpty()) {
      return new boolean[0];
    }
    int first = chunk.getFirst().variable();
    Guards.Atom last = chunk.getLast();
    boolean[] values = new boolean[last.variable() + last.values() - 1 - first];
    int rest = letter;
    for (Guards.Atom atom : chunk) {
      int value = rest % atom.values();
      rest /= atom.values();
      values[atom.variable() - first] = value == 1;
      if (atom.mayBeUnknown()) {
        values[atom.variable() + 1 - first] = value == 0;
      }
    }
    return values;
  }

  /**
   * {@code place * letters + letter}, the first atom counting least: false 0, true 1, unknown 2.
   */
  private static Term joined(Term place, int letters, List<Guards.Atom> chunk, Location at) {
    if (letters == 1) {
      return place;
    }
    Term letter = null;
    int weight = 1;
    for (Guards.Atom atom : chunk) {
      Term digit = Terms.select(atom.term(), Terms.integer(weight, at), Terms.integer(0, at), at);
      if (atom.mayBeUnknown()) {
        digit =
            Terms.apply(Operation.COALESCE, Type.INT, at, digit, Terms.integer(2L * weight, at));
      }
      letter = letter == null ? digit : Terms.apply(Operation.ADD, Type.INT, at, letter, digit);
      weight *= atom.values();
    }
    Term row = Terms.apply(Operation.MULTIPLY, Type.INT, at, place, Terms.integer(letters, at));
    return letter == null ? row : Terms.apply(Operation.ADD, Type.INT, at, row, letter);
  }

  /**
   * The place, undefined where the atom is that decides there and is unknown.
   *
   * @param first the leaf that says that the first of the atoms does; the next one the second, ...
   */
  Term decided(int first, List<Guards.Atom> atoms) {
    List<Term> known = new ArrayList<>(List.of(Terms.bool(true, at)));
    int[] numbers = new int[atoms.size()];
    for (int leaf : leaves) {
      if (leaf >= first && numbers[leaf - first] == 0) {
        numbers[leaf - first] = known.size();
        known.add(atoms.get(leaf - first).term());
      }
    }
    if (known.size() == 1) {
      return place;
    }
    Term which = table(i -> leaves[i] < first ? 0 : numbers[leaves[i] - first], Type.INT);
    Term all = new Term.Stack(known, Type.BOOL.withShape(List.of(known.size())), at);
    Term decides = Terms.element(all, List.of(which), at);
    return Terms.select(decides, place, place, at);
  }

  /** The same arrays, read at a place that is known by another term. */
  Lookup where(Term other) {
    return new Lookup(other, leaves, defined, at);
  }

  /** The same arrays where the place may be undefined: so is, then, what they hold there. */
  Lookup unless() {
    return new Lookup(place, leaves, false, at);
  }

  /** What the present place has in an array. */
  Term table(IntToDoubleFunction values, Type element) {
    List<Double> all = new ArrayList<>(leaves.length);
    IntStream.range(0, leaves.length).forEach(i -> all.add(values.applyAsDouble(i)));
    if (defined && all.stream().distinct().count() == 1) {
      return new Term.Const(all.getFirst(), element, at);
    }
    Term table = new Term.Table(all, element.withShape(List.of(all.size())), at);
    return Terms.element(table, List.of(place), at);
  }
}
