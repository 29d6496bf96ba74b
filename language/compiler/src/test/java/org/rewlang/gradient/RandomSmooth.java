package org.rewlang.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.Block;
import org.rewlang.core.Body;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Kind;
import org.rewlang.core.Op;
import org.rewlang.core.Origin;
import org.rewlang.core.Output;
import org.rewlang.core.Port;
import org.rewlang.core.Reduction;
import org.rewlang.core.Sink;
import org.rewlang.core.Stmt;
import org.rewlang.core.Type;
import org.rewlang.core.UnaryOp;

/**
 * Random core programs of which nearly every value depends on inputs and parameters: regions in
 * regions, arrays read by loops' indices and by computed ones, folds that put.
 */
final class RandomSmooth {

  private static final Type VECTOR = new Type(Kind.F64, List.of(3));
  private static final Type MATRIX = new Type(Kind.F64, List.of(2, 3));
  private static final int DEEPEST = 3;

  private final Random random;
  private final List<Type> types = new ArrayList<>();
  private List<Stmt> block = new ArrayList<>();
  private List<Integer> visible = new ArrayList<>();
  private int depth;
  private int budget = 45;

  private RandomSmooth(long seed) {
    random = new Random(seed * 0x9E3779B97F4A7C15L);
  }

  static CoreProgram program(long seed) {
    return new RandomSmooth(seed).program();
  }

  private CoreProgram program() {
    List<Port> inputs =
        List.of(Port.input("x", Type.F64), Port.input("v", VECTOR), Port.input("m", MATRIX));
    List<Port> params =
        List.of(
            new Port("a", Type.F64, List.of(0.7)), new Port("w", VECTOR, List.of(0.5, -1.25, 2.0)));
    for (int port = 0; port < inputs.size(); port++) {
      emit(inputs.get(port).type(), new Op.Input(port));
    }
    for (int port = 0; port < params.size(); port++) {
      emit(params.get(port).type(), new Op.Param(port));
    }
    while (budget > 0) {
      statement();
    }
    List<Integer> computed = List.copyOf(visible.subList(5, visible.size()));
    int all = number(0);
    for (int id : computed) {
      if (types.get(id).equals(Type.F64)) {
        int weighted = emitHidden(Type.F64, binary(BinaryOp.MUL, id, number(0.3 + 0.01 * id)));
        all = emitHidden(Type.F64, binary(BinaryOp.ADD, all, weighted));
      }
    }
    List<Output> outputs = new ArrayList<>();
    List<Sink> sinks = new ArrayList<>();
    List<Integer> results = new ArrayList<>(List.of(all));
    computed.reversed().stream()
        .filter(id -> !types.get(id).isScalar())
        .limit(2)
        .forEach(results::add);
    for (int id : results) {
      sinks.add(new Sink.Out(outputs.size(), id, Origin.NONE));
      outputs.add(new Output(Output.Role.METRIC, "o" + id, types.get(id)));
    }
    return new CoreProgram(
        "smooth",
        "step",
        List.of(),
        inputs,
        params,
        List.of(),
        List.of(),
        List.of(),
        outputs,
        types,
        new Body(new Block(block), sinks),
        Body.EMPTY);
  }

  private int emit(Type type, Op op) {
    int id = define(type);
    block.add(new Stmt(List.of(id), op, Origin.NONE));
    visible.add(id);
    return id;
  }

  private int define(Type type) {
    types.add(type);
    return types.size() - 1;
  }

  private void statement() {
    budget--;
    switch (random.nextInt(depth < DEEPEST ? 13 : 7)) {
      case 0, 1 -> unary();
      case 2, 3 -> binary();
      case 4 -> at();
      case 5 -> emit(Type.F64, new Op.Select(condition(), scalar(), scalar()));
      case 6 -> {
        if (random.nextInt(3) == 0) {
          emit(VECTOR, new Op.Sort(pick(VECTOR)));
        } else {
          at();
        }
      }
      case 7, 8, 9 -> reduce();
      case 10 -> build();
      default -> fold();
    }
  }

  private void unary() {
    switch (random.nextInt(13)) {
      case 0 -> of(UnaryOp.NEG, scalar());
      case 1 -> of(UnaryOp.ABS, scalar());
      case 2 -> of(UnaryOp.SQRT, atLeast(0.1));
      case 3 -> of(UnaryOp.EXP, small());
      case 4 -> of(UnaryOp.EXPM1, small());
      case 5 -> of(UnaryOp.LOG, atLeast(0.1));
      case 6 -> of(UnaryOp.LOG1P, atLeast(-0.5));
      case 7 -> of(UnaryOp.SIN, scalar());
      case 8 -> of(UnaryOp.COS, scalar());
      case 9 -> of(UnaryOp.TAN, small());
      case 10 -> of(UnaryOp.ASIN, emit(Type.F64, binary(BinaryOp.MUL, small(), number(0.9))));
      case 11 -> of(UnaryOp.ACOS, emit(Type.F64, binary(BinaryOp.MUL, small(), number(0.9))));
      default -> of(UnaryOp.TANH, scalar());
    }
  }

  private int of(UnaryOp op, int x) {
    return emit(Type.F64, new Op.Unary(op, x));
  }

  private int small() {
    return of(UnaryOp.TANH, scalar());
  }

  private int atLeast(double least) {
    int square = scalar();
    square = emit(Type.F64, binary(BinaryOp.MUL, square, square));
    return emit(Type.F64, binary(BinaryOp.ADD, square, number(least)));
  }

  private int number(double value) {
    return emitHidden(Type.F64, new Op.Const(value));
  }

  private static Op binary(BinaryOp op, int x, int y) {
    return new Op.Binary(op, x, y);
  }

  private void binary() {
    BinaryOp[] ops = {
      BinaryOp.ADD,
      BinaryOp.SUB,
      BinaryOp.MUL,
      BinaryOp.MUL,
      BinaryOp.DIV,
      BinaryOp.MIN,
      BinaryOp.MAX,
      BinaryOp.POW,
      BinaryOp.ATAN2
    };
    BinaryOp op = ops[random.nextInt(ops.length)];
    int x = op == BinaryOp.POW ? atLeast(0.5) : scalar();
    int y = op == BinaryOp.DIV ? atLeast(0.5) : op == BinaryOp.POW ? small() : scalar();
    emit(Type.F64, binary(op, x, y));
  }

  private int condition() {
    return emit(Type.BOOL, binary(BinaryOp.LT, scalar(), scalar()));
  }

  /**
   * Often a fresh leaf or element: what is computed from computed values alone soon is too large.
   */
  private int scalar() {
    return random.nextInt(3) > 0 ? at() : of(UnaryOp.TANH, pick(Type.F64));
  }

  private int pick(Type type) {
    List<Integer> fit = visible.stream().filter(id -> types.get(id).equals(type)).toList();
    // The latest, mostly.
    int back = Math.min(random.nextInt(fit.size()), random.nextInt(fit.size()));
    return fit.get(fit.size() - 1 - back);
  }

  private int at() {
    Type type = random.nextInt(3) == 0 ? MATRIX : VECTOR;
    int array = pick(type);
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < type.shape().size(); i++) {
      indices.add(index());
    }
    return emit(Type.F64, new Op.At(array, indices));
  }

  private int index() {
    boolean computed = random.nextInt(4) == 0;
    List<Integer> loops = visible.stream().filter(id -> types.get(id).equals(Type.I32)).toList();
    if (computed) {
      return emit(Type.I32, new Op.Unary(UnaryOp.FTOI, pick(Type.F64)));
    }
    if (loops.isEmpty() || random.nextInt(4) == 0) {
      return emit(Type.I32, new Op.Int(random.nextInt(2)));
    }
    return loops.get(loops.size() - 1 - random.nextInt(Math.min(2, loops.size())));
  }

  private record Inside(Op.Region region) {}

  private List<Integer> open(List<Integer> counts) {
    List<Integer> indices = new ArrayList<>();
    for (int count : counts) {
      if (count < 1) {
        throw new IllegalArgumentException();
      }
      indices.add(define(Type.I32));
    }
    return indices;
  }

  /** A body of its own; {@code yields} are made of what is visible in it. */
  private Inside region(
      List<Integer> counts,
      List<Integer> carried,
      java.util.function.Supplier<List<Integer>> yields) {
    List<Stmt> outerBlock = block;
    List<Integer> outerVisible = visible;
    block = new ArrayList<>();
    visible = new ArrayList<>(outerVisible);
    depth++;
    List<Integer> indices = open(counts);
    // Only an index that fits every array may be used directly.
    if (counts.equals(List.of(2))) {
      visible.addAll(indices);
    } else {
      for (int i : indices) {
        int two = emitHidden(Type.I32, new Op.Int(0));
        visible.add(emitHidden(Type.I32, new Op.Binary(BinaryOp.IADD, i, two)));
      }
    }
    visible.addAll(carried);
    for (int i = random.nextInt(4); i > 0; i--) {
      statement();
    }
    int where = random.nextInt(4) == 0 ? condition() : Op.Region.UNMASKED;
    List<Integer> given = yields.get();
    Op.Region region = new Op.Region(indices, counts, new Block(block), where, given);
    depth--;
    block = outerBlock;
    visible = outerVisible;
    return new Inside(region);
  }

  private int emitHidden(Type type, Op op) {
    int id = define(type);
    block.add(new Stmt(List.of(id), op, Origin.NONE));
    return id;
  }

  private List<Integer> counts() {
    return random.nextInt(3) == 0 ? List.of(2, 2) : List.of(2 + random.nextInt(2));
  }

  private void reduce() {
    Reduction[] ops = {Reduction.SUM, Reduction.SUM, Reduction.PROD, Reduction.MIN, Reduction.MAX};
    Reduction op = ops[random.nextInt(ops.length)];
    Inside inside = region(counts(), List.of(), () -> List.of(scalar()));
    int raw = emit(Type.F64, new Op.Reduce(op, inside.region));
    int finite = emit(Type.BOOL, new Op.Unary(UnaryOp.FINITE, raw));
    int zero = number(0);
    emit(Type.F64, new Op.Select(finite, raw, zero));
    visible.remove((Integer) raw);
  }

  private void build() {
    Type type = random.nextBoolean() ? VECTOR : MATRIX;
    Inside inside = region(type.shape(), List.of(), () -> List.of(scalar()));
    emit(type, new Op.Build(inside.region));
  }

  private void fold() {
    boolean array = random.nextBoolean();
    Type second = array ? VECTOR : Type.F64;
    List<Integer> initial = List.of(pick(Type.F64), pick(second));
    List<Integer> carried = List.of(define(Type.F64), define(second));
    boolean puts = array && random.nextBoolean();
    Inside inside =
        region(
            counts(),
            carried,
            () -> {
              int one = scalar();
              int two;
              if (puts) {
                int index = index();
                int value = scalar();
                two = emitHidden(VECTOR, new Op.Put(carried.get(1), List.of(index), value));
              } else {
                two = array ? pick(VECTOR) : scalar();
              }
              return List.of(one, two);
            });
    List<Integer> results = List.of(define(Type.F64), define(second));
    block.add(new Stmt(results, new Op.Fold(initial, carried, inside.region), Origin.NONE));
    visible.addAll(results);
  }
}
