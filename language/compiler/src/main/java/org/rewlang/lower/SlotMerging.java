package org.rewlang.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.core.Block;
import org.rewlang.core.Body;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.HistoryInfo;
import org.rewlang.core.Op;
import org.rewlang.core.Regions;
import org.rewlang.core.Sink;
import org.rewlang.core.SlotInfo;
import org.rewlang.core.Stmt;

/**
 * Makes one of slots that always hold equal values: those that begin equal, and go on as the same
 * value if slots already taken for equal are. Begins with all that begin equal in one class and
 * splits, so slots that refer to themselves or to each other are found, too.
 */
final class SlotMerging {

  private final CoreProgram program;
  private int[] slots;
  private int[] histories;

  private SlotMerging(CoreProgram program) {
    this.program = program;
    Map<Object, Integer> first = new HashMap<>();
    slots = new int[program.slots().size()];
    for (int i = 0; i < slots.length; i++) {
      SlotInfo slot = program.slots().get(i);
      slots[i] = representative(first, List.of(slot.type(), slot.initial()), i);
    }
    histories = new int[program.histories().size()];
    for (int i = 0; i < histories.length; i++) {
      HistoryInfo history = program.histories().get(i);
      histories[i] = representative(first, List.of("", history.type(), history.length()), i);
    }
  }

  private static int representative(Map<Object, Integer> first, Object key, int index) {
    Integer known = first.putIfAbsent(key, index);
    return known == null ? index : known;
  }

  static CoreProgram merge(CoreProgram program) {
    SlotMerging merging = new SlotMerging(program);
    if (merging.isTrivial()) {
      return program;
    }
    return merging.run();
  }

  private boolean isTrivial() {
    return Arrays.stream(slots).distinct().count() == slots.length
        && Arrays.stream(histories).distinct().count() == histories.length;
  }

  private CoreProgram run() {
    while (true) {
      Copy copy = new Copy();
      int[] finerSlots = copy.split();
      int[] finerHistories = copy.splitHistories();
      if (Arrays.equals(finerSlots, slots) && Arrays.equals(finerHistories, histories)) {
        return isTrivial() ? program : copy.emitter().emit();
      }
      slots = finerSlots;
      histories = finerHistories;
    }
  }

  /** The program built anew, with one slot read for all of a class. */
  private final class Copy {
    private final CoreBuilder step;
    private final CoreBuilder reset;
    private final int[] stepIds = new int[program.types().size()];
    private final int[] resetIds = new int[program.types().size()];

    Copy() {
      CoreBuilder.Tables tables =
          new CoreBuilder.Tables(
              program.inputs(),
              program.params(),
              program.slots(),
              program.histories(),
              program.tables());
      step = new CoreBuilder(tables);
      reset = new CoreBuilder(tables);
      copy(program.step().block(), step, stepIds);
      copy(program.reset().block(), reset, resetIds);
    }

    private void copy(Block block, CoreBuilder to, int[] ids) {
      for (Stmt stmt : block.statements()) {
        int id = Regions.of(stmt.op()) == null ? plain(stmt, to, ids) : region(stmt, to, ids);
        for (int result : stmt.results()) {
          ids[result] = id++;
        }
      }
    }

    private int plain(Stmt stmt, CoreBuilder to, int[] ids) {
      Ops.Renaming renaming =
          new Ops.Renaming(id -> ids[id], s -> slots[s], h -> histories[h], t -> t, true);
      return to.operation(Ops.rename(stmt.op(), renaming), stmt.origin());
    }

    private int region(Stmt stmt, CoreBuilder to, int[] ids) {
      Op.Region region = Regions.of(stmt.op());
      if (region == null) {
        throw new IllegalArgumentException("no region: " + stmt.op());
      }
      Placement.Scope scope = to.open(region.counts());
      for (int i = 0; i < region.indices().size(); i++) {
        ids[region.indices().get(i)] = scope.indices().get(i);
      }
      if (stmt.op() instanceof Op.Fold fold) {
        for (int accumulator : fold.accumulators()) {
          ids[accumulator] = to.accumulator(scope, program.type(accumulator));
        }
      }
      copy(region.body(), to, ids);
      int where = region.isMasked() ? ids[region.where()] : Op.Region.UNMASKED;
      int yield = ids[region.yields().getFirst()];
      return switch (stmt.op()) {
        case Op.Reduce r -> to.reduce(r.op(), scope, where, yield, stmt.origin());
        case Op.Fold f ->
            to.fold(
                all(f.initial(), ids),
                all(f.accumulators(), ids),
                scope,
                where,
                all(region.yields(), ids),
                stmt.origin());
        default -> to.build(scope, yield, stmt.origin());
      };
    }

    private static List<Integer> all(List<Integer> of, int[] ids) {
      return of.stream().map(id -> ids[id]).toList();
    }

    /** Slots of one class that still go on equally. */
    int[] split() {
      List<List<Object>> keys = new ArrayList<>();
      for (int slot : slots) {
        keys.add(new ArrayList<>(List.of(slot)));
      }
      write("step", program.step(), stepIds, keys);
      write("reset", program.reset(), resetIds, keys);
      return classes(keys);
    }

    private void write(String of, Body body, int[] ids, List<List<Object>> keys) {
      for (Sink sink : body.sinks()) {
        if (sink instanceof Sink.Next next) {
          keys.get(next.slot()).add(List.of(of, ids[next.value()]));
        }
      }
    }

    int[] splitHistories() {
      List<List<Object>> keys = new ArrayList<>();
      for (int history : histories) {
        keys.add(new ArrayList<>(List.of(history)));
      }
      for (Sink sink : program.step().sinks()) {
        if (sink instanceof Sink.Push push) {
          keys.get(push.history()).add(stepIds[push.value()]);
        }
      }
      return classes(keys);
    }

    private static int[] classes(List<List<Object>> keys) {
      Map<Object, Integer> first = new HashMap<>();
      int[] classes = new int[keys.size()];
      for (int i = 0; i < classes.length; i++) {
        classes[i] = representative(first, keys.get(i), i);
      }
      return classes;
    }

    Emitter emitter() {
      return new Emitter(
          program.name(),
          program.sources(),
          program.outputs(),
          step,
          sinks(program.step(), step, stepIds),
          reset,
          sinks(program.reset(), reset, resetIds));
    }

    private List<Sink> sinks(Body body, CoreBuilder builder, int[] ids) {
      List<Sink> kept = new ArrayList<>();
      List<Integer> checked = new ArrayList<>();
      for (Sink sink : body.sinks()) {
        switch (sink) {
          case Sink.Out o -> kept.add(new Sink.Out(o.port(), ids[o.value()], o.origin()));
          case Sink.Next n -> {
            if (slots[n.slot()] == n.slot()) {
              kept.add(new Sink.Next(n.slot(), ids[n.value()], n.origin()));
            }
          }
          case Sink.Push p -> {
            if (histories[p.history()] == p.history()) {
              kept.add(new Sink.Push(p.history(), ids[p.value()], p.origin()));
            }
          }
          case Sink.Check c -> {
            int condition = ids[c.condition()];
            boolean holds = builder.op(condition) instanceof Op.Flag f && f.value();
            if (!holds && !checked.contains(condition)) {
              checked.add(condition);
              kept.add(
                  new Sink.Check(c.failure(), c.what(), condition, ids[c.subject()], c.origin()));
            }
          }
        }
      }
      return kept;
    }
  }
}
