package org.rewlang.automata;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A complete deterministic automaton with an output number in each state.
 *
 * @param next for each state a diagram over atoms whose leaves hold states
 * @param outputs each state's output
 */
record Moore(Diagrams diagrams, int initial, int[] next, int[] outputs) {

  int size() {
    return next.length;
  }

  int step(int state, IntPredicate letter) {
    return diagrams.evaluate(next[state], letter);
  }

  /** The same automaton with other outputs. */
  Moore withOutputs(IntUnaryOperator ofState) {
    int[] changed = new int[size()];
    Arrays.setAll(changed, ofState);
    return new Moore(diagrams, initial, next, changed);
  }

  /** The same automaton behind a first state of its own, which only the empty word ends in. */
  Moore afterNothing(int output) {
    int[] nexts = Arrays.copyOf(next, size() + 1);
    nexts[size()] = next[initial];
    int[] outs = Arrays.copyOf(outputs, size() + 1);
    outs[size()] = output;
    return new Moore(diagrams, size(), nexts, outs);
  }

  /** The least automaton with the same outputs, its states numbered in the order of a search. */
  Moore minimal(Meter meter) {
    Partition partition = Partition.coarsest(diagrams, next, outputs, meter);
    int[] member = new int[size()];
    for (int state = size() - 1; state >= 0; state--) {
      member[partition.of(state)] = state;
    }
    Exploration search = new Exploration(meter);
    IntUnaryOperator copier =
        search.diagrams().copier(diagrams, s -> search.number(partition.of(s)));
    return search.from(
        partition.of(initial), c -> copier.applyAsInt(next[member[c]]), c -> outputs[member[c]]);
  }

  /**
   * Both at once.
   *
   * @param output of two outputs
   */
  Moore product(Moore other, IntBinaryOperator output, Meter meter) {
    Exploration search = new Exploration(meter);
    Diagrams made = search.diagrams();
    PairMap keys = new PairMap();
    List<int[]> pairs = new ArrayList<>();
    IntBinaryOperator key =
        (m, n) -> {
          int known = keys.get(m, n);
          if (known == IntMap.NONE) {
            known = pairs.size();
            pairs.add(new int[] {m, n});
            keys.put(m, n, known);
          }
          return known;
        };
    Absorption mine = new Absorption(this, other, output);
    Absorption its = new Absorption(other, this, (b, a) -> output.applyAsInt(a, b));
    IntBinaryOperator canonical =
        (m, n) ->
            mine.decides(m)
                ? key.applyAsInt(m, other.initial)
                : its.decides(n) ? key.applyAsInt(initial, n) : key.applyAsInt(m, n);
    IntUnaryOperator copyMine = made.copier(diagrams, s -> s);
    IntUnaryOperator copyIts = made.copier(other.diagrams, s -> s);
    IntBinaryOperator both = made.pointwise((m, n) -> search.number(canonical.applyAsInt(m, n)));
    return search.from(
        canonical.applyAsInt(initial, other.initial),
        k -> {
          int m = pairs.get(k)[0];
          int n = pairs.get(k)[1];
          return mine.decides(m) || its.decides(n)
              ? Diagrams.leaf(search.number(k))
              : both.applyAsInt(copyMine.applyAsInt(next[m]), copyIts.applyAsInt(other.next[n]));
        },
        k -> output.applyAsInt(outputs[pairs.get(k)[0]], other.outputs[pairs.get(k)[1]]));
  }

  /** Which states of one automaton settle the output of a product, whatever the other does. */
  private static final class Absorption {

    private final BitSet deciding = new BitSet();

    Absorption(Moore one, Moore other, IntBinaryOperator output) {
      int[] others = Arrays.stream(other.outputs).distinct().toArray();
      for (int out : Arrays.stream(one.outputs).distinct().toArray()) {
        long results = Arrays.stream(others).map(o -> output.applyAsInt(out, o)).distinct().count();
        if (results == 1) {
          BitSet leaving = one.reaching(o -> o != out);
          leaving.flip(0, one.size());
          deciding.or(leaving);
        }
      }
    }

    boolean decides(int state) {
      return deciding.get(state);
    }
  }

  /** The states from which a state with a wanted output can be reached, those states included. */
  BitSet reaching(IntPredicate wanted) {
    Uses uses = new Uses(diagrams, next, size());
    BitSet seen = new BitSet();
    BitSet found = new BitSet();
    ArrayDeque<Integer> open = new ArrayDeque<>();
    for (int state = 0; state < size(); state++) {
      if (wanted.test(outputs[state])) {
        found.set(state);
        open.add(state);
      }
    }
    while (!open.isEmpty()) {
      uses.climb(
          open.remove(),
          seen,
          state -> {
            if (!found.get(state)) {
              found.set(state);
              open.add(state);
            }
          });
    }
    return found;
  }

  /** The shortest word to a state with a wanted output; null if there is none. */
  @Nullable List<Cube> shortest(IntPredicate wanted) {
    int[] from = new int[size()];
    Arrays.fill(from, -1);
    from[initial] = initial;
    ArrayDeque<Integer> open = new ArrayDeque<>(List.of(initial));
    while (!open.isEmpty()) {
      int state = open.remove();
      if (wanted.test(outputs[state])) {
        return path(from, state);
      }
      diagrams.leaves(next[state]).stream()
          .filter(s -> from[s] < 0)
          .forEach(
              s -> {
                from[s] = state;
                open.add(s);
              });
    }
    return null;
  }

  private List<Cube> path(int[] from, int state) {
    List<Cube> word = new ArrayList<>();
    for (int s = state; s != initial; s = from[s]) {
      int target = s;
      Cube letter = Cube.simplest(diagrams, next[from[s]], n -> n == target);
      if (letter == null) {
        throw new IllegalStateException("no letter leads from " + from[s] + " to " + s);
      }
      word.add(letter);
    }
    Collections.reverse(word);
    return word;
  }
}
