package org.rewlang.interpret;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.Block;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.HistoryInfo;
import org.rewlang.core.Kind;
import org.rewlang.core.Op;
import org.rewlang.core.Stmt;
import org.rewlang.core.Type;
import org.rewlang.core.UnaryOp;
import org.rewlang.engine.Layout;

/**
 * A program's operations, one action each, as they are written. Every value has its place among a
 * run's values, looked up here once: scalars take one number, arrays as many as they have elements,
 * row-major, booleans are 0 and 1. Immutable once made.
 */
final class Code {

  /** Computes one value of those before it. */
  interface Action {
    void run(Run run);
  }

  /** Of a constant, which stands in its place before anything runs. */
  private static final Action DONE = _ -> {};

  /** Those of a block. */
  static final class Actions {
    final Action[] all;

    /** How many of them compute a number, or make an array: the others name memory. */
    final int computing;

    private Actions(Block block, Code code) {
      List<Action> actions = new ArrayList<>();
      int count = 0;
      for (Stmt stmt : block.statements()) {
        Action action = code.action(stmt);
        if (action != DONE) {
          actions.add(action);
        }
        count += computes(stmt.op()) ? 1 : 0;
      }
      all = actions.toArray(Action[]::new);
      computing = count;
    }

    private static boolean computes(Op op) {
      return switch (op) {
        case Op.Const _,
            Op.Flag _,
            Op.Int _,
            Op.Table _,
            Op.Input _,
            Op.Present _,
            Op.Param _,
            Op.Slot _ ->
            false;
        // Counted by its elements.
        case Op.Sort _ -> false;
        case Op.Unary _,
            Op.Binary _,
            Op.Select _,
            Op.At _,
            Op.Put _,
            Op.Ago _,
            Op.Filled _,
            Op.Reduce _,
            Op.Build _,
            Op.Fold _ ->
            true;
      };
    }
  }

  /** A region made ready. */
  static final class Loop {
    final int rounds;
    final int[] counts;
    final int[] indices;
    final Actions body;
    final int where;

    private Loop(Op.Region region, Code code) {
      rounds = region.rounds();
      counts = ints(region.counts());
      indices = code.places(region.indices());
      body = new Actions(region.body(), code);
      where = region.isMasked() ? code.place(region.where()) : Op.Region.UNMASKED;
    }
  }

  private final CoreProgram program;
  private final Layout layout;
  private final int[] places;
  private final double[] constants;
  private final Map<Op.Region, Loop> loops = new IdentityHashMap<>();
  private final Actions step;
  private final Actions reset;

  Code(Layout layout) {
    this.layout = layout;
    program = layout.program();
    int ids = program.types().size();
    places = new int[ids + 1];
    for (int id = 0; id < ids; id++) {
      places[id + 1] = Math.addExact(places[id], program.type(id).size());
    }
    constants = new double[places[ids]];
    step = new Actions(program.step().block(), this);
    reset = new Actions(program.reset().block(), this);
  }

  Layout layout() {
    return layout;
  }

  Actions step() {
    return step;
  }

  Actions reset() {
    return reset;
  }

  Loop loop(Op.Region region) {
    Loop loop = loops.get(region);
    if (loop == null) {
      throw new IllegalArgumentException("a region of another program");
    }
    return loop;
  }

  /** Where the value's first element stands. */
  int place(int id) {
    return places[id];
  }

  int size(int id) {
    return places[id + 1] - places[id];
  }

  /** The values before anything has run: constants are there. */
  double[] newValues() {
    return constants.clone();
  }

  private int[] places(List<Integer> ids) {
    return ids.stream().mapToInt(this::place).toArray();
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(i -> i).toArray();
  }

  private Action action(Stmt stmt) {
    if (stmt.op() instanceof Op.Fold fold) {
      return fold(fold, stmt.results());
    }
    int to = place(stmt.result());
    int size = size(stmt.result());
    return switch (stmt.op()) {
      case Op.Const c -> constant(to, c.value());
      case Op.Flag f -> constant(to, f.value() ? 1 : 0);
      case Op.Int i -> constant(to, i.value());
      case Op.Table t -> {
        List<Double> values = program.tables().get(t.table()).values();
        for (int i = 0; i < size; i++) {
          constants[to + i] = values.get(i);
        }
        yield DONE;
      }
      case Op.Input i -> input(i.port(), to, size);
      case Op.Present p -> run -> run.values[to] = run.present[p.port()] ? 1 : 0;
      case Op.Param p -> {
        int from = layout.param(p.port());
        yield run -> System.arraycopy(run.params, from, run.values, to, size);
      }
      case Op.Slot s -> {
        int from = layout.slot(s.slot());
        yield run -> System.arraycopy(run.state, from, run.values, to, size);
      }
      case Op.Unary u -> {
        UnaryOp op = u.op();
        int x = place(u.operand());
        yield run -> run.values[to] = Scalars.of(op, run.values[x]);
      }
      case Op.Binary b -> {
        BinaryOp op = b.op();
        int x = place(b.left());
        int y = place(b.right());
        yield run -> run.values[to] = Scalars.of(op, run.values[x], run.values[y]);
      }
      case Op.Select s -> {
        int condition = place(s.condition());
        int then = place(s.then());
        int otherwise = place(s.otherwise());
        yield run -> run.values[to] = run.values[run.values[condition] != 0 ? then : otherwise];
      }
      case Op.At a -> {
        int array = place(a.array());
        Subscript at = subscript(program.type(a.array()).shape(), a.indices());
        yield run -> run.values[to] = run.values[array + at.of(run.values)];
      }
      case Op.Put p -> {
        int array = place(p.array());
        Subscript at = subscript(program.type(p.array()).shape(), p.indices());
        int value = place(p.value());
        yield run -> {
          System.arraycopy(run.values, array, run.values, to, size);
          run.values[to + at.of(run.values)] = run.values[value];
        };
      }
      case Op.Sort s -> {
        int array = place(s.array());
        yield run -> run.sort(array, to, size);
      }
      case Op.Ago a -> ago(a, to);
      case Op.Filled f -> {
        int count = layout.historyCount(f.history());
        yield run -> run.values[to] = run.state[count];
      }
      case Op.Reduce r -> {
        Loop loop = enter(r.region());
        int element = place(r.region().yields().getFirst());
        yield run -> run.values[to] = run.reduce(r.op(), loop, element);
      }
      case Op.Build b -> {
        Loop loop = enter(b.region());
        int element = place(b.region().yields().getFirst());
        yield run -> run.build(loop, element, to);
      }
      case Op.Fold _ -> throw new IllegalStateException("has many results");
    };
  }

  private Action constant(int to, double value) {
    constants[to] = value;
    return DONE;
  }

  private Loop enter(Op.Region region) {
    Loop loop = new Loop(region, this);
    loops.put(region, loop);
    return loop;
  }

  private Action input(int port, int to, int size) {
    int from = layout.input(port);
    double missing = missing(program.inputs().get(port).type());
    return run -> {
      if (run.present[port]) {
        System.arraycopy(run.inputs, from, run.values, to, size);
      } else {
        Arrays.fill(run.values, to, to + size, missing);
      }
    };
  }

  private static double missing(Type type) {
    return type.kind() == Kind.F64 ? Double.NaN : 0;
  }

  private Action ago(Op.Ago ago, int to) {
    HistoryInfo history = program.histories().get(ago.history());
    int steps = place(ago.indices().getFirst());
    Subscript within =
        subscript(history.type().shape(), ago.indices().subList(1, ago.indices().size()));
    int ring = layout.history(ago.history());
    int head = layout.historyHead(ago.history());
    int count = layout.historyCount(ago.history());
    int length = history.length();
    int size = history.type().size();
    double missing = missing(history.type());
    return run -> {
      int k = (int) run.values[steps];
      boolean filled = k >= 0 && k < (int) run.state[count];
      int place = Math.floorMod((int) run.state[head] - 1 - k, length);
      run.values[to] = filled ? run.state[ring + place * size + within.of(run.values)] : missing;
    };
  }

  private Action fold(Op.Fold fold, List<Integer> results) {
    Loop unused = enter(fold.region());
    return run -> {
      run.fold(fold, fold.region().rounds(), _ -> {});
      run.assign(results, fold.accumulators());
    };
  }

  // Places in arrays.

  /** The flat place of an element; an index outside acts as the nearest one inside. */
  interface Subscript {
    int of(double[] values);
  }

  Subscript subscript(List<Integer> shape, List<Integer> indices) {
    int[] lengths = ints(shape);
    int[] at = places(indices);
    return values -> {
      int place = 0;
      for (int d = 0; d < lengths.length; d++) {
        place = place * lengths[d] + Math.clamp((int) values[at[d]], 0, lengths[d] - 1);
      }
      return place;
    };
  }
}
