package org.rewlang.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import org.rewlang.core.Block;
import org.rewlang.core.Body;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Op;
import org.rewlang.core.Output;
import org.rewlang.core.Regions;
import org.rewlang.core.Sink;
import org.rewlang.core.Stmt;
import org.rewlang.core.Type;
import org.rewlang.source.Source;

/**
 * Writes built functions as a program: values, slots, histories and tables numbered without gaps.
 */
public final class Emitter {

  private final String name;
  private final List<Source> sources;
  private final List<Output> outputs;
  private final CoreBuilder step;
  private final List<Sink> stepSinks;
  private final CoreBuilder reset;
  private final List<Sink> resetSinks;
  private final List<Type> types = new ArrayList<>();

  public Emitter(
      String name,
      List<Source> sources,
      List<Output> outputs,
      CoreBuilder step,
      List<Sink> stepSinks,
      CoreBuilder reset,
      List<Sink> resetSinks) {
    this.name = name;
    this.sources = sources;
    this.outputs = outputs;
    this.step = step;
    this.stepSinks = stepSinks;
    this.reset = reset;
    this.resetSinks = resetSinks;
  }

  public CoreProgram emit() {
    Block stepBlock = step.block(roots(stepSinks));
    Block resetBlock = reset.block(roots(resetSinks));
    Set<Integer> slots = new TreeSet<>();
    Set<Integer> histories = new TreeSet<>();
    Set<Integer> tables = new TreeSet<>();
    for (List<Sink> sinks : List.of(stepSinks, resetSinks)) {
      for (Sink sink : sinks) {
        if (sink instanceof Sink.Next n) {
          slots.add(n.slot());
        }
        if (sink instanceof Sink.Push p) {
          histories.add(p.history());
        }
      }
    }
    usedTables(stepBlock, tables);
    usedTables(resetBlock, tables);
    Map<Integer, Integer> slotNumbers = dense(slots);
    Map<Integer, Integer> historyNumbers = dense(histories);
    Map<Integer, Integer> tableNumbers = dense(tables);
    Body stepBody = body(step, stepBlock, stepSinks, slotNumbers, historyNumbers, tableNumbers);
    Body resetBody = body(reset, resetBlock, resetSinks, slotNumbers, historyNumbers, tableNumbers);
    CoreBuilder.Tables all = step.tables();
    return new CoreProgram(
        name,
        "step",
        sources,
        all.inputs(),
        all.params(),
        slots.stream().map(all.slots()::get).toList(),
        histories.stream().map(all.histories()::get).toList(),
        tables.stream().map(all.tables()::get).toList(),
        outputs,
        types,
        stepBody,
        resetBody);
  }

  private static List<Integer> roots(List<Sink> sinks) {
    // In the order in which people read a program: results, then what guards and follows them.
    Set<Integer> roots = new LinkedHashSet<>();
    for (Sink sink : sinks) {
      if (sink instanceof Sink.Out out) {
        roots.add(out.value());
      }
    }
    for (Sink sink : sinks) {
      switch (sink) {
        case Sink.Out out -> roots.add(out.value());
        case Sink.Next next -> roots.add(next.value());
        case Sink.Push push -> roots.add(push.value());
        case Sink.Check check -> {
          roots.add(check.condition());
          roots.add(check.subject());
        }
      }
    }
    return List.copyOf(roots);
  }

  private static void usedTables(Block block, Set<Integer> tables) {
    for (Stmt stmt : block.statements()) {
      if (stmt.op() instanceof Op.Table table) {
        tables.add(table.table());
      }
      Op.Region region = Regions.of(stmt.op());
      if (region != null) {
        usedTables(region.body(), tables);
      }
    }
  }

  private static Map<Integer, Integer> dense(Set<Integer> numbers) {
    Map<Integer, Integer> dense = new TreeMap<>();
    numbers.forEach(n -> dense.put(n, dense.size()));
    return dense;
  }

  private Body body(
      CoreBuilder from,
      Block block,
      List<Sink> sinks,
      Map<Integer, Integer> slots,
      Map<Integer, Integer> histories,
      Map<Integer, Integer> tables) {
    Map<Integer, Integer> ids = new HashMap<>();
    number(from, block, ids);
    IntUnaryOperator value = id -> get(ids, id);
    Ops.Renaming renaming =
        new Ops.Renaming(
            value, s -> get(slots, s), h -> get(histories, h), t -> get(tables, t), true);
    List<Sink> renamed = new ArrayList<>();
    for (Sink sink : sinks) {
      renamed.add(
          switch (sink) {
            case Sink.Out o -> new Sink.Out(o.port(), get(ids, o.value()), o.origin());
            case Sink.Next n ->
                new Sink.Next(get(slots, n.slot()), get(ids, n.value()), n.origin());
            case Sink.Push p ->
                new Sink.Push(get(histories, p.history()), get(ids, p.value()), p.origin());
            case Sink.Check c ->
                new Sink.Check(
                    c.failure(),
                    c.what(),
                    get(ids, c.condition()),
                    get(ids, c.subject()),
                    c.origin());
          });
    }
    return new Body(Ops.block(block, renaming), renamed);
  }

  private static int get(Map<Integer, Integer> numbers, int old) {
    Integer number = numbers.get(old);
    if (number == null) {
      throw new IllegalStateException("nothing defines " + old);
    }
    return number;
  }

  private void number(CoreBuilder from, Block block, Map<Integer, Integer> ids) {
    for (Stmt stmt : block.statements()) {
      stmt.results().forEach(id -> number(from, id, ids));
      Op.Region region = Regions.of(stmt.op());
      if (region != null) {
        region.indices().forEach(id -> number(from, id, ids));
        if (stmt.op() instanceof Op.Fold fold) {
          fold.accumulators().forEach(id -> number(from, id, ids));
        }
        number(from, region.body(), ids);
      }
    }
  }

  private void number(CoreBuilder from, int id, Map<Integer, Integer> ids) {
    ids.put(id, types.size());
    types.add(from.type(id));
  }
}
