package org.rewlang.gradient;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.Op;
import org.rewlang.core.Origin;
import org.rewlang.core.Reduction;
import org.rewlang.core.Stmt;
import org.rewlang.core.Type;
import org.rewlang.core.UnaryOp;
import org.rewlang.lower.CoreBuilder;
import org.rewlang.lower.Placement;

/**
 * The rounds of a region on the way back: any of them by itself, with what its yields are worth, so
 * that they can be visited in any order and as often as is of use.
 */
sealed interface Rounds permits Rounds.Yielding, Rounds.Winner, FoldRounds {

  /** The indices to choose a round by; none if only one round matters. */
  List<Integer> counts();

  /** A round, swept. */
  Sweep at(List<Integer> indices);

  /** A value of the program, and what it is worth. */
  record Worthy(int id, int adjoint) {}

  /** What initial values of a fold are worth. */
  default List<Worthy> initial() {
    return List.of();
  }

  /** Whether only one round matters: the winner. */
  default boolean isOne() {
    return counts().isEmpty();
  }

  /** {@link #counts}, which can be told from the operation. */
  static List<Integer> counts(Op op) {
    boolean one = op instanceof Op.Reduce r && (r.op() == Reduction.MIN || r.op() == Reduction.MAX);
    return one ? List.of() : Instance.region(op).counts();
  }

  /** Those of a region whose results' adjoints are known; null if they are worth nothing. */
  static @Nullable Rounds of(Activity activity, Sweep around, Stmt stmt) {
    return switch (stmt.op()) {
      case Op.Reduce reduce -> {
        int adjoint = around.scalar(stmt.result());
        if (adjoint < 0) {
          yield null;
        }
        yield switch (reduce.op()) {
          case SUM -> new Yielding(activity, around, stmt, (_, _) -> adjoint);
          case PROD -> {
            int others = others(around.at(), reduce, stmt.origin());
            Partials partials = new Partials(around.at().core, stmt.origin());
            yield new Yielding(
                activity,
                around,
                stmt,
                (core, i) -> partials.chain(adjoint, core.at(others, i, stmt.origin())));
          }
          case MIN -> winner(activity, around, stmt, Reduction.ARGMIN, adjoint);
          case MAX -> winner(activity, around, stmt, Reduction.ARGMAX, adjoint);
          case ANY, ALL, ARGMIN, ARGMAX -> null;
        };
      }
      case Op.Build _ -> {
        int adjoint = around.array(stmt.result());
        yield adjoint < 0
            ? null
            : new Yielding(activity, around, stmt, (core, i) -> core.at(adjoint, i, stmt.origin()));
      }
      case Op.Fold fold -> FoldRounds.of(activity, around, stmt, fold);
      default -> null;
    };
  }

  /** What a round's yield is worth. */
  interface Worth {
    int of(CoreBuilder core, List<Integer> indices);
  }

  /** Rounds with one yield each that know nothing of each other. */
  record Yielding(Activity activity, Sweep around, Stmt stmt, Worth worth) implements Rounds {

    @Override
    public List<Integer> counts() {
      return Instance.region(stmt.op()).counts();
    }

    @Override
    public Sweep at(List<Integer> indices) {
      Instance round = around.at().round(stmt.op(), indices, List.of());
      Sweep sweep = new Sweep(activity, round);
      int yield = Instance.region(stmt.op()).yields().getFirst();
      sweep.add(yield, worth.of(round.core, indices));
      return sweep.run();
    }
  }

  /** The one round whose yield is the result. */
  record Winner(Yielding rounds, List<Integer> indices) implements Rounds {

    @Override
    public List<Integer> counts() {
      return List.of();
    }

    @Override
    public Sweep at(List<Integer> none) {
      return rounds.at(indices);
    }
  }

  private static Rounds winner(
      Activity activity, Sweep around, Stmt stmt, Reduction which, int adjoint) {
    Instance at = around.at();
    CoreBuilder core = at.core;
    Origin origin = stmt.origin();
    Op.Region region = Instance.region(stmt.op());
    Placement.Scope scope = core.open(region.counts());
    Instance round = at.round(stmt.op(), scope.indices(), List.of());
    int yield = round.value(region.yields().getFirst());
    int best = core.reduce(which, scope, round.where, yield, origin);
    int none = core.binary(BinaryOp.ILT, best, core.integer(0), origin);
    int worth = core.select(none, core.number(0), adjoint, origin);
    Yielding all = new Yielding(activity, around, stmt, (_, _) -> worth);
    return new Winner(all, unravel(core, best, region.counts(), origin));
  }

  /** The indices of a place in row-major order; the core divides no integers, but numbers. */
  private static List<Integer> unravel(
      CoreBuilder core, int place, List<Integer> counts, Origin origin) {
    List<Integer> indices = new ArrayList<>();
    int rest = place;
    for (int d = counts.size() - 1; d > 0; d--) {
      int count = counts.get(d);
      int share =
          core.binary(
              BinaryOp.DIV, core.unary(UnaryOp.ITOF, rest, origin), core.number(count), origin);
      int next = core.unary(UnaryOp.FTOI, core.unary(UnaryOp.FLOOR, share, origin), origin);
      int whole = core.binary(BinaryOp.IMUL, next, core.integer(-count), origin);
      indices.addFirst(core.binary(BinaryOp.IADD, rest, whole, origin));
      rest = next;
    }
    indices.addFirst(rest);
    return indices;
  }

  /** For each round, the product of what the others yield, without a division. */
  private static int others(Instance at, Op.Reduce reduce, Origin origin) {
    CoreBuilder core = at.core;
    Op.Region region = reduce.region();
    Placement.Scope each = core.open(region.counts());
    Instance round = at.round(reduce, each.indices(), List.of());
    int factor = round.masked(round.value(region.yields().getFirst()), core.number(1));
    int factors = core.build(each, factor, origin);
    int before = running(at, factors, false, origin);
    int after = running(at, factors, true, origin);
    Placement.Scope both = core.open(region.counts());
    int left = core.at(before, both.indices(), origin);
    int right = core.at(after, both.indices(), origin);
    return core.build(both, core.binary(BinaryOp.MUL, left, right, origin), origin);
  }

  /** For each element, the product of all before it, or of all after it. */
  private static int running(Instance at, int factors, boolean backwards, Origin origin) {
    CoreBuilder core = at.core;
    Type type = core.type(factors);
    Placement.Scope scope = core.open(type.shape());
    List<Integer> here =
        backwards ? reversed(core, scope.indices(), type.shape()) : scope.indices();
    int product = core.accumulator(scope, Type.F64);
    int products = core.accumulator(scope, type);
    int more = core.binary(BinaryOp.MUL, product, core.at(factors, here, origin), origin);
    return 1
        + core.fold(
            List.of(core.number(1), at.nothing(type)),
            List.of(product, products),
            scope,
            Op.Region.UNMASKED,
            List.of(more, core.put(products, here, product, origin)),
            origin);
  }

  /** The indices of a round counted from the last one. */
  static List<Integer> reversed(CoreBuilder core, List<Integer> indices, List<Integer> counts) {
    List<Integer> reversed = new ArrayList<>();
    for (int d = 0; d < counts.size(); d++) {
      int back = core.binary(BinaryOp.IMUL, indices.get(d), core.integer(-1), Origin.NONE);
      reversed.add(core.binary(BinaryOp.IADD, back, core.integer(counts.get(d) - 1), Origin.NONE));
    }
    return reversed;
  }
}
