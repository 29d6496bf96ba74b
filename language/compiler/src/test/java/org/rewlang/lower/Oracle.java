package org.rewlang.lower;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rewlang.model.Base;
import org.rewlang.model.Binder;
import org.rewlang.model.InputVar;
import org.rewlang.model.Iteration;
import org.rewlang.model.Operation;
import org.rewlang.model.ReduceOp;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.oracle.PlainNumbers;

/**
 * What terms mean, written down as plainly as can be: the value of an element at a step is computed
 * from the terms, and what was before by asking for the step before. It shares nothing with the
 * lowering. A bool is 0, 1 or NaN (unknown), an enum NaN where undefined.
 */
final class Oracle {

  private record Key(int step, List<Integer> index, Map<String, Integer> loops) {}

  private final List<Map<InputVar, double[]>> steps;
  private final Map<Binder, Integer> loops = new IdentityHashMap<>();
  private final Map<Term, Map<Key, Double>> known = new IdentityHashMap<>();

  /** What iterations around have so far, and the rounds that made it, each with a number. */
  private final Map<Iteration, double[][]> soFar = new IdentityHashMap<>();

  private final List<Integer> rounds = new java.util.ArrayList<>();
  private final Map<Iteration, Map<Key, double[][]>> ends = new IdentityHashMap<>();
  private int lastRound;

  /**
   * @param steps the inputs of the steps of one episode, none of which failed
   */
  Oracle(List<Map<InputVar, double[]>> steps) {
    this.steps = steps;
  }

  double at(Term term, int step, List<Integer> index) {
    Key key = key(step, index);
    Map<Key, Double> of = known.computeIfAbsent(term, _ -> new HashMap<>());
    Double value = of.get(key);
    if (value == null) {
      value = compute(term, step, index);
      if (term.type().base() == Base.INT && !(Math.abs(value) < 0x1p53)) {
        value = Double.NaN;
      }
      of.put(key, value);
    }
    return value;
  }

  private Key key(int step, List<Integer> index) {
    Map<String, Integer> around = new TreeMap<>();
    loops.forEach((b, i) -> around.put(b.name(), i));
    for (int depth = 0; depth < rounds.size(); depth++) {
      around.put("round " + depth, rounds.get(depth));
    }
    return new Key(step, List.copyOf(index), around);
  }

  /** What all values of an iteration are in the end. */
  private double[][] end(Iteration iteration, int step) {
    Map<Key, double[][]> of = ends.computeIfAbsent(iteration, _ -> new HashMap<>());
    Key key = key(step, List.of());
    double[][] end = of.get(key);
    if (end == null) {
      end = iterate(iteration, step);
      of.put(key, end);
    }
    return end;
  }

  private double[] all(Term term, int step) {
    double[] values = new double[term.type().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = at(term, step, unflat(i, term.type().shape()));
    }
    return values;
  }

  private double[][] iterate(Iteration iteration, int step) {
    int values = iteration.initial().size();
    double[][] now = new double[values][];
    for (int i = 0; i < values; i++) {
      now[i] = all(iteration.initial().get(i), step);
    }
    List<Integer> counts = iteration.binders().stream().map(Binder::count).toList();
    int all = counts.stream().reduce(1, (a, b) -> a * b);
    Map<Binder, Integer> outer = new IdentityHashMap<>(loops);
    // The same iteration a step later may be under way: it may read what this one was.
    double[][] later = soFar.get(iteration);
    for (int round = 0; round < all; round++) {
      soFar.put(iteration, now);
      rounds.add(++lastRound);
      List<Integer> at = unflat(round, counts);
      for (int b = 0; b < counts.size(); b++) {
        loops.put(iteration.binders().get(b), at.get(b));
      }
      Term condition = iteration.where();
      double where = condition == null ? 1 : scalar(condition, step);
      if (where != 0) {
        double[][] next = new double[values][];
        for (int i = 0; i < values; i++) {
          next[i] = all(iteration.next().get(i), step);
          if (Double.isNaN(where)) {
            java.util.Arrays.fill(next[i], Double.NaN);
          }
        }
        now = next;
      }
      rounds.removeLast();
      loops.clear();
      loops.putAll(outer);
    }
    soFar.put(iteration, later);
    return now;
  }

  private double scalar(Term term, int step) {
    return at(term, step, List.of());
  }

  private static int flat(List<Integer> index, List<Integer> shape) {
    int flat = 0;
    for (int d = 0; d < shape.size(); d++) {
      flat = flat * shape.get(d) + index.get(d);
    }
    return flat;
  }

  static List<Integer> broadcast(Type from, List<Integer> index) {
    int skip = index.size() - from.shape().size();
    Integer[] own = new Integer[from.shape().size()];
    for (int d = 0; d < own.length; d++) {
      own[d] = from.shape().get(d) == 1 ? 0 : index.get(skip + d);
    }
    return List.of(own);
  }

  static List<Integer> unflat(int flat, List<Integer> shape) {
    Integer[] index = new Integer[shape.size()];
    int rest = flat;
    for (int d = shape.size() - 1; d >= 0; d--) {
      index[d] = rest % shape.get(d);
      rest /= shape.get(d);
    }
    return List.of(index);
  }

  private double part(Term term, int step, List<Integer> index) {
    return at(term, step, broadcast(term.type(), index));
  }

  private double compute(Term term, int step, List<Integer> index) {
    return switch (term) {
      case Term.Const c -> c.value();
      case Term.Table table -> table.values().get(flat(index, table.type().shape()));
      case Term.Input input ->
          steps.get(step).get(input.input())[flat(index, input.type().shape())];
      case Term.Param param -> param.param().initial().get(flat(index, param.type().shape()));
      case Term.StepIndex _ -> step;
      case Term.Ref ref -> at(ref.definition().value(), step, index);
      case Term.Retype retype -> at(retype.of(), step, index);
      case Term.Apply apply -> apply(apply, step, index);
      case Term.Reduce reduce -> {
        List<Integer> shape = reduce.of().type().shape();
        Fold fold = new Fold(reduce.op(), reduce.type().base());
        if (reduce.axis() == null) {
          for (int i = 0; i < reduce.of().type().size(); i++) {
            fold.next(at(reduce.of(), step, unflat(i, shape)), 1);
          }
        } else {
          for (int i = 0; i < shape.get(reduce.axis()); i++) {
            List<Integer> all = new java.util.ArrayList<>(index);
            all.add(reduce.axis(), i);
            fold.next(at(reduce.of(), step, all), 1);
          }
        }
        yield fold.result();
      }
      case Term.ReduceOver over -> {
        Fold fold = new Fold(over.op(), over.type().base());
        List<Integer> counts = over.binders().stream().map(Binder::count).toList();
        int rounds = counts.stream().reduce(1, (a, b) -> a * b);
        for (int i = 0; i < rounds; i++) {
          List<Integer> at = unflat(i, counts);
          Map<Binder, Integer> outer = new IdentityHashMap<>(loops);
          for (int b = 0; b < counts.size(); b++) {
            loops.put(over.binders().get(b), at.get(b));
          }
          double where = over.where() == null ? 1 : scalar(over.where(), step);
          fold.next(scalar(over.body(), step), where);
          loops.clear();
          loops.putAll(outer);
        }
        yield fold.result();
      }
      case Term.Build build -> {
        Map<Binder, Integer> outer = new IdentityHashMap<>(loops);
        int own = build.binders().size();
        for (int b = 0; b < own; b++) {
          loops.put(build.binders().get(b), index.get(b));
        }
        double value = at(build.body(), step, index.subList(own, index.size()));
        loops.clear();
        loops.putAll(outer);
        yield value;
      }
      case Term.LoopIndex i -> loops.get(i.binder());
      case Term.Element element -> {
        List<Integer> all = new java.util.ArrayList<>();
        boolean inside = true;
        for (int d = 0; d < element.indices().size(); d++) {
          double i = scalar(element.indices().get(d), step);
          inside &= i >= 0 && i < element.of().type().shape().get(d);
          all.add((int) i);
        }
        all.addAll(index);
        yield inside
            ? at(element.of(), step, all)
            : element.type().base() == Base.BOOL ? 0 : Double.NaN;
      }
      case Term.Slice slice -> {
        List<Integer> all = new java.util.ArrayList<>();
        for (int d = 0; d < index.size(); d++) {
          all.add(index.get(d) + slice.starts().get(d));
        }
        yield at(slice.of(), step, all);
      }
      case Term.Stack stack ->
          at(stack.parts().get(index.getFirst()), step, index.subList(1, index.size()));
      case Term.Broadcast b -> part(b.of(), step, index);
      case Term.Reshape r ->
          at(r.of(), step, unflat(flat(index, r.type().shape()), r.of().type().shape()));
      case Term.Concatenate c -> {
        List<Integer> own = new java.util.ArrayList<>(index);
        for (Term part : c.parts()) {
          int length = part.type().shape().get(c.axis());
          if (own.get(c.axis()) < length) {
            yield at(part, step, own);
          }
          own.set(c.axis(), own.get(c.axis()) - length);
        }
        throw new IllegalStateException("outside");
      }
      case Term.Sort sort -> {
        double[] values = all(sort.of(), step);
        java.util.Arrays.sort(values);
        yield values[index.getFirst()];
      }
      case Term.Put put -> {
        boolean inside = true;
        boolean here = true;
        for (int d = 0; d < put.indices().size(); d++) {
          double i = scalar(put.indices().get(d), step);
          inside &= i >= 0 && i < put.type().shape().get(d);
          here &= i == index.get(d);
        }
        yield !inside
            ? Double.NaN
            : here
                ? at(put.value(), step, index.subList(put.indices().size(), index.size()))
                : at(put.of(), step, index);
      }
      case Term.Accumulator so ->
          soFar.get(so.iteration())[so.which()][flat(index, so.type().shape())];
      case Term.Fold fold ->
          end(fold.iteration(), step)[fold.which()][flat(index, fold.type().shape())];
      case Term.Prev prev ->
          step > 0 ? at(prev.of(), step - 1, index) : part(prev.initially(), step, index);
      case Term.Initial initial -> at(initial.of(), 0, index);
      case Term.Past past -> {
        Fold fold = new Fold(past.op(), past.type().base());
        for (int t = 0; t <= step; t++) {
          fold.restart(past.since() == null ? 0 : part(past.since(), t, index));
          fold.next(
              part(past.of(), t, index), past.where() == null ? 1 : part(past.where(), t, index));
        }
        yield fold.result();
      }
      case Term.Sliding sliding -> {
        Fold fold = new Fold(sliding.op(), sliding.type().base());
        for (int t = Math.max(0, step - sliding.to()); t <= step - sliding.from(); t++) {
          fold.next(at(sliding.of(), t, index), 1);
        }
        yield fold.result();
      }
      case Term.Since since -> {
        // Some step with the event, and all steps after it held; unknown where neither is sure.
        double any = 0;
        for (int t = 0; t <= step; t++) {
          double here = part(since.event(), t, index);
          for (int u = t + 1; u <= step; u++) {
            here = and(here, part(since.held(), u, index));
          }
          any = or(any, here);
        }
        yield any;
      }
      case Term.Robustness _ -> throw new IllegalStateException("has an oracle of its own");
      case Term.WindowCount count -> Math.min(step + 1, count.window().steps());
      case Term.WindowAt at -> {
        int count = Math.min(step + 1, at.window().steps());
        double i = scalar(at.index(), step);
        yield i >= 0 && i < count
            ? at(at.window().of(), step - count + 1 + (int) i, index)
            : at.type().base() == Base.BOOL ? 0 : Double.NaN;
      }
      case Term.Occurrences occurrences -> {
        int count = 0;
        for (int t = 0; t <= step; t++) {
          boolean same = true;
          for (int i = 0; i < occurrences.key().type().size(); i++) {
            List<Integer> place = unflat(i, occurrences.key().type().shape());
            same &= at(occurrences.key(), t, place) == at(occurrences.key(), step, place);
          }
          count += same ? 1 : 0;
        }
        yield count;
      }
    };
  }

  /** One value after the other. */
  private static final class Fold {
    private final ReduceOp op;
    private final boolean isInt;
    private double all = Double.NaN;
    private int count;
    private int seen;
    private int best = -1;
    private boolean open;

    Fold(ReduceOp op, Base base) {
      this.op = op;
      this.isInt = base == Base.INT && op != ReduceOp.ARGMIN && op != ReduceOp.ARGMAX;
    }

    void next(double value, double where) {
      int place = seen++;
      if (where == 0) {
        return;
      }
      double v = Double.isNaN(where) ? Double.NaN : value;
      if (Double.isNaN(where)) {
        open = true;
        // Left out or not, a false one does not make `any` true; a true one leaves `all` as it is.
        v = op == ReduceOp.ANY && value == 0 ? 0 : op == ReduceOp.ALL && value == 1 ? 1 : v;
      }
      double before = all;
      all =
          switch (op) {
            case SUM -> (count == 0 ? 0 : before) + v;
            case PROD -> (count == 0 ? 1 : before) * v;
            case MIN -> count == 0 ? v : Math.min(before, v);
            case MAX -> count == 0 ? v : Math.max(before, v);
            case ANY -> count == 0 ? v : or(before, v);
            case ALL -> count == 0 ? v : and(before, v);
            case ARGMIN, ARGMAX -> v;
          };
      if (op == ReduceOp.ARGMIN || op == ReduceOp.ARGMAX) {
        boolean better =
            count == 0
                || Double.isNaN(v) && !Double.isNaN(before)
                || (op == ReduceOp.ARGMIN ? v < before : v > before);
        best = better ? place : best;
        all = better ? v : before;
      }
      if (isInt && !(Math.abs(all) < 0x1p53)) {
        all = Double.NaN;
      }
      count++;
    }

    /** Forgets all if {@code since} holds; nobody knows what is left if that is unknown. */
    void restart(double since) {
      boolean extreme = op == ReduceOp.MIN || op == ReduceOp.MAX;
      if (since == 1) {
        count = 0;
        all = Double.NaN;
      } else if (Double.isNaN(since) && !(extreme && count == 0)) {
        count = Math.max(count, 1);
        all = Double.NaN;
      }
    }

    double result() {
      return switch (op) {
        case SUM -> count == 0 ? 0 : all;
        case PROD -> count == 0 ? 1 : all;
        case MIN, MAX -> all;
        case ANY -> count == 0 ? 0 : all;
        case ALL -> count == 0 ? 1 : all;
        case ARGMIN, ARGMAX -> open || count == 0 ? Double.NaN : best;
      };
    }
  }

  static double and(double a, double b) {
    return a == 0 || b == 0 ? 0 : Double.isNaN(a) || Double.isNaN(b) ? Double.NaN : 1;
  }

  static double or(double a, double b) {
    return a == 1 || b == 1 ? 1 : Double.isNaN(a) || Double.isNaN(b) ? Double.NaN : 0;
  }

  private static double truth(boolean b, double x, double y) {
    return Double.isNaN(x) || Double.isNaN(y) ? Double.NaN : b ? 1 : 0;
  }

  private double apply(Term.Apply apply, int step, List<Integer> index) {
    List<Term> of = apply.operands();
    double a = part(of.get(0), step, index);
    double b = of.size() > 1 ? part(of.get(1), step, index) : 0;
    boolean isNumber = of.getFirst().type().isNumber();
    return switch (apply.op()) {
      case LESS -> truth(a < b, a, b);
      case LESS_EQUAL -> truth(a <= b, a, b);
      case EQUAL -> truth(a == b, a, b);
      case NOT -> truth(a == 0, a, a);
      case AND -> and(a, b);
      case OR -> or(a, b);
      case SELECT -> a == 1 ? b : a == 0 ? part(of.get(2), step, index) : Double.NaN;
      case COALESCE -> (isNumber ? Double.isFinite(a) : !Double.isNaN(a)) ? a : b;
      case DEFINED -> (isNumber ? Double.isFinite(a) : !Double.isNaN(a)) ? 1 : 0;
      default -> PlainNumbers.apply(apply.op(), a, b);
    };
  }

  static boolean isLogic(Operation op) {
    return op == Operation.AND || op == Operation.OR || op == Operation.NOT;
  }
}
