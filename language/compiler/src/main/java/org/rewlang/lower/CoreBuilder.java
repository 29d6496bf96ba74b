package org.rewlang.lower;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.Block;
import org.rewlang.core.HistoryInfo;
import org.rewlang.core.Kind;
import org.rewlang.core.Op;
import org.rewlang.core.Origin;
import org.rewlang.core.Port;
import org.rewlang.core.Reduction;
import org.rewlang.core.SlotInfo;
import org.rewlang.core.TableInfo;
import org.rewlang.core.Type;
import org.rewlang.core.UnaryOp;
import org.rewlang.lower.Placement.Scope;

/**
 * Builds the statements of one function, each placed by {@link Placement}.
 *
 * <p>Rewrites only where every bit stays as it is: never {@code x*0}, {@code x/c} as a product,
 * reassociation, or anything about parameters, which are not constants. A constant operation whose
 * value is not finite stays as it is, so that a failure can be traced to it.
 */
public final class CoreBuilder {

  /** What both functions of a program share. */
  public record Tables(
      List<Port> inputs,
      List<Port> params,
      List<SlotInfo> slots,
      List<HistoryInfo> histories,
      List<TableInfo> tables) {}

  private final Tables tables;
  private final Placement placement = new Placement();

  public CoreBuilder(Tables tables) {
    this.tables = tables;
  }

  Tables tables() {
    return tables;
  }

  public Type type(int id) {
    return placement.type(id);
  }

  public Origin origin(int id) {
    return placement.origin(id);
  }

  /** What defines a value; null for an index. */
  public @Nullable Op op(int id) {
    return placement.op(id);
  }

  /** The scope that outlives no operand: the deepest of those that {@code ids} lie in. */
  Scope scopeOf(Collection<Integer> ids) {
    return placement.scopeOf(ids);
  }

  /** An operation without a region; its operands are of this function, ports and tables shared. */
  public int operation(Op op, Origin origin) {
    return switch (op) {
      case Op.Const c -> number(c.value());
      case Op.Flag f -> flag(f.value());
      case Op.Int i -> integer(i.value());
      case Op.Input i -> input(i.port(), origin);
      case Op.Present p -> present(p.port());
      case Op.Param p -> param(p.port(), origin);
      case Op.Slot s -> slot(s.slot(), origin);
      case Op.Table t -> table(t.table(), origin);
      case Op.Filled f -> filled(f.history(), origin);
      case Op.Unary u -> unary(u.op(), u.operand(), origin);
      case Op.Binary b -> binary(b.op(), b.left(), b.right(), origin);
      case Op.Select s -> select(s.condition(), s.then(), s.otherwise(), origin);
      case Op.At a -> at(a.array(), a.indices(), origin);
      case Op.Ago a -> ago(a.history(), a.indices(), origin);
      case Op.Put p -> put(p.array(), p.indices(), p.value(), origin);
      case Op.Sort s -> sort(s.array(), origin);
      case Op.Reduce _, Op.Build _, Op.Fold _ ->
          throw new IllegalArgumentException("a region: " + op);
    };
  }

  // Leaves.

  public int number(double value) {
    return add(new Op.Const(value), Type.F64, List.of(), Origin.NONE);
  }

  public int flag(boolean value) {
    return add(new Op.Flag(value), Type.BOOL, List.of(), Origin.NONE);
  }

  public int integer(int value) {
    return add(new Op.Int(value), Type.I32, List.of(), Origin.NONE);
  }

  int input(int port, Origin origin) {
    return add(new Op.Input(port), tables.inputs.get(port).type(), List.of(), origin);
  }

  int present(int port) {
    return add(new Op.Present(port), Type.BOOL, List.of(), Origin.NONE);
  }

  int param(int port, Origin origin) {
    return add(new Op.Param(port), tables.params.get(port).type(), List.of(), origin);
  }

  int slot(int slot, Origin origin) {
    return add(new Op.Slot(slot), tables.slots.get(slot).type(), List.of(), origin);
  }

  int table(int table, Origin origin) {
    return add(new Op.Table(table), tables.tables.get(table).type(), List.of(), origin);
  }

  int filled(int history, Origin origin) {
    return add(new Op.Filled(history), Type.I32, List.of(), origin);
  }

  // Scalars.

  public int unary(UnaryOp op, int operand, Origin origin) {
    Op known = op(operand);
    if (known != null && Folding.isConstant(known)) {
      Op folded = Folding.unary(op, known);
      if (isSound(folded)) {
        return constant(folded);
      }
    }
    if (known instanceof Op.Unary inner) {
      boolean undone =
          (op == UnaryOp.NOT && inner.op() == UnaryOp.NOT)
              || (op == UnaryOp.NEG && inner.op() == UnaryOp.NEG)
              || (op == UnaryOp.FTOI && inner.op() == UnaryOp.ITOF);
      if (undone) {
        return inner.operand();
      }
      boolean signOnly = inner.op() == UnaryOp.NEG || inner.op() == UnaryOp.ABS;
      if (signOnly && (op == UnaryOp.ABS || op == UnaryOp.FINITE)) {
        return unary(op, inner.operand(), origin);
      }
      if (op == UnaryOp.FINITE && inner.op() == UnaryOp.ITOF) {
        return flag(true);
      }
    }
    return add(new Op.Unary(op, operand), Type.scalar(op.result()), List.of(operand), origin);
  }

  public int binary(BinaryOp op, int left, int right, Origin origin) {
    Op a = op(left);
    Op b = op(right);
    if (a != null && b != null && Folding.isConstant(a) && Folding.isConstant(b)) {
      Op folded = Folding.binary(op, a, b);
      if (isSound(folded)) {
        return constant(folded);
      }
    }
    int simpler =
        switch (op) {
          case MUL -> is(b, 1.0) ? left : is(a, 1.0) ? right : -1;
          case DIV -> is(b, 1.0) ? left : -1;
          case SUB -> is(b, 0.0) ? left : -1;
          case ADD -> is(b, -0.0) ? left : is(a, -0.0) ? right : -1;
          case MIN, MAX -> left == right ? left : -1;
          case AND ->
              left == right || is(b, true)
                  ? left
                  : is(a, true) ? right : is(a, false) ? left : is(b, false) ? right : -1;
          case OR ->
              left == right || is(b, false)
                  ? left
                  : is(a, false) ? right : is(a, true) ? left : is(b, true) ? right : -1;
          case IADD -> is(a, 0) ? right : is(b, 0) ? left : -1;
          case IEQ -> left == right ? flag(true) : -1;
          case ILT -> left == right ? flag(false) : -1;
          case LT, LE, EQ -> ofIntegers(op, left, right, origin);
          default -> -1;
        };
    if (simpler >= 0) {
      return simpler;
    }
    return add(
        new Op.Binary(op, left, right), Type.scalar(op.result()), List.of(left, right), origin);
  }

  /** A comparison of what are really {@code i32}, or -1. */
  private int ofIntegers(BinaryOp op, int left, int right, Origin origin) {
    int a = integerBehind(left);
    int b = integerBehind(right);
    if (a < 0 || b < 0) {
      return -1;
    }
    return switch (op) {
      case LT -> binary(BinaryOp.ILT, a, b, origin);
      case LE -> unary(UnaryOp.NOT, binary(BinaryOp.ILT, b, a, origin), origin);
      default -> binary(BinaryOp.IEQ, a, b, origin);
    };
  }

  /** The {@code i32} of which a number is the conversion, or -1. */
  private int integerBehind(int id) {
    Op op = op(id);
    if (op instanceof Op.Unary u && u.op() == UnaryOp.ITOF) {
      return u.operand();
    }
    if (op instanceof Op.Const c && c.value() == (int) c.value()) {
      return integer((int) c.value());
    }
    return -1;
  }

  public int not(int operand, Origin origin) {
    return unary(UnaryOp.NOT, operand, origin);
  }

  public int and(int left, int right, Origin origin) {
    return binary(BinaryOp.AND, left, right, origin);
  }

  public int or(int left, int right, Origin origin) {
    return binary(BinaryOp.OR, left, right, origin);
  }

  public int select(int condition, int then, int otherwise, Origin origin) {
    Op c = op(condition);
    if (c instanceof Op.Flag f) {
      return f.value() ? then : otherwise;
    }
    if (then == otherwise) {
      return then;
    }
    if (c instanceof Op.Unary u && u.op() == UnaryOp.NOT) {
      return select(u.operand(), otherwise, then, origin);
    }
    if (op(then) instanceof Op.Flag t) {
      return t.value()
          ? or(condition, otherwise, origin)
          : and(not(condition, origin), otherwise, origin);
    }
    if (op(otherwise) instanceof Op.Flag f) {
      return f.value() ? or(not(condition, origin), then, origin) : and(condition, then, origin);
    }
    return add(
        new Op.Select(condition, then, otherwise),
        type(then),
        List.of(condition, then, otherwise),
        origin);
  }

  // Memory.

  /** An element; the array itself if it is a scalar. Constant indices are moved inside. */
  public int at(int array, List<Integer> indices, Origin origin) {
    Type type = type(array);
    if (type.isScalar()) {
      return array;
    }
    List<Integer> inside = inside(type, indices);
    int flat = 0;
    for (int d = 0; d < inside.size(); d++) {
      flat =
          flat >= 0 && op(inside.get(d)) instanceof Op.Int i
              ? flat * type.shape().get(d) + i.value()
              : -1;
    }
    if (flat >= 0 && op(array) instanceof Op.Table t) {
      double value = tables.tables.get(t.table()).values().get(flat);
      return switch (type.kind()) {
        case F64 -> number(value);
        case BOOL -> flag(value != 0);
        case I32 -> integer((int) value);
      };
    }
    List<Integer> operands = new ArrayList<>(inside);
    operands.add(array);
    return add(new Op.At(array, inside), Type.scalar(type.kind()), operands, origin);
  }

  /** Indices of which constants and loops' own lie in the array, at the nearest place inside. */
  private List<Integer> inside(Type array, List<Integer> indices) {
    List<Integer> inside = new ArrayList<>(indices);
    for (int d = 0; d < inside.size(); d++) {
      int index = inside.get(d);
      int last = array.shape().get(d) - 1;
      if (op(index) instanceof Op.Int i) {
        inside.set(d, integer(Math.clamp(i.value(), 0, last)));
      } else if (placement.rounds(index) > last + 1) {
        int below = binary(BinaryOp.ILT, index, integer(last), Origin.NONE);
        inside.set(d, select(below, index, integer(last), Origin.NONE));
      }
    }
    return inside;
  }

  /** What was pushed so many steps ago; missing where that is more than are kept. */
  int ago(int history, List<Integer> indices, Origin origin) {
    HistoryInfo info = tables.histories.get(history);
    Type type = Type.scalar(info.type().kind());
    int steps = indices.getFirst();
    boolean never =
        op(steps) instanceof Op.Int i && Math.clamp(i.value(), 0, info.length() - 1) != i.value();
    if (never) {
      return missing(type.kind());
    }
    List<Integer> operands =
        new ArrayList<>(inside(info.type(), indices.subList(1, indices.size())));
    if (placement.rounds(steps) <= info.length()) {
      operands.addFirst(steps);
      return add(new Op.Ago(history, operands), type, operands, origin);
    }
    int kept = binary(BinaryOp.ILT, steps, integer(info.length()), origin);
    operands.addFirst(select(kept, steps, integer(0), origin));
    int value = add(new Op.Ago(history, operands), type, operands, origin);
    return select(kept, value, missing(type.kind()), origin);
  }

  private int missing(Kind kind) {
    return switch (kind) {
      case F64 -> number(Double.NaN);
      case BOOL -> flag(false);
      case I32 -> integer(0);
    };
  }

  /** In ascending order. */
  public int sort(int array, Origin origin) {
    return placement.add(new Op.Sort(array), type(array), List.of(array), origin);
  }

  /** An accumulator's array with one element replaced; what reads the old one comes before. */
  public int put(int array, List<Integer> indices, int value, Origin origin) {
    List<Integer> inside = inside(type(array), indices);
    List<Integer> operands = new ArrayList<>(inside);
    operands.add(value);
    operands.add(array);
    return placement.add(new Op.Put(array, inside, value), type(array), operands, origin);
  }

  // Regions.

  /** Opens a region; what is added next may use its indices. */
  public Scope open(List<Integer> counts) {
    return placement.open(counts);
  }

  /** A value of the open region's own that stands for what a fold has so far. */
  public int accumulator(Scope scope, Type type) {
    return placement.accumulator(scope, type);
  }

  /**
   * Closes a region that reduces.
   *
   * @param where a mask, or {@link Op.Region#UNMASKED}
   */
  public int reduce(Reduction op, Scope scope, int where, int yield, Origin origin) {
    Op.Region region = close(scope, where, yield);
    return placement.addRegion(new Op.Reduce(op, region), Type.scalar(op.result()), origin);
  }

  /** Closes a region that makes an array. One that only copies an array is that array. */
  public int build(Scope scope, int yield, Origin origin) {
    if (op(yield) instanceof Op.At at
        && at.indices().equals(scope.indices())
        && type(at.array()).shape().equals(scope.counts())
        // An array made anew in each round is none to copy.
        && scopeOf(List.of(at.array())) != scope) {
      placement.close(scope);
      return at.array();
    }
    Type type = new Type(type(yield).kind(), scope.counts());
    Op.Region region = close(scope, Op.Region.UNMASKED, yield);
    return placement.addRegion(new Op.Build(region), type, origin);
  }

  /** Closes a region of which nothing is wanted. */
  public void discard(Scope scope) {
    placement.close(scope);
  }

  /** Closes a region that folds one value. */
  public int fold(int initial, int accumulator, Scope scope, int where, int yield, Origin origin) {
    return fold(List.of(initial), List.of(accumulator), scope, where, List.of(yield), origin);
  }

  /**
   * Closes a region that folds several values. An array of which one element is replaced comes
   * last, after everything that reads it as it was.
   *
   * @return the first result; the others follow
   */
  public int fold(
      List<Integer> initial,
      List<Integer> accumulators,
      Scope scope,
      int where,
      List<Integer> yields,
      Origin origin) {
    List<Integer> order = new ArrayList<>(yields);
    order.sort((a, b) -> Boolean.compare(op(a) instanceof Op.Put, op(b) instanceof Op.Put));
    List<Type> types = initial.stream().map(this::type).toList();
    Op.Region region = placement.close(scope, mask(where), yields, order);
    return placement.addRegion(new Op.Fold(initial, accumulators, region), types, origin);
  }

  private Op.Region close(Scope scope, int where, int yield) {
    return placement.close(scope, mask(where), List.of(yield), List.of(yield));
  }

  /** No mask where it always holds. */
  private int mask(int where) {
    return where == Op.Region.UNMASKED || is(op(where), true) ? Op.Region.UNMASKED : where;
  }

  /** The function's own statements, as far as {@code roots} need them. */
  Block block(Collection<Integer> roots) {
    return placement.block(roots);
  }

  /** {@code roots} and whatever they need; regions' insides, too. */
  Set<Integer> needs(Collection<Integer> roots) {
    return placement.needs(roots);
  }

  private int constant(Op op) {
    return switch (op) {
      case Op.Const c -> number(c.value());
      case Op.Flag f -> flag(f.value());
      case Op.Int i -> integer(i.value());
      default -> throw new IllegalArgumentException("not a constant: " + op);
    };
  }

  private static boolean isSound(Op folded) {
    return !(folded instanceof Op.Const c) || Double.isFinite(c.value());
  }

  private static boolean is(@Nullable Op op, double value) {
    return new Op.Const(value).equals(op);
  }

  private static boolean is(@Nullable Op op, int value) {
    return op instanceof Op.Int i && i.value() == value;
  }

  private static boolean is(@Nullable Op op, boolean value) {
    return op instanceof Op.Flag f && f.value() == value;
  }

  private int add(Op op, Type type, List<Integer> operands, Origin origin) {
    return placement.add(op, type, operands, origin);
  }
}
