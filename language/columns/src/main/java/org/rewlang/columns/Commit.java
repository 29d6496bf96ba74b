package org.rewlang.columns;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Sink;
import org.rewlang.engine.Batch;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Layout;
import org.rewlang.engine.Ring;

/**
 * What leaves a body: checks first, then outputs, then state, each only in the lanes all of whose
 * checks held.
 */
final class Commit {

  private final Layout layout;
  private final CoreProgram program;
  private final List<Sink> sinks;
  private final Places places;

  /** The column of the lanes that take part. */
  private final int takes;

  Commit(Layout layout, List<Sink> sinks, Places places) {
    this.layout = layout;
    this.program = layout.program();
    this.sinks = sinks;
    this.places = places;
    takes = places.newInt(1);
  }

  /**
   * Lets a step take effect.
   *
   * @return whether every check held in every lane
   */
  boolean step(Columns c, int n) {
    boolean good = check(c, n, null);
    store(c, n, good ? null : c.ints[takes]);
    return good;
  }

  /** Lets a reset take effect in the lanes that {@code begins} names. */
  boolean observe(Columns c, int n, boolean[] begins) {
    boolean good = check(c, n, begins);
    for (int lane = 0; lane < n; lane++) {
      if (c.ints[takes][lane] != 0) {
        c.batch().reset(lane);
      }
    }
    store(c, n, c.ints[takes]);
    return good;
  }

  private boolean check(Columns c, int n, boolean @Nullable [] begins) {
    int[] failed = c.batch().failed;
    Arrays.fill(failed, 0, n, Evaluator.OK);
    boolean good = true;
    for (int i = 0; i < sinks.size(); i++) {
      if (sinks.get(i) instanceof Sink.Check check) {
        good &= holds(c.ints[places.of(check.condition())], i, failed, begins, n);
      }
    }
    if (!good || begins != null) {
      for (int lane = 0; lane < n; lane++) {
        boolean begun = begins == null || begins[lane];
        c.ints[takes][lane] = begun && failed[lane] == Evaluator.OK ? 1 : 0;
      }
    }
    return good;
  }

  private static boolean holds(
      int[] condition, int sink, int[] failed, boolean @Nullable [] begins, int n) {
    boolean good = true;
    for (int lane = 0; lane < n; lane++) {
      if (condition[lane] == 0
          && failed[lane] == Evaluator.OK
          && (begins == null || begins[lane])) {
        failed[lane] = sink;
        good = false;
      }
    }
    return good;
  }

  /**
   * @param where the lanes that change, or null for all
   */
  private void store(Columns c, int n, int @Nullable [] where) {
    Batch batch = c.batch();
    for (Sink sink : sinks) {
      if (sink instanceof Sink.Out out) {
        copy(c, out.value(), batch.outputs, layout.output(out.port()), where, n);
      }
    }
    for (Sink sink : sinks) {
      switch (sink) {
        case Sink.Next next ->
            copy(c, next.value(), batch.state, layout.slot(next.slot()), where, n);
        case Sink.Push push -> push(c, push, where, n);
        case Sink.Out _, Sink.Check _ -> {}
      }
    }
  }

  private void copy(
      Columns c, int value, double[][] memory, int at, int @Nullable [] where, int n) {
    int from = places.of(value);
    int size = places.size(value);
    for (int i = 0; i < size; i++) {
      double[] to = memory[at + i];
      if (places.isReal(value)) {
        double[] x = c.reals[from + i];
        if (where == null) {
          System.arraycopy(x, 0, to, 0, n);
        } else {
          Kernels.select(to, where, x, to, n);
        }
      } else {
        int[] x = c.ints[from + i];
        for (int lane = 0; lane < n; lane++) {
          if (where == null || where[lane] != 0) {
            to[lane] = x[lane];
          }
        }
      }
    }
  }

  private void push(Columns c, Sink.Push push, int @Nullable [] where, int n) {
    Ring ring = Ring.of(layout, push.history());
    double[][] state = c.batch().state;
    double[] heads = state[ring.head()];
    double[] counts = state[ring.count()];
    int from = places.of(push.value());
    boolean isReal = program.type(push.value()).kind() == org.rewlang.core.Kind.F64;
    for (int lane = 0; lane < n; lane++) {
      if (where == null || where[lane] != 0) {
        int head = (int) heads[lane];
        int base = ring.base() + head * ring.size();
        for (int i = 0; i < ring.size(); i++) {
          state[base + i][lane] = isReal ? c.reals[from + i][lane] : c.ints[from + i][lane];
        }
        heads[lane] = head + 1 == ring.length() ? 0 : head + 1;
        counts[lane] = Math.min(counts[lane] + 1, ring.length());
      }
    }
  }
}
