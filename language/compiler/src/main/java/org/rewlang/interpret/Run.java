package org.rewlang.interpret;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.rewlang.core.Op;
import org.rewlang.core.Reduction;

/** One step or reset: what it reads, and its values where {@link Code} has a place for them. */
final class Run {

  final double[] values;
  final double[] inputs;
  final boolean[] present;
  final double[] params;
  final double[] state;
  private final Code code;
  private long operations;

  /**
   * @param present by input; what is not is undefined, false or 0
   */
  Run(Code code, double[] inputs, boolean[] present, double[] params, double[] state) {
    this.code = code;
    this.inputs = inputs;
    this.present = present;
    this.params = params;
    this.state = state;
    values = code.newValues();
  }

  /**
   * How many operations it took so far: what computed a number, each element that a region took up
   * or made and each that was compared or moved to be sorted. What only names memory is none.
   */
  long operations() {
    return operations;
  }

  double[] array(int id) {
    return Arrays.copyOfRange(values, code.place(id), code.place(id) + code.size(id));
  }

  double number(int id) {
    return values[code.place(id)];
  }

  boolean isTrue(int id) {
    return number(id) != 0;
  }

  int integer(int id) {
    return (int) number(id);
  }

  /** The flat place that indices mean in an array. */
  int place(int array, List<Integer> indices) {
    return code.subscript(code.layout().program().type(array).shape(), indices).of(values);
  }

  void all(Code.Actions actions) {
    for (Code.Action action : actions.all) {
      action.run(this);
    }
    operations += actions.computing;
  }

  /** Copies an array in ascending order, -0 before 0, NaN last. */
  void sort(int array, int to, int size) {
    Double[] elements = new Double[size];
    for (int i = 0; i < size; i++) {
      elements[i] = values[array + i];
    }
    Arrays.sort(
        elements,
        (x, y) -> {
          operations++;
          return Double.compare(x, y);
        });
    for (int i = 0; i < size; i++) {
      values[to + i] = elements[i];
    }
    operations += size;
  }

  // Regions.

  /** What is done after the body has run for one round. */
  interface Round {
    /**
     * @param counts whether the mask lets the round count
     * @return whether to go on
     */
    boolean after(int round, boolean counts);
  }

  /** Runs the body for every index. The values of the last round that ran stay to be looked at. */
  void rounds(Op.Region region, Round each) {
    rounds(code.loop(region), each);
  }

  private void rounds(Code.Loop loop, Round each) {
    for (int round = 0; round < loop.rounds; round++) {
      int rest = round;
      for (int d = loop.counts.length - 1; d >= 0; d--) {
        values[loop.indices[d]] = rest % loop.counts[d];
        rest /= loop.counts[d];
      }
      all(loop.body);
      if (!each.after(round, loop.where < 0 || values[loop.where] != 0)) {
        return;
      }
    }
  }

  void build(Code.Loop loop, int element, int to) {
    rounds(
        loop,
        (round, counts) -> {
          values[to + round] = counts ? values[element] : 0;
          operations += counts ? 1 : 0;
          return true;
        });
  }

  /**
   * Leaves the accumulators as they are before round {@code stop}, of which the body has run.
   *
   * @param stop the number of rounds, for the end
   * @param each told of every round that counted, after it
   */
  void fold(Op.Fold fold, int stop, IntConsumer each) {
    assign(fold.accumulators(), fold.initial());
    rounds(
        fold.region(),
        (round, counts) -> {
          if (round == stop) {
            return false;
          }
          if (counts) {
            assign(fold.accumulators(), fold.region().yields());
            operations++;
            each.accept(round);
          }
          return true;
        });
  }

  /** All at once: what is read may be among what is written. */
  void assign(List<Integer> to, List<Integer> from) {
    double[][] read = new double[from.size()][];
    for (int i = 0; i < read.length; i++) {
      read[i] = array(from.get(i));
    }
    for (int i = 0; i < read.length; i++) {
      System.arraycopy(read[i], 0, values, code.place(to.get(i)), read[i].length);
    }
  }

  double reduce(Reduction op, Code.Loop loop, int element) {
    Reducer reducer = new Reducer(op);
    rounds(
        loop,
        (round, counts) -> {
          if (counts) {
            reducer.add(round, values[element]);
            operations++;
          }
          return true;
        });
    return reducer.result();
  }

  private static final class Reducer {
    private final Reduction op;
    private double value;
    private int best = -1;
    private boolean isEmpty = true;

    Reducer(Reduction op) {
      this.op = op;
      this.value =
          switch (op) {
            case SUM, ANY -> 0;
            case PROD, ALL -> 1;
            case MIN, ARGMIN -> Double.POSITIVE_INFINITY;
            case MAX, ARGMAX -> Double.NEGATIVE_INFINITY;
          };
    }

    void add(int index, double x) {
      switch (op) {
        case SUM -> value += x;
        case PROD -> value *= x;
        case MIN -> value = Math.min(value, x);
        case MAX -> value = Math.max(value, x);
        case ANY -> value = value != 0 || x != 0 ? 1 : 0;
        case ALL -> value = value != 0 && x != 0 ? 1 : 0;
        case ARGMIN -> choose(index, x, x < value);
        case ARGMAX -> choose(index, x, x > value);
      }
      isEmpty = false;
    }

    private void choose(int index, double x, boolean isBetter) {
      if (isEmpty || !Double.isNaN(value) && (isBetter || Double.isNaN(x))) {
        best = index;
        value = x;
      }
    }

    double result() {
      return switch (op) {
        case SUM, PROD, ANY, ALL -> value;
        case MIN, MAX -> isEmpty ? Double.NaN : value;
        case ARGMIN, ARGMAX -> best;
      };
    }
  }
}
