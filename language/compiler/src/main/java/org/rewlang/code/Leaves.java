package org.rewlang.code;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Kind;
import org.rewlang.core.Op;
import org.rewlang.core.Type;
import org.rewlang.engine.Layout;
import org.rewlang.engine.Ring;

/** What a step, or a reset, finds when it begins. */
abstract sealed class Leaves {

  protected final Layout layout;
  protected final CoreProgram program;
  protected final Tables tables;
  private final Map<Integer, Integer> offsets = new HashMap<>();

  private Leaves(Layout layout, Tables tables) {
    this.layout = layout;
    this.program = layout.program();
    this.tables = tables;
  }

  /** A scalar that costs no more than a variable: read anew at every use. */
  final Expression scalar(Op op, Kind kind) {
    return switch (op) {
      case Op.Const c -> Expression.Literal.of(c.value());
      case Op.Flag f -> Expression.Literal.of(f.value());
      case Op.Int i -> Expression.Literal.of(i.value());
      case Op.Param p -> load(kind, Memory.PARAMS, layout.param(p.port()));
      case Op.Input i -> input(i.port(), kind);
      case Op.Present p -> present(p.port());
      case Op.Slot s -> slot(s.slot(), kind);
      case Op.Filled f -> filled(f.history());
      default -> throw new IllegalArgumentException("not a leaf: " + op);
    };
  }

  /** An array, where it lies. */
  final Area array(Op op, Type type) {
    return switch (op) {
      case Op.Param p -> new Area(Memory.PARAMS, layout.param(p.port()), type);
      case Op.Table t -> new Area(Memory.TABLES, table(t.table()), type);
      case Op.Input i -> inputArray(i.port(), type);
      case Op.Slot s -> slotArray(s.slot(), type);
      default -> throw new IllegalArgumentException("not a leaf: " + op);
    };
  }

  private int table(int table) {
    return offsets.computeIfAbsent(
        table,
        t -> tables.add(program.tables().get(t).values().stream().mapToDouble(v -> v).toArray()));
  }

  private static Expression load(Kind kind, Memory memory, int place) {
    return new Expression.Load(kind, memory, place, null);
  }

  abstract Expression input(int port, Kind kind);

  abstract Area inputArray(int port, Type type);

  abstract Expression present(int port);

  abstract Expression slot(int slot, Kind kind);

  abstract Area slotArray(int slot, Type type);

  abstract Expression filled(int history);

  abstract Expression ago(int history, Kind kind, Expression age, Expression inner);

  /** What must run before anything else. */
  abstract List<Statement> before();

  /** What must run before the sinks take effect. */
  abstract List<Statement> beforeCommit();

  /** A step finds all inputs, and the state as the last one left it. */
  static final class OfStep extends Leaves {

    OfStep(Layout layout, Tables tables) {
      super(layout, tables);
    }

    @Override
    Expression input(int port, Kind kind) {
      return load(kind, Memory.INPUTS, layout.input(port));
    }

    @Override
    Area inputArray(int port, Type type) {
      return new Area(Memory.INPUTS, layout.input(port), type);
    }

    @Override
    Expression present(int port) {
      return Expression.Literal.of(true);
    }

    @Override
    Expression slot(int slot, Kind kind) {
      return load(kind, Memory.STATE, layout.slot(slot));
    }

    @Override
    Area slotArray(int slot, Type type) {
      return new Area(Memory.STATE, layout.slot(slot), type);
    }

    @Override
    Expression filled(int history) {
      return load(Kind.I32, Memory.STATE, layout.historyCount(history));
    }

    @Override
    Expression ago(int history, Kind kind, Expression age, Expression inner) {
      return new Expression.Ago(Ring.of(layout, history), kind, age, inner);
    }

    @Override
    List<Statement> before() {
      return List.of();
    }

    @Override
    List<Statement> beforeCommit() {
      return List.of();
    }
  }

  /**
   * A reset finds the inputs that the host supplies, initial values in all slots and nothing in any
   * history, whatever the state holds: if it fails, that stays.
   */
  static final class OfReset extends Leaves {

    private final Scratch scratch;
    private final Area initial;
    private final Map<Integer, Area> observed = new HashMap<>();

    OfReset(Layout layout, Tables tables, Scratch scratch) {
      super(layout, tables);
      this.scratch = scratch;
      double[] state = new double[layout.stateSize()];
      layout.reset(state);
      this.initial =
          new Area(Memory.TABLES, tables.add(state), new Type(Kind.F64, List.of(state.length)));
    }

    @Override
    Expression input(int port, Kind kind) {
      return new Expression.Select(
          present(port),
          load(kind, Memory.INPUTS, layout.input(port)),
          Expression.Literal.absent(kind));
    }

    @Override
    Area inputArray(int port, Type type) {
      return observed.computeIfAbsent(port, p -> scratch.allocate(type));
    }

    @Override
    Expression present(int port) {
      return new Expression.Present(port);
    }

    @Override
    Expression slot(int slot, Kind kind) {
      return new Expression.Literal(kind, tables.at(initial.offset() + layout.slot(slot)));
    }

    @Override
    Area slotArray(int slot, Type type) {
      return new Area(Memory.TABLES, initial.offset() + layout.slot(slot), type);
    }

    @Override
    Expression filled(int history) {
      return Expression.Literal.of(0);
    }

    @Override
    Expression ago(int history, Kind kind, Expression age, Expression inner) {
      return Expression.Literal.absent(kind);
    }

    @Override
    List<Statement> before() {
      return observed.entrySet().stream().map(e -> observe(e.getKey(), e.getValue())).toList();
    }

    private Statement observe(int port, Area area) {
      Area input = new Area(Memory.INPUTS, layout.input(port), area.type());
      double absent = Expression.Literal.absent(area.type().kind()).value();
      return new Statement.If(
          present(port),
          List.of(new Statement.Copy(input, Memory.SCRATCH, area.offset())),
          List.of(new Statement.Fill(area.offset(), area.type().size(), absent)));
    }

    @Override
    List<Statement> beforeCommit() {
      return List.of(new Statement.Copy(initial, Memory.STATE, 0));
    }
  }
}
