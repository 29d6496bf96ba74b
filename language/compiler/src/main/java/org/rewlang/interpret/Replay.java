package org.rewlang.interpret;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.Block;
import org.rewlang.core.Body;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Kind;
import org.rewlang.core.Op;
import org.rewlang.core.Origin;
import org.rewlang.core.Regions;
import org.rewlang.core.Sink;
import org.rewlang.core.Stmt;
import org.rewlang.engine.Layout;

/**
 * A step or reset run again to be looked at: the value of every id, and where an undefined one came
 * from. It changes nothing, so it needs the state as it was <em>before</em>, which is what a failed
 * step leaves.
 */
public final class Replay {

  /**
   * The operation that made an undefined number of defined ones, or the input, slot or parameter
   * that held one.
   *
   * @param element the place in its result, 0 for a scalar
   * @param loop the indices of the regions around it, outermost first
   * @param operands its scalar operands
   */
  public record Cause(
      Stmt statement, int value, int element, List<Integer> loop, List<Operand> operands) {

    public Cause {
      loop = List.copyOf(loop);
      operands = List.copyOf(operands);
    }

    public Origin origin() {
      return statement.origin();
    }
  }

  /** A scalar that an operation read, and what it was. */
  public record Operand(int value, double was) {}

  /** Where a value comes from. */
  private sealed interface Definition {}

  private record Result(Stmt statement, int position, List<Integer> around) implements Definition {}

  private record Accumulator(Op.Fold fold, int position) implements Definition {}

  /** One element of one value. */
  private record Place(int value, int element) {}

  private final CoreProgram program;
  private final Body body;
  private final Run run;
  private final long operations;
  private final Map<Integer, Definition> definitions = new HashMap<>();

  /** Of regions entered on the way: which round the values are of. */
  private final Map<Op.Region, Integer> rounds = new IdentityHashMap<>();

  private Replay(CoreProgram program, Body body, Run run) {
    this.program = program;
    this.body = body;
    this.run = run;
    this.operations = run.operations();
    define(body.block(), List.of());
  }

  public static Replay ofStep(Layout layout, double[] inputs, double[] params, double[] state) {
    return new Replay(
        layout.program(),
        layout.program().step(),
        Interpreter.stepOf(new Code(layout), inputs.clone(), params.clone(), state.clone()));
  }

  public static Replay ofReset(Layout layout, double[] inputs, boolean[] present, double[] params) {
    return new Replay(
        layout.program(),
        layout.program().reset(),
        Interpreter.resetOf(new Code(layout), inputs.clone(), present.clone(), params.clone()));
  }

  private void define(Block block, List<Integer> around) {
    for (Stmt stmt : block.statements()) {
      for (int i = 0; i < stmt.results().size(); i++) {
        definitions.put(stmt.results().get(i), new Result(stmt, i, around));
      }
      if (stmt.op() instanceof Op.Fold fold) {
        for (int i = 0; i < fold.accumulators().size(); i++) {
          definitions.put(fold.accumulators().get(i), new Accumulator(fold, i));
        }
      }
      Op.Region region = Regions.of(stmt.op());
      if (region != null) {
        List<Integer> inside = new ArrayList<>(around);
        inside.addAll(region.indices());
        define(region.body(), inside);
      }
    }
  }

  /**
   * What {@code id} was, row-major; booleans are 0 and 1. Of a value inside a region, what it was
   * in the last round (a round masked out counts: it runs and is not used).
   */
  public double[] values(int id) {
    return run.array(id).clone();
  }

  public double value(int id) {
    return run.number(id);
  }

  /** How many operations it took; looking for causes takes more. */
  public long operations() {
    return operations;
  }

  /** Whether the check at {@code sink} of the body's sinks held. */
  public boolean held(int sink) {
    return !(body.sinks().get(sink) instanceof Sink.Check check) || run.isTrue(check.condition());
  }

  /** Why the check at {@code sink} failed. */
  public Cause why(int sink) {
    if (!(body.sinks().get(sink) instanceof Sink.Check check)) {
      throw new IllegalArgumentException("sink " + sink + " is no check");
    }
    return why(check.subject(), sink);
  }

  private Cause why(int subject, int sink) {
    Place start = undefinedIn(subject);
    if (start == null) {
      // All is defined (data that a program refuses, a full table): the subject itself is the
      // cause.
      return cause(new Place(subject, 0), result(subject, sink));
    }
    record Seen(Cause cause, double was) {}
    Deque<Seen> path = new ArrayDeque<>();
    Place place = start;
    while (place != null) {
      Definition definition = definitions.get(place.value);
      if (definition instanceof Result result) {
        path.addLast(new Seen(cause(place, result), was(place)));
        place = from(place, result);
      } else if (definition instanceof Accumulator a) {
        place = carried(a.fold, a.position, place.element, rounds.getOrDefault(a.fold.region(), 0));
      } else {
        throw new IllegalStateException("%" + place.value + " is an index");
      }
    }
    Seen last = path.getLast();
    if (isConstant(last.cause.statement.op()) && !Double.isNaN(last.was)) {
      // An infinity that was meant: what made an undefined number of it is the cause.
      return path.reversed().stream()
          .filter(s -> Double.isNaN(s.was))
          .findFirst()
          .orElse(last)
          .cause;
    }
    return last.cause;
  }

  private static boolean isConstant(Op op) {
    return op instanceof Op.Const
        || op instanceof Op.Table
        || op instanceof Op.Param
        || op instanceof Op.Slot;
  }

  private Result result(int value, int sink) {
    if (definitions.get(value) instanceof Result result) {
      return result;
    }
    throw new IllegalArgumentException("the subject of sink " + sink + " is not a result");
  }

  private double was(Place place) {
    return run.array(place.value)[place.element];
  }

  /** An undefined element of {@code value}, or of what a truth value was made of; NaN first. */
  private @Nullable Place undefinedIn(int value) {
    return undefinedIn(value, new HashSet<>());
  }

  private @Nullable Place undefinedIn(int value, Set<Integer> seen) {
    if (!seen.add(value)) {
      return null;
    }
    if (program.type(value).kind() != Kind.F64) {
      return definitions.get(value) instanceof Result r ? behind(r.statement.op(), seen) : null;
    }
    Place infinite = null;
    for (int i = 0; i < run.array(value).length; i++) {
      Place place = new Place(value, i);
      if (Double.isNaN(was(place))) {
        return place;
      }
      if (infinite == null && Double.isInfinite(was(place))) {
        infinite = place;
      }
    }
    return infinite;
  }

  /** An undefined number that a truth value was made of: outside of regions, or in their rounds. */
  private @Nullable Place behind(Op op, Set<Integer> seen) {
    return switch (op) {
      case Op.Reduce r -> inRounds(r.region());
      case Op.Build b -> inRounds(b.region());
      case Op.At a
          when definitions.get(a.array()) instanceof Result r
              && r.statement.op() instanceof Op.Build b -> {
        Place yielded = entered(b.region(), run.place(a.array(), a.indices()));
        yield undefinedIn(yielded.value);
      }
      default -> first(readBy(op), seen);
    };
  }

  /** The first round of which something undefined was part, NaN before infinite. */
  private @Nullable Place inRounds(Op.Region region) {
    int yielded = region.yields().getFirst();
    int[] found = {-1, -1};
    run.rounds(
        region,
        (round, counts) -> {
          Place place = counts ? undefinedIn(yielded) : null;
          if (place != null) {
            int kind = Double.isNaN(was(place)) ? 0 : 1;
            found[kind] = found[kind] < 0 ? round : found[kind];
          }
          return found[0] < 0;
        });
    int round = found[0] >= 0 ? found[0] : found[1];
    return round < 0 ? null : undefinedIn(entered(region, round).value);
  }

  /** Of a choice, only what was chosen. */
  private List<Integer> readBy(Op op) {
    return op instanceof Op.Select s
        ? List.of(run.isTrue(s.condition()) ? s.then() : s.otherwise(), s.condition())
        : Regions.operands(op);
  }

  private @Nullable Place first(List<Integer> operands, Set<Integer> seen) {
    Place infinite = null;
    for (int operand : operands) {
      Place place = undefinedIn(operand, seen);
      if (place != null && Double.isNaN(was(place))) {
        return place;
      }
      infinite = infinite == null ? place : infinite;
    }
    return infinite;
  }

  private Cause cause(Place place, Result result) {
    List<Operand> operands = new ArrayList<>();
    for (int operand : Regions.operands(result.statement.op())) {
      if (program.type(operand).isScalar()) {
        operands.add(new Operand(operand, run.number(operand)));
      }
    }
    List<Integer> loop = result.around.stream().map(run::integer).toList();
    return new Cause(result.statement, place.value, place.element, loop, operands);
  }

  /** The undefined element that made this one undefined, or null if it began here. */
  private @Nullable Place from(Place place, Result result) {
    return switch (result.statement.op()) {
      case Op.Unary u -> first(List.of(u.operand()), new HashSet<>());
      case Op.Binary b -> first(List.of(b.left(), b.right()), new HashSet<>());
      case Op.Select s -> chosen(s);
      case Op.At a -> new Place(a.array(), run.place(a.array(), a.indices()));
      case Op.Put p ->
          run.place(p.array(), p.indices()) == place.element
              ? new Place(p.value(), 0)
              : new Place(p.array(), place.element);
      case Op.Sort s -> undefinedIn(s.array());
      case Op.Build b -> entered(b.region(), place.element);
      case Op.Reduce r -> reduced(r.region(), was(place));
      case Op.Fold f -> carried(f, result.position, place.element, f.region().rounds());
      case Op.Const _,
          Op.Flag _,
          Op.Int _,
          Op.Input _,
          Op.Present _,
          Op.Param _,
          Op.Slot _,
          Op.Table _,
          Op.Ago _,
          Op.Filled _ ->
          null;
    };
  }

  /** The arm taken; where that is the undefined number itself, what left the condition unknown. */
  private Place chosen(Op.Select s) {
    int arm = run.isTrue(s.condition()) ? s.then() : s.otherwise();
    Place chosen = new Place(arm, 0);
    boolean literal =
        definitions.get(arm) instanceof Result r
            && r.statement.op() instanceof Op.Const
            && Double.isNaN(was(chosen));
    Place unknown = literal ? undefinedIn(s.condition()) : null;
    return unknown != null && Double.isNaN(was(unknown)) ? unknown : chosen;
  }

  /** What the region yields in {@code round}, whose values are put back. */
  private Place entered(Op.Region region, int round) {
    run.rounds(region, (r, _) -> r < round);
    rounds.put(region, round);
    return new Place(region.yields().getFirst(), 0);
  }

  /** The first element that is undefined, NaN if the result is; null if none is. */
  private @Nullable Place reduced(Op.Region region, double result) {
    int element = region.yields().getFirst();
    int[] found = {-1, -1};
    run.rounds(
        region,
        (round, counts) -> {
          double x = run.number(element);
          if (counts && found[0] < 0 && Double.isNaN(x)) {
            found[0] = round;
          }
          if (counts && found[1] < 0 && Double.isInfinite(x)) {
            found[1] = round;
          }
          return true;
        });
    int round = Double.isNaN(result) && found[0] >= 0 ? found[0] : found[1];
    return round < 0 ? null : entered(region, round);
  }

  /** Where an accumulator, as it is before round {@code end}, last became undefined. */
  private Place carried(Op.Fold fold, int position, int element, int end) {
    int accumulator = fold.accumulators().get(position);
    Place initial = new Place(fold.initial().get(position), element);
    boolean[] was = {!Double.isFinite(was(initial))};
    int[] became = {-1};
    run.fold(
        fold,
        end,
        round -> {
          boolean is = !Double.isFinite(run.array(accumulator)[element]);
          if (is && !was[0]) {
            became[0] = round;
          }
          was[0] = is;
        });
    if (became[0] < 0) {
      return initial;
    }
    run.fold(fold, became[0], _ -> {});
    rounds.put(fold.region(), became[0]);
    return new Place(fold.region().yields().get(position), element);
  }
}
