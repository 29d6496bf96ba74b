package org.rewlang.truffle;

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
abstract class Leaves {

  protected final Layout layout;
  protected final CoreProgram program;
  private final Map<Integer, Memory> tables = new HashMap<>();

  private Leaves(Layout layout) {
    this.layout = layout;
    this.program = layout.program();
  }

  /** A scalar that costs no more than a local: read anew at every use. */
  final ValueNode scalar(Op op, Kind kind) {
    return switch (op) {
      case Op.Const c -> new Literal.OfDouble(c.value());
      case Op.Flag f -> new Literal.OfBoolean(f.value());
      case Op.Int i -> new Literal.OfInt(i.value());
      case Op.Param p -> new Load.Fixed(Memory.PARAMS, layout.param(p.port()));
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
      case Op.Table t -> new Area(table(t.table()), 0, type);
      case Op.Input i -> inputArray(i.port(), type);
      case Op.Slot s -> slotArray(s.slot(), type);
      default -> throw new IllegalArgumentException("not a leaf: " + op);
    };
  }

  private Memory table(int table) {
    return tables.computeIfAbsent(table, t -> memory(program.tables().get(t).values()));
  }

  private static Memory memory(List<Double> values) {
    return new Memory.Table(values.stream().mapToDouble(v -> v).toArray());
  }

  abstract ValueNode input(int port, Kind kind);

  abstract Area inputArray(int port, Type type);

  abstract ValueNode present(int port);

  abstract ValueNode slot(int slot, Kind kind);

  abstract Area slotArray(int slot, Type type);

  abstract ValueNode filled(int history);

  abstract ValueNode ago(Ring ring, Kind kind, ValueNode age, ValueNode inner);

  /** What must run before anything else. */
  abstract List<StatementNode> before();

  /** What must run before the sinks take effect. */
  abstract List<StatementNode> beforeCommit();

  /** A step finds all inputs, and the state as the last one left it. */
  static final class OfStep extends Leaves {

    OfStep(Layout layout) {
      super(layout);
    }

    @Override
    ValueNode input(int port, Kind kind) {
      return new Load.Fixed(Memory.INPUTS, layout.input(port));
    }

    @Override
    Area inputArray(int port, Type type) {
      return new Area(Memory.INPUTS, layout.input(port), type);
    }

    @Override
    ValueNode present(int port) {
      return new Literal.OfBoolean(true);
    }

    @Override
    ValueNode slot(int slot, Kind kind) {
      return new Load.Fixed(Memory.STATE, layout.slot(slot));
    }

    @Override
    Area slotArray(int slot, Type type) {
      return new Area(Memory.STATE, layout.slot(slot), type);
    }

    @Override
    ValueNode filled(int history) {
      return new Load.Fixed(Memory.STATE, layout.historyCount(history));
    }

    @Override
    ValueNode ago(Ring ring, Kind kind, ValueNode age, ValueNode inner) {
      return new Load.Ago(ring, kind, age, inner);
    }

    @Override
    List<StatementNode> before() {
      return List.of();
    }

    @Override
    List<StatementNode> beforeCommit() {
      return List.of();
    }
  }

  /**
   * A reset finds the inputs that the host supplies, initial values in all slots and nothing in any
   * history, whatever the state holds: if it fails, that stays.
   */
  static final class OfReset extends Leaves {

    private final double[] initial;
    private final Scratch scratch;
    private final Map<Integer, Area> observed = new HashMap<>();

    OfReset(Layout layout, Scratch scratch) {
      super(layout);
      this.initial = new double[layout.stateSize()];
      this.scratch = scratch;
      layout.reset(initial);
    }

    @Override
    ValueNode input(int port, Kind kind) {
      Load supplied = new Load.Fixed(Memory.INPUTS, layout.input(port));
      return new Load.Observed(port, kind, supplied);
    }

    @Override
    Area inputArray(int port, Type type) {
      return observed.computeIfAbsent(port, p -> scratch.allocate(type));
    }

    @Override
    ValueNode present(int port) {
      return new Load.Present(port);
    }

    @Override
    ValueNode slot(int slot, Kind kind) {
      return Operations.literal(kind, initial[layout.slot(slot)]);
    }

    @Override
    Area slotArray(int slot, Type type) {
      return new Area(new Memory.Table(initial), layout.slot(slot), type);
    }

    @Override
    ValueNode filled(int history) {
      return new Literal.OfInt(0);
    }

    @Override
    ValueNode ago(Ring ring, Kind kind, ValueNode age, ValueNode inner) {
      return Operations.literal(kind, Load.absent(kind));
    }

    @Override
    List<StatementNode> before() {
      return observed.entrySet().stream().<StatementNode>map(this::observe).toList();
    }

    private StatementNode observe(Map.Entry<Integer, Area> entry) {
      int port = entry.getKey();
      Area area = entry.getValue();
      Area input = new Area(Memory.INPUTS, layout.input(port), area.type());
      return new Store.Observed(
          port,
          Load.absent(area.type().kind()),
          area.offset(),
          area.type().size(),
          new Store.Copy(input, Memory.SCRATCH, area.offset()));
    }

    @Override
    List<StatementNode> beforeCommit() {
      Type all = new Type(Kind.F64, List.of(initial.length));
      return List.of(new Store.Copy(new Area(new Memory.Table(initial), 0, all), Memory.STATE, 0));
    }
  }
}
