package org.rewlang.gradient;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.rewlang.core.Block;
import org.rewlang.core.Body;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Kind;
import org.rewlang.core.Op;
import org.rewlang.core.Origin;
import org.rewlang.core.Output;
import org.rewlang.core.Port;
import org.rewlang.core.Sink;
import org.rewlang.core.SlotInfo;
import org.rewlang.core.Stmt;
import org.rewlang.core.TableInfo;

/**
 * Random programs with numbers of moderate size and without checks, so that a difference of results
 * says something about a derivative.
 */
final class Tame {

  private Tame() {}

  static CoreProgram of(CoreProgram p) {
    List<Output> outputs = new ArrayList<>(p.outputs());
    List<Sink> sinks =
        new ArrayList<>(p.step().sinks().stream().filter(s -> !(s instanceof Sink.Check)).toList());
    for (int id : latest(p)) {
      sinks.add(new Sink.Out(outputs.size(), id, Origin.NONE));
      outputs.add(new Output(Output.Role.PROBE, "value" + id, p.type(id)));
    }
    return new CoreProgram(
        p.name(),
        p.clock(),
        p.sources(),
        p.inputs(),
        p.params().stream()
            .map(x -> new Port(x.name(), x.type(), numbers(x.type().kind(), x.initial())))
            .toList(),
        p.slots().stream()
            .map(x -> new SlotInfo(x.name(), x.type(), numbers(x.type().kind(), x.initial())))
            .toList(),
        p.histories(),
        p.tables().stream()
            .map(x -> new TableInfo(x.name(), x.type(), numbers(x.type().kind(), x.values())))
            .toList(),
        outputs,
        p.types(),
        new Body(block(p.step().block()), sinks),
        p.reset());
  }

  /** The last numbers that are computed; most programs' results depend on little of them. */
  private static List<Integer> latest(CoreProgram p) {
    Set<Integer> replaced = new HashSet<>();
    List<Integer> numbers = new ArrayList<>();
    for (Stmt stmt : p.step().block().statements().reversed()) {
      if (stmt.op() instanceof Op.Put put) {
        replaced.add(put.array());
      }
      boolean computed = !(stmt.op() instanceof Op.Const || stmt.op() instanceof Op.Input);
      for (int id : stmt.results()) {
        if (computed && p.type(id).kind() == Kind.F64 && !replaced.contains(id)) {
          numbers.add(id);
        }
      }
    }
    return numbers.subList(0, Math.min(numbers.size(), 12));
  }

  private static List<Double> numbers(Kind kind, List<Double> values) {
    return kind == Kind.F64 ? values.stream().map(Tame::number).toList() : values;
  }

  private static double number(double x) {
    double size = Math.abs(x);
    return x == 0 || size >= 1e-3 && size <= 10 ? x : Double.isFinite(x) ? Math.sin(size) : 0.75;
  }

  private static Block block(Block block) {
    return new Block(
        block.statements().stream()
            .map(s -> new Stmt(s.results(), op(s.op()), s.origin()))
            .toList());
  }

  private static Op op(Op op) {
    return switch (op) {
      case Op.Const c -> new Op.Const(number(c.value()));
      case Op.Reduce r -> new Op.Reduce(r.op(), region(r.region()));
      case Op.Build b -> new Op.Build(region(b.region()));
      case Op.Fold f -> new Op.Fold(f.initial(), f.accumulators(), region(f.region()));
      default -> op;
    };
  }

  private static Op.Region region(Op.Region r) {
    return new Op.Region(r.indices(), r.counts(), block(r.body()), r.where(), r.yields());
  }
}
