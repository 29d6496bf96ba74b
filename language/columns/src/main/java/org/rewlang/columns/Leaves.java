package org.rewlang.columns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.HistoryInfo;
import org.rewlang.core.Kind;
import org.rewlang.core.Op;
import org.rewlang.core.SlotInfo;
import org.rewlang.core.Type;
import org.rewlang.engine.Layout;
import org.rewlang.engine.Ring;

/**
 * What a body reads of memory, before anything else. Numbers stay where they are, and are read
 * there; truth values and integers get columns of their own. A reset sees the state that an episode
 * begins with, whatever the lane did before.
 */
final class Leaves {

  private final Layout layout;
  private final CoreProgram program;
  private final Places places;
  private final boolean isStep;
  private final List<Action> before = new ArrayList<>();

  Leaves(Layout layout, Places places, boolean isStep) {
    this.layout = layout;
    this.program = layout.program();
    this.places = places;
    this.isStep = isStep;
  }

  /** Numbers that are the same in all rows: a table, or an array parameter. */
  record Values(double[] table, int from, boolean isTable) {
    double[] of(Columns columns) {
      return isTable ? table : columns.batch().params;
    }
  }

  Values values(Op op) {
    return op instanceof Op.Table t
        ? new Values(
            program.tables().get(t.table()).values().stream().mapToDouble(v -> v).toArray(),
            0,
            true)
        : new Values(new double[0], layout.param(((Op.Param) op).port()), false);
  }

  List<Action> before() {
    return before;
  }

  /** Makes a leaf's value ready. */
  void read(int id, Op op) {
    int to = places.of(id);
    int size = places.size(id);
    Kind kind = program.type(id).kind();
    switch (op) {
      case Op.Const _, Op.Flag _, Op.Int _ -> {}
      case Op.Input input -> input(input.port(), to, program.type(id));
      case Op.Present present -> present(present.port(), to);
      case Op.Slot slot -> slot(id, slot.slot());
      case Op.Filled filled -> {
        int count = layout.historyCount(filled.history());
        before.add(
            isStep
                ? (c, n) -> Kernels.toInt(c.ints[to], c.batch().state[count], n)
                : (c, n) -> Arrays.fill(c.ints[to], 0, n, 0));
      }
      case Op.Param _, Op.Table _ -> {
        if (program.type(id).isScalar() || places.isSpread(id)) {
          Values values = values(op);
          for (int i = 0; i < size; i++) {
            same(kind, to + i, values, i);
          }
        }
      }
      default -> throw new IllegalArgumentException("not a leaf: " + op);
    }
  }

  private void same(Kind kind, int to, Values values, int i) {
    int from = values.from() + i;
    before.add((c, n) -> fill(c, kind, to, values.of(c)[from], n));
  }

  private static void fill(Columns c, Kind kind, int to, double value, int n) {
    if (kind == Kind.F64) {
      Arrays.fill(c.reals[to], 0, n, value);
    } else {
      Arrays.fill(c.ints[to], 0, n, (int) value);
    }
  }

  private void input(int port, int to, Type type) {
    int from = layout.input(port);
    int size = type.size();
    Kind kind = type.kind();
    if (isStep) {
      before.add(
          (c, n) -> {
            for (int i = 0; i < size; i++) {
              load(c, kind, to + i, c.batch().inputs[from + i], false, n);
            }
          });
      return;
    }
    before.add(
        (c, n) -> {
          boolean[] there = c.batch().present[port];
          for (int i = 0; i < size; i++) {
            load(c, kind, to + i, c.batch().inputs[from + i], true, n);
            for (int lane = 0; lane < n; lane++) {
              if (!there[lane] && kind == Kind.F64) {
                c.reals[to + i][lane] = Double.NaN;
              } else if (!there[lane]) {
                c.ints[to + i][lane] = 0;
              }
            }
          }
        });
  }

  private void present(int port, int to) {
    before.add(
        (c, n) -> {
          boolean[] there = c.batch().present[port];
          for (int lane = 0; lane < n; lane++) {
            c.ints[to][lane] = isStep || there[lane] ? 1 : 0;
          }
        });
  }

  private void slot(int id, int slot) {
    SlotInfo info = program.slots().get(slot);
    int from = layout.slot(slot);
    int to = places.of(id);
    Kind kind = info.type().kind();
    boolean copied = places.isKept(id);
    for (int i = 0; i < info.type().size(); i++) {
      int element = i;
      double initial = info.initial(i);
      before.add(
          isStep
              ? (c, n) -> load(c, kind, to + element, c.batch().state[from + element], copied, n)
              : (c, n) -> fill(c, kind, to + element, initial, n));
    }
  }

  /** Reads a column of memory, in place where it may stay. */
  private static void load(Columns c, Kind kind, int to, double[] memory, boolean copied, int n) {
    switch (kind) {
      case F64 -> {
        if (copied) {
          System.arraycopy(memory, 0, c.reals[to], 0, n);
        } else {
          c.reals[to] = memory;
        }
      }
      case BOOL -> Kernels.toTruth(c.ints[to], memory, n);
      case I32 -> Kernels.toInt(c.ints[to], memory, n);
    }
  }

  /** An element of a history, by its age. */
  Action ago(int id, Op.Ago ago, int guard) {
    HistoryInfo history = program.histories().get(ago.history());
    int to = places.of(id);
    Kind kind = history.type().kind();
    double missing = kind == Kind.F64 ? Double.NaN : 0;
    if (!isStep) {
      return (c, n) -> fill(c, kind, to, missing, n);
    }
    Ring ring = Ring.of(layout, ago.history());
    int age = ago.indices().getFirst();
    boolean sameAge = places.isUniform(age);
    int ages = places.of(age);
    Subscript within =
        Subscript.of(
            history.type().shape(), ago.indices().subList(1, ago.indices().size()), places);
    return (c, n) -> {
      double[][] state = c.batch().state;
      double[] heads = state[ring.head()];
      double[] counts = state[ring.count()];
      int base = ring.base() + within.base(c);
      for (int lane = 0; lane < n; lane++) {
        if (Operations.needs(c, guard, lane)) {
          int k = c.ints[ages][sameAge ? 0 : lane];
          double value = missing;
          if (k >= 0 && k < (int) counts[lane]) {
            int place = Math.floorMod((int) heads[lane] - 1 - k, ring.length());
            value = state[base + place * ring.size() + within.of(c, lane)][lane];
          }
          if (kind == Kind.F64) {
            c.reals[to][lane] = value;
          } else {
            c.ints[to][lane] = (int) value;
          }
        }
      }
    };
  }
}
