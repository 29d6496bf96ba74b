package org.rewlang.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.Base;
import org.rewlang.model.Binder;
import org.rewlang.model.Definition;
import org.rewlang.model.Iteration;
import org.rewlang.model.Operation;
import org.rewlang.model.ReduceOp;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.model.Window;

/** Random terms of every kind, over a few inputs, some of them reading their own past. */
public final class RandomModel {

  private static final List<List<Integer>> SHAPES =
      List.of(List.of(), List.of(), List.of(), List.of(3), List.of(2), List.of(2, 3));

  private final Random random;
  public final Kit kit = new Kit();
  public final List<Term> terms = new ArrayList<>();
  private final List<Term> leaves = new ArrayList<>();
  private final List<Binder> loops = new ArrayList<>();
  private int names;

  /** How many iterations are around, in which nothing may have a past. */
  private int iterations;

  public RandomModel(long seed) {
    random = new Random(seed);
    leaves.add(kit.input("x", Kit.real(), -2, 3));
    leaves.add(kit.input("u", Kit.real(), 0, 1));
    leaves.add(kit.input("w", Kit.real()));
    leaves.add(kit.input("v", Kit.real(3), -1, 4));
    leaves.add(kit.input("m", Kit.real(2, 3), 0, 2));
    leaves.add(kit.input("p", Kit.bool()));
    leaves.add(kit.input("q", Kit.bool(3)));
    leaves.add(kit.input("n", Kit.integer(), -3, 4));
    leaves.add(kit.input("k", Kit.integer(2), 0, 9007199254740991.0));
    leaves.add(kit.param("scale", 1.5, 0.5, 2));
    int lets = 1 + random.nextInt(4);
    for (int i = 0; i < lets; i++) {
      terms.add(let());
    }
    terms.add(term(pick(Base.values(), 3), pick(SHAPES), 4));
  }

  private Term let() {
    Type type = type(pick(Base.values(), 3), pick(SHAPES));
    if (random.nextInt(3) > 0) {
      Term value = term(type.base(), type.shape(), 4);
      Term ref = kit.let("let" + names++, value);
      leaves.add(ref);
      return ref;
    }
    // One that reads its own past.
    Definition definition = kit.declare("let" + names++, type);
    Term before =
        new Term.Prev(Kit.ref(definition), term(type.base(), List.of(), 1), false, type, Kit.HERE);
    leaves.add(before);
    Term value = term(type.base(), type.shape(), 3);
    Term mixed =
        type.base() == Base.BOOL
            ? Kit.apply(Operation.OR, value, before)
            : Kit.apply(random.nextBoolean() ? Operation.ADD : Operation.MAX, value, before);
    definition.define(fit(mixed, type));
    Term ref = Kit.ref(definition);
    leaves.add(ref);
    return ref;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private <T> T pick(T[] from, int count) {
    return from[random.nextInt(count)];
  }

  private static Type type(Base base, List<Integer> shape) {
    return (switch (base) {
          case REAL -> Type.REAL;
          case INT -> Type.INT;
          default -> Type.BOOL;
        })
        .withShape(shape);
  }

  /** A term of exactly this type, whatever {@code term} has become. */
  private static Term fit(Term term, Type type) {
    Term sameBase =
        term.type().base() == type.base()
            ? term
            : new Term.Retype(term, type(type.base(), term.type().shape()), Kit.HERE);
    return sameBase.type().shape().equals(type.shape())
        ? sameBase
        : new Term.Broadcast(sameBase, type, Kit.HERE);
  }

  private Term term(Base base, List<Integer> shape, int depth) {
    Term made = depth <= 0 || random.nextInt(8) == 0 ? leaf(base, shape) : make(base, shape, depth);
    if (!made.type().shape().equals(shape)) {
      return new Term.Broadcast(made, type(base, shape), Kit.HERE);
    }
    return made;
  }

  private Term leaf(Base base, List<Integer> shape) {
    List<Term> fitting =
        leaves.stream()
            .filter(t -> t.type().base() == base && t.type().shape().equals(shape))
            .toList();
    if (base == Base.INT && shape.isEmpty() && !loops.isEmpty() && random.nextBoolean()) {
      return Kit.index(pick(loops));
    }
    if (!fitting.isEmpty() && random.nextInt(4) > 0) {
      return pick(fitting);
    }
    return switch (base) {
      case REAL -> Kit.num(pick(List.of(0.0, 1.0, -1.0, 0.5, 2.0, 3.25, -0.0, 1e300)));
      case INT -> Kit.whole(pick(List.of(0.0, 1.0, 2.0, -1.0, 7.0)));
      default -> random.nextInt(6) == 0 ? Kit.unknown() : Kit.truth(random.nextBoolean());
    };
  }

  private Term make(Base base, List<Integer> shape, int depth) {
    int d = depth - 1;
    int kind = random.nextInt(25);
    if (kind == 0) {
      return Kit.select(
          term(Base.BOOL, some(shape), d), term(base, shape, d), term(base, some(shape), d));
    }
    if (kind == 1) {
      return Kit.coalesce(term(base, shape, d), term(base, some(shape), d));
    }
    boolean past = iterations == 0;
    if (kind == 2 && past) {
      Term initially = term(base, some(shape), 1);
      Term of = term(base, shape, d);
      return new Term.Prev(of, initially, false, of.type(), Kit.HERE);
    }
    if (kind == 3 && past) {
      Term of = term(base, shape, d);
      return new Term.Initial(of, false, of.type(), Kit.HERE);
    }
    if (kind == 4 && past && base == Base.BOOL && random.nextInt(3) == 0) {
      Term held = term(base, shape, d);
      return new Term.Since(held, term(base, some(shape), d), held.type(), Kit.HERE);
    }
    if (kind == 4 && past && random.nextInt(3) == 0) {
      Term of = term(base, shape, d);
      List<ReduceOp> ops =
          base == Base.BOOL
              ? List.of(ReduceOp.ANY, ReduceOp.ALL)
              : List.of(ReduceOp.MIN, ReduceOp.MAX);
      int from = random.nextInt(3);
      int to = from + random.nextInt(9);
      return new Term.Sliding(pick(ops), of, from, to, of.type(), Kit.HERE);
    }
    if (kind == 4 && past) {
      Term of = term(base, shape, d);
      ReduceOp op =
          base == Base.BOOL
              ? pick(List.of(ReduceOp.ANY, ReduceOp.ALL))
              : pick(List.of(ReduceOp.SUM, ReduceOp.PROD, ReduceOp.MIN, ReduceOp.MAX));
      return Kit.past(
          op,
          of,
          random.nextBoolean() ? null : term(Base.BOOL, some(shape), d),
          random.nextBoolean() ? null : term(Base.BOOL, some(shape), d));
    }
    if (kind == 5 && !shape.isEmpty()) {
      return built(base, shape, d);
    }
    if (kind == 6 && past) {
      Term of = term(base, shape, d);
      Window window = new Window(of, 1 + random.nextInt(4));
      return new Term.WindowAt(window, term(Base.INT, List.of(), 1), of.type(), Kit.HERE);
    }
    if (kind == 7) {
      List<Integer> longer = new ArrayList<>(shape);
      longer.addFirst(3);
      Term of = term(base, longer, d);
      return Kit.at(of, term(Base.INT, List.of(), 1));
    }
    if (kind == 8 && !shape.isEmpty()) {
      List<Integer> larger = shape.stream().map(n -> n + 1).toList();
      List<Integer> starts = shape.stream().map(_ -> random.nextInt(2)).toList();
      Term of = term(base, larger, d);
      return new Term.Slice(of, starts, type(base, shape), Kit.HERE);
    }
    if (kind == 9 && !shape.isEmpty()) {
      Term[] parts = new Term[shape.getFirst()];
      for (int i = 0; i < parts.length; i++) {
        parts[i] = term(base, shape.subList(1, shape.size()), d);
      }
      return Kit.stack(parts);
    }
    if (kind >= 20) {
      Term moved = moved(kind, base, shape, d);
      if (moved != null) {
        return moved;
      }
    }
    if (kind <= 12 && loops.size() < 2 && shape.size() < 2) {
      return reduced(base, shape, d);
    }
    return switch (base) {
      case REAL -> real(shape, d);
      case INT -> integer(shape, d);
      default -> bool(shape, d);
    };
  }

  /** Elements moved, sorted, replaced, or gone through in turn; null where nothing fits. */
  private @Nullable Term moved(int kind, Base base, List<Integer> shape, int d) {
    Type type = type(base, shape);
    if (kind == 20 && !shape.isEmpty()) {
      int size = type.size();
      List<Integer> other = shape.size() == 1 ? List.of(1, size) : List.of(size);
      return new Term.Reshape(term(base, other, d), type, Kit.HERE);
    }
    if (kind == 21 && !shape.isEmpty()) {
      int axis = random.nextInt(shape.size());
      List<Term> parts = new ArrayList<>();
      for (int left = shape.get(axis); left > 0; ) {
        List<Integer> part = new ArrayList<>(shape);
        part.set(axis, 1 + random.nextInt(left));
        left -= part.get(axis);
        parts.add(term(base, part, d));
      }
      return new Term.Concatenate(parts, axis, type, Kit.HERE);
    }
    if (kind == 22 && shape.size() == 1 && base != Base.BOOL) {
      return new Term.Sort(term(base, shape, d), type, Kit.HERE);
    }
    if (kind == 23 && !shape.isEmpty()) {
      return put(term(base, shape, d), d);
    }
    return kind == 24 && loops.isEmpty() && iterations == 0 ? fold(base, shape, d) : null;
  }

  private Term put(Term of, int d) {
    int places = 1 + random.nextInt(of.type().shape().size());
    List<Term> indices = new ArrayList<>();
    for (int i = 0; i < places; i++) {
      indices.add(term(Base.INT, List.of(), 1));
    }
    List<Integer> shape = of.type().shape();
    Term value = term(of.type().base(), shape.subList(places, shape.size()), d);
    return new Term.Put(of, indices, value, of.type(), Kit.HERE);
  }

  private Term fold(Base base, List<Integer> shape, int d) {
    List<Term> initial = new ArrayList<>();
    initial.add(term(base, shape, d));
    if (random.nextInt(3) == 0) {
      initial.add(term(pick(Base.values(), 3), pick(SHAPES), 1));
    }
    Iteration iteration = new Iteration(initial);
    List<Binder> binders = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(2); i++) {
      binders.add(new Binder("b" + names++, 2));
    }
    List<Term> soFar = new ArrayList<>();
    for (int i = 0; i < initial.size(); i++) {
      soFar.add(new Term.Accumulator(iteration, i, initial.get(i).type(), Kit.HERE));
    }
    loops.addAll(binders);
    leaves.addAll(soFar);
    iterations++;
    Term where = random.nextBoolean() ? null : term(Base.BOOL, List.of(), 1);
    List<Term> next = new ArrayList<>();
    for (int i = 0; i < initial.size(); i++) {
      next.add(next(soFar.get(i), Math.min(d, 2)));
    }
    iterations--;
    leaves.removeAll(soFar);
    binders.forEach(loops::remove);
    iteration.define(binders, next, where);
    return new Term.Fold(iteration, 0, initial.getFirst().type(), Kit.HERE);
  }

  /** Half of the time made of what it was. */
  private Term next(Term soFar, int d) {
    Type type = soFar.type();
    if (!type.isScalar() && random.nextInt(3) == 0) {
      Term replaced = put(soFar, d);
      return random.nextBoolean()
          ? replaced
          : Kit.select(term(Base.BOOL, List.of(), d), replaced, soFar);
    }
    Term fresh = term(type.base(), type.shape(), d);
    return switch (random.nextInt(4)) {
      case 0 -> fresh;
      case 1 -> Kit.select(term(Base.BOOL, List.of(), d), fresh, soFar);
      default ->
          type.base() == Base.BOOL
              ? Kit.apply(Operation.OR, fresh, soFar)
              : Kit.apply(random.nextBoolean() ? Operation.ADD : Operation.MAX, fresh, soFar);
    };
  }

  /** Half of the time a scalar, which is broadcast. */
  private List<Integer> some(List<Integer> shape) {
    return random.nextBoolean() ? shape : List.of();
  }

  private Term built(Base base, List<Integer> shape, int d) {
    Binder binder = new Binder("b" + names++, shape.getFirst());
    loops.add(binder);
    Term body = term(base, shape.subList(1, shape.size()), d);
    loops.removeLast();
    return Kit.build(List.of(binder), body);
  }

  private Term reduced(Base base, List<Integer> shape, int d) {
    ReduceOp op =
        switch (base) {
          case REAL -> pick(List.of(ReduceOp.SUM, ReduceOp.PROD, ReduceOp.MIN, ReduceOp.MAX));
          case INT -> pick(List.of(ReduceOp.SUM, ReduceOp.MIN, ReduceOp.ARGMIN, ReduceOp.ARGMAX));
          default -> pick(List.of(ReduceOp.ANY, ReduceOp.ALL));
        };
    boolean arg = op == ReduceOp.ARGMIN || op == ReduceOp.ARGMAX;
    Base inner = arg ? Base.REAL : base;
    if (shape.isEmpty() && random.nextBoolean()) {
      List<Binder> binders = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(2); i++) {
        binders.add(new Binder("b" + names++, 2 + random.nextInt(2)));
      }
      loops.addAll(binders);
      Term where = random.nextBoolean() ? null : term(Base.BOOL, List.of(), d);
      Term body = term(inner, List.of(), d);
      binders.forEach(loops::remove);
      return Kit.over(op, binders, where, body);
    }
    if (shape.isEmpty()) {
      return Kit.reduce(op, term(inner, pick(SHAPES.subList(3, 6)), d));
    }
    List<Integer> longer = new ArrayList<>(shape);
    int axis = random.nextInt(shape.size() + 1);
    longer.add(axis, 2);
    return Kit.reduce(op, term(inner, longer, d), axis);
  }

  private Term real(List<Integer> shape, int d) {
    Operation op =
        pick(
            List.of(
                Operation.ADD,
                Operation.SUBTRACT,
                Operation.MULTIPLY,
                Operation.MULTIPLY,
                Operation.DIVIDE,
                Operation.DIVIDE,
                Operation.MIN,
                Operation.MAX,
                Operation.POWER,
                Operation.ATAN2,
                Operation.NEGATE,
                Operation.ABS,
                Operation.SQRT,
                Operation.EXP,
                Operation.EXPM1,
                Operation.LOG,
                Operation.LOG1P,
                Operation.SIN,
                Operation.COS,
                Operation.TAN,
                Operation.ASIN,
                Operation.ACOS,
                Operation.TANH));
    return switch (op) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MIN, MAX, POWER, ATAN2 -> {
        Term a = term(Base.REAL, shape, d);
        Term b = random.nextInt(6) == 0 ? a : number(some(shape), d);
        yield Kit.apply(op, a, b);
      }
      default -> Kit.apply(op, term(Base.REAL, shape, d));
    };
  }

  private Term number(List<Integer> shape, int d) {
    return random.nextInt(4) == 0
        ? new Term.Retype(term(Base.INT, shape, d), type(Base.REAL, shape), Kit.HERE)
        : term(Base.REAL, shape, d);
  }

  private Term integer(List<Integer> shape, int d) {
    return switch (random.nextInt(9)) {
      case 0 -> Kit.apply(Operation.FLOOR, term(Base.REAL, shape, d));
      case 1 -> Kit.apply(Operation.ROUND, term(Base.REAL, shape, d));
      case 2 ->
          Kit.apply(Operation.MULTIPLY, term(Base.INT, shape, d), term(Base.INT, some(shape), d));
      case 3 -> Kit.apply(Operation.MIN, term(Base.INT, shape, d), term(Base.INT, some(shape), d));
      case 4 -> Kit.apply(Operation.NEGATE, term(Base.INT, shape, d));
      case 5 -> shape.isEmpty() ? Kit.step() : term(Base.INT, shape, d);
      case 6 ->
          shape.isEmpty() && iterations == 0
              ? new Term.Occurrences(
                  Kit.apply(
                      Operation.FLOOR, Kit.coalesce(term(Base.REAL, List.of(), d), Kit.num(0))),
                  8,
                  Type.INT,
                  Kit.HERE)
              : term(Base.INT, shape, d);
      default -> Kit.apply(Operation.ADD, term(Base.INT, shape, d), term(Base.INT, some(shape), d));
    };
  }

  private Term bool(List<Integer> shape, int d) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> Kit.apply(Operation.LESS, number(shape, d), number(some(shape), d));
      case 2 -> Kit.apply(Operation.LESS_EQUAL, number(shape, d), number(some(shape), d));
      case 3 -> {
        Base base = random.nextBoolean() ? Base.BOOL : Base.INT;
        yield Kit.apply(Operation.EQUAL, term(base, shape, d), term(base, some(shape), d));
      }
      case 4 -> Kit.and(term(Base.BOOL, shape, d), term(Base.BOOL, some(shape), d));
      case 5 -> Kit.or(term(Base.BOOL, shape, d), term(Base.BOOL, some(shape), d));
      case 6 -> Kit.not(term(Base.BOOL, shape, d));
      default -> Kit.apply(Operation.DEFINED, term(pick(Base.values(), 3), shape, d));
    };
  }
}
