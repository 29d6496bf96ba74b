package org.rewlang.interpret;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.Block;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.HistoryInfo;
import org.rewlang.core.Kind;
import org.rewlang.core.Op;
import org.rewlang.core.Reduction;
import org.rewlang.core.Stmt;
import org.rewlang.core.Type;
import org.rewlang.core.UnaryOp;
import org.rewlang.engine.Layout;

/**
 * The values of one step or reset, by id. A scalar is an array of one; booleans are 0 and 1. No
 * array is written after it was made, so values may share them.
 */
final class Run {

  private final CoreProgram program;
  private final Layout layout;
  private final double[] inputs;
  private final boolean[] present;
  private final double[] params;
  private final double[] state;
  private final double[][] values;
  private long operations;

  /**
   * @param present by input; what is not is undefined, false or 0
   */
  Run(Layout layout, double[] inputs, boolean[] present, double[] params, double[] state) {
    this.program = layout.program();
    this.layout = layout;
    this.inputs = inputs;
    this.present = present;
    this.params = params;
    this.state = state;
    this.values = new double[program.types().size()][];
  }

  /**
   * How many operations it took so far: what computed a number, each element that a region took up
   * or made and each that was compared or moved to be sorted. What only names memory is none.
   */
  long operations() {
    return operations;
  }

  double[] array(int id) {
    return values[id];
  }

  double number(int id) {
    return values[id][0];
  }

  boolean isTrue(int id) {
    return number(id) != 0;
  }

  int integer(int id) {
    return (int) number(id);
  }

  void block(Block block) {
    for (Stmt stmt : block.statements()) {
      if (stmt.op() instanceof Op.Fold fold) {
        fold(fold, fold.region().rounds(), _ -> {});
        assign(stmt.results(), fold.accumulators());
        operations++;
      } else {
        values[stmt.result()] = value(stmt.op());
      }
    }
  }

  private double[] value(Op op) {
    return switch (op) {
      case Op.Const c -> scalar(c.value());
      case Op.Flag f -> flag(f.value());
      case Op.Int i -> scalar(i.value());
      case Op.Input i -> input(i.port());
      case Op.Present p -> flag(present[p.port()]);
      case Op.Param p ->
          read(params, layout.param(p.port()), program.params().get(p.port()).type());
      case Op.Slot s -> read(state, layout.slot(s.slot()), program.slots().get(s.slot()).type());
      case Op.Table t ->
          program.tables().get(t.table()).values().stream().mapToDouble(v -> v).toArray();
      case Op.Unary u -> took(1, scalar(unary(u.op(), number(u.operand()))));
      case Op.Binary b -> took(1, scalar(binary(b.op(), number(b.left()), number(b.right()))));
      case Op.Select s -> took(1, isTrue(s.condition()) ? values[s.then()] : values[s.otherwise()]);
      case Op.At a -> took(1, scalar(values[a.array()][place(a.array(), a.indices())]));
      case Op.Put p -> {
        double[] copy = values[p.array()].clone();
        copy[place(p.array(), p.indices())] = number(p.value());
        yield took(1, copy);
      }
      case Op.Sort s -> sorted(values[s.array()]);
      case Op.Ago a -> took(1, scalar(ago(a)));
      case Op.Filled f -> took(1, scalar(state[layout.historyCount(f.history())]));
      case Op.Reduce r -> took(1, scalar(reduce(r)));
      case Op.Build b -> took(1, build(b.region()));
      case Op.Fold _ -> throw new IllegalStateException("has many results");
    };
  }

  private double[] took(long count, double[] result) {
    operations += count;
    return result;
  }

  /** A copy in ascending order, -0 before 0, NaN last. */
  private double[] sorted(double[] array) {
    return took(
        array.length,
        Arrays.stream(array)
            .boxed()
            .sorted(
                (x, y) -> {
                  operations++;
                  return Double.compare(x, y);
                })
            .mapToDouble(x -> x)
            .toArray());
  }

  private static double[] scalar(double value) {
    return new double[] {value};
  }

  private static double[] flag(boolean value) {
    return scalar(value ? 1 : 0);
  }

  private static double[] read(double[] memory, int from, Type type) {
    return Arrays.copyOfRange(memory, from, from + type.size());
  }

  private double[] input(int port) {
    Type type = program.inputs().get(port).type();
    if (present[port]) {
      return read(inputs, layout.input(port), type);
    }
    double[] absent = new double[type.size()];
    Arrays.fill(absent, missing(type.kind()));
    return absent;
  }

  private static double missing(Kind kind) {
    return kind == Kind.F64 ? Double.NaN : 0;
  }

  private static double unary(UnaryOp op, double x) {
    return switch (op) {
      case NEG -> -x;
      case ABS -> Math.abs(x);
      case SQRT -> StrictMath.sqrt(x);
      case FLOOR -> StrictMath.floor(x);
      case RINT -> StrictMath.rint(x);
      case EXP -> StrictMath.exp(x);
      case EXPM1 -> StrictMath.expm1(x);
      case LOG -> StrictMath.log(x);
      case LOG1P -> StrictMath.log1p(x);
      case SIN -> StrictMath.sin(x);
      case COS -> StrictMath.cos(x);
      case TAN -> StrictMath.tan(x);
      case ASIN -> StrictMath.asin(x);
      case ACOS -> StrictMath.acos(x);
      case TANH -> StrictMath.tanh(x);
      case FINITE -> Double.isFinite(x) ? 1 : 0;
      case NOT -> x != 0 ? 0 : 1;
      case ITOF, BTOI -> x;
      case FTOI -> (int) x;
    };
  }

  private static double binary(BinaryOp op, double x, double y) {
    return switch (op) {
      case ADD -> x + y;
      case SUB -> x - y;
      case MUL -> x * y;
      case DIV -> x / y;
      case MIN -> Math.min(x, y);
      case MAX -> Math.max(x, y);
      case POW -> StrictMath.pow(x, y);
      case ATAN2 -> StrictMath.atan2(x, y);
      case LT, ILT -> x < y ? 1 : 0;
      case LE -> x <= y ? 1 : 0;
      case EQ, IEQ -> x == y ? 1 : 0;
      case AND -> x != 0 && y != 0 ? 1 : 0;
      case OR -> x != 0 || y != 0 ? 1 : 0;
      case XOR -> x != y ? 1 : 0;
      case IADD -> (int) x + (int) y;
      case IMUL -> (int) x * (int) y;
    };
  }

  /** The flat place of an element; an index outside acts as the nearest one inside. */
  int place(int array, List<Integer> indices) {
    return place(program.type(array).shape(), indices);
  }

  private int place(List<Integer> shape, List<Integer> indices) {
    int place = 0;
    for (int d = 0; d < shape.size(); d++) {
      int length = shape.get(d);
      place = place * length + Math.clamp(integer(indices.get(d)), 0, length - 1);
    }
    return place;
  }

  private double ago(Op.Ago a) {
    HistoryInfo history = program.histories().get(a.history());
    int k = integer(a.indices().getFirst());
    if (k < 0 || k >= (int) state[layout.historyCount(a.history())]) {
      return missing(history.type().kind());
    }
    int head = (int) state[layout.historyHead(a.history())];
    int place = Math.floorMod(head - 1 - k, history.length());
    int within = place(history.type().shape(), a.indices().subList(1, a.indices().size()));
    return state[layout.history(a.history()) + place * history.type().size() + within];
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
    int n = region.rounds();
    for (int round = 0; round < n; round++) {
      int rest = round;
      for (int d = region.counts().size() - 1; d >= 0; d--) {
        values[region.indices().get(d)] = scalar(rest % region.counts().get(d));
        rest /= region.counts().get(d);
      }
      block(region.body());
      if (!each.after(round, !region.isMasked() || isTrue(region.where()))) {
        return;
      }
    }
  }

  private double[] build(Op.Region region) {
    double[] made = new double[region.rounds()];
    int element = region.yields().getFirst();
    rounds(
        region,
        (round, counts) -> {
          if (counts) {
            made[round] = number(element);
            operations++;
          }
          return true;
        });
    return made;
  }

  /**
   * Leaves the accumulators as they are before round {@code stop}, of which the body has run.
   *
   * @param stop the number of rounds, for the end
   * @param each told of every round that counted, after it
   */
  void fold(Op.Fold fold, int stop, IntConsumer each) {
    List<Integer> accumulators = fold.accumulators();
    assign(accumulators, fold.initial());
    rounds(
        fold.region(),
        (round, counts) -> {
          if (round == stop) {
            return false;
          }
          if (counts) {
            assign(accumulators, fold.region().yields());
            operations++;
            each.accept(round);
          }
          return true;
        });
  }

  /** All at once: what is read may be among what is written. */
  private void assign(List<Integer> to, List<Integer> from) {
    List<double[]> read = from.stream().map(this::array).toList();
    for (int i = 0; i < to.size(); i++) {
      values[to.get(i)] = read.get(i);
    }
  }

  private double reduce(Op.Reduce reduce) {
    Reducer reducer = new Reducer(reduce.op());
    int element = reduce.region().yields().getFirst();
    rounds(
        reduce.region(),
        (round, counts) -> {
          if (counts) {
            reducer.add(round, number(element));
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
