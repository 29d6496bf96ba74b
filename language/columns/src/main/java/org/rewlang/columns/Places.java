package org.rewlang.columns;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.rewlang.core.Block;
import org.rewlang.core.Body;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Kind;
import org.rewlang.core.Op;
import org.rewlang.core.Regions;
import org.rewlang.core.Sink;
import org.rewlang.core.Stmt;
import org.rewlang.core.Type;

/**
 * Which columns hold each value, and what is known of it: whether it is the same in all rows, and
 * whether its array is written in place.
 *
 * <p>A {@code put} writes the columns of the array it takes; a fold's results are its accumulators.
 * Tables and array parameters have columns only where they are more than looked up.
 */
final class Places {

  /** No column. */
  static final int NONE = -1;

  private final CoreProgram program;
  private final int[] places;

  /** By array, the one whose columns it has. */
  private final int[] owners;

  private final BitSet written = new BitSet();
  private final BitSet uniform = new BitSet();

  /** Values that are read row by row, or as a whole array. */
  private final BitSet spread = new BitSet();

  /** What the state of the next step is made of. */
  private final BitSet kept = new BitSet();

  private final List<Action> constants = new ArrayList<>();
  private int reals;
  private int ints;

  Places(CoreProgram program) {
    this.program = program;
    int n = program.types().size();
    places = new int[n];
    owners = new int[n];
    uses(program.step());
    uses(program.reset());
    assign(program.step().block(), true);
    assign(program.reset().block(), false);
  }

  /** Memory with the constants in place. */
  Columns newColumns(int width) {
    Columns columns = new Columns(width, reals, ints);
    constants.forEach(constant -> constant.run(columns, width));
    return columns;
  }

  /** The first column of a value, among those of its kind. */
  int of(int id) {
    return places[id];
  }

  /** Whether it is the same in all rows: then only the first row of its column counts. */
  boolean isUniform(int id) {
    return uniform.get(id);
  }

  /** Whether all rows of its column are read; of a table or parameter, whether it has columns. */
  boolean isSpread(int id) {
    return spread.get(id);
  }

  /** Whether an array's elements change after it was made. */
  boolean isWritten(int id) {
    return written.get(owners[id]);
  }

  /** Whether it goes into state, which is written while other sinks may still be read. */
  boolean isKept(int id) {
    return kept.get(id);
  }

  /** Whether two arrays are the same columns. */
  boolean isSame(int a, int b) {
    return owners[a] == owners[b];
  }

  boolean isReal(int id) {
    return program.type(id).kind() == Kind.F64;
  }

  int size(int id) {
    return program.type(id).size();
  }

  int newReal(int size) {
    reals += size;
    return reals - size;
  }

  int newInt(int size) {
    ints += size;
    return ints - size;
  }

  int columns() {
    return reals + ints;
  }

  /** A column of a constant. */
  int newConstant(int value) {
    int place = newInt(1);
    constants.add((c, n) -> java.util.Arrays.fill(c.ints[place], value));
    return place;
  }

  private int allocate(Type type) {
    return type.kind() == Kind.F64 ? newReal(type.size()) : newInt(type.size());
  }

  // How values are used.

  private void uses(Body body) {
    uses(body.block());
    for (Sink sink : body.sinks()) {
      switch (sink) {
        case Sink.Out out -> spread.set(out.value());
        case Sink.Check check -> spread.set(check.condition());
        case Sink.Next next -> keep(next.value());
        case Sink.Push push -> keep(push.value());
      }
    }
  }

  private void keep(int id) {
    spread.set(id);
    kept.set(id);
  }

  private void uses(Block block) {
    for (Stmt stmt : block.statements()) {
      switch (stmt.op()) {
        // Subscripts that are the same in all rows are looked at once.
        case Op.At _, Op.Ago _ -> {}
        case Op.Put put -> spread.set(put.value());
        default -> Regions.operands(stmt.op()).forEach(spread::set);
      }
      Op.Region region = Regions.of(stmt.op());
      if (region != null) {
        uses(region.body());
        region.yields().forEach(spread::set);
        if (region.isMasked()) {
          spread.set(region.where());
        }
      }
    }
  }

  // Where they lie.

  private void assign(Block block, boolean isStep) {
    for (Stmt stmt : block.statements()) {
      assign(stmt, isStep);
    }
  }

  private void assign(Stmt stmt, boolean isStep) {
    Op.Region region = Regions.of(stmt.op());
    if (region != null) {
      for (int index : region.indices()) {
        fresh(index);
        uniform.set(index);
      }
      if (stmt.op() instanceof Op.Fold fold) {
        fold.accumulators().forEach(this::fresh);
      }
      assign(region.body(), isStep);
    }
    if (stmt.op() instanceof Op.Fold fold) {
      for (int i = 0; i < stmt.results().size(); i++) {
        share(stmt.results().get(i), fold.accumulators().get(i));
      }
      return;
    }
    int id = stmt.result();
    if (isUniform(stmt.op(), isStep)) {
      uniform.set(id);
    }
    switch (stmt.op()) {
      case Op.Put put -> {
        share(id, put.array());
        written.set(owners[id]);
      }
      case Op.Table _, Op.Param _ when !spread.get(id) && !program.type(id).isScalar() ->
          owners[id] = id;
      case Op.Const c -> {
        fresh(id);
        int place = places[id];
        constants.add((columns, n) -> java.util.Arrays.fill(columns.reals[place], c.value()));
      }
      case Op.Flag f -> constant(id, f.value() ? 1 : 0);
      case Op.Int i -> constant(id, i.value());
      default -> fresh(id);
    }
  }

  private void constant(int id, int value) {
    places[id] = newConstant(value);
    owners[id] = id;
  }

  private void fresh(int id) {
    places[id] = allocate(program.type(id));
    owners[id] = id;
  }

  private void share(int id, int other) {
    places[id] = places[other];
    owners[id] = owners[other];
  }

  private boolean isUniform(Op op, boolean isStep) {
    return switch (op) {
      case Op.Const _, Op.Flag _, Op.Int _, Op.Param _, Op.Table _ -> true;
      case Op.Present _ -> isStep;
      case Op.Unary _, Op.Binary _, Op.Select _, Op.At _ ->
          Regions.operands(op).stream().allMatch(uniform::get);
      case Op.Input _,
          Op.Slot _,
          Op.Put _,
          Op.Sort _,
          Op.Ago _,
          Op.Filled _,
          Op.Reduce _,
          Op.Build _,
          Op.Fold _ ->
          false;
    };
  }
}
