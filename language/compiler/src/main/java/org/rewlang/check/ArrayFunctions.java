package org.rewlang.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.model.Base;
import org.rewlang.model.Binder;
import org.rewlang.model.Operation;
import org.rewlang.model.ReduceOp;
import org.rewlang.model.Shape;
import org.rewlang.model.Structure;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Expr;

/** Functions of arrays of any rank, which no library function can take; named as in NumPy. */
final class ArrayFunctions {

  static final Map<String, String> DOCS = new LinkedHashMap<>();

  static {
    DOCS.put(
        "matmul", "The product of matrices and vectors: `matmul(a, b)`, also written `a @ b`.");
    DOCS.put("transpose", "The array with its axes in reverse order, also written `m.T`.");
    DOCS.put("reshape", "The same elements, row-major, in another shape: `reshape(x, [3, -1])`.");
    DOCS.put("flatten", "All elements as one vector, row-major.");
    DOCS.put("concatenate", "Arrays one after another: `concatenate([a, b], axis = 0)`.");
    DOCS.put("stack", "Arrays of one shape along a new axis: `stack([a, b], axis = 0)`.");
    DOCS.put("sort", "In ascending order, undefined values last; along the last axis.");
    DOCS.put("set", "The array with one element replaced: `set(v, i, x)`, `set(m, [i, j], x)`.");
  }

  private final Session session;

  ArrayFunctions(Session session) {
    this.session = session;
  }

  boolean has(String name) {
    return DOCS.containsKey(name);
  }

  Term call(String name, Expr.Call call, Env env) {
    return switch (name) {
      case "concatenate", "stack" -> join(name, call, env);
      case "set" -> set(call, env);
      case "matmul" -> {
        List<@Nullable Expr> given = session.calls.match(name, List.of("a", "b"), 2, call, env);
        if (given == null) {
          yield session.calls.arguments(call, env);
        }
        Expr left = Objects.requireNonNull(given.get(0));
        Expr right = Objects.requireNonNull(given.get(1));
        yield product(name, left, right, call, env);
      }
      case "reshape" -> {
        List<@Nullable Expr> given = session.calls.match(name, List.of("x", "shape"), 2, call, env);
        if (given == null) {
          yield session.calls.arguments(call, env);
        }
        Expr array = Objects.requireNonNull(given.get(0));
        yield reshape(session.expr(array, env), Objects.requireNonNull(given.get(1)), call, env);
      }
      default -> {
        List<@Nullable Expr> given = session.calls.match(name, List.of("x"), 1, call, env);
        if (given == null) {
          yield session.calls.arguments(call, env);
        }
        Expr first = Objects.requireNonNull(given.getFirst());
        Term value = session.expr(first, env);
        Term array = env.anyRank() ? value : array(name, value, first, env);
        Location at = env.at(call.span());
        yield Terms.isError(array)
            ? array
            : switch (name) {
              case "transpose" -> transpose(array, at);
              case "flatten" -> reshape(array, List.of(size(array.type().shape())), at);
              default -> throw new IllegalArgumentException(name);
            };
      }
    };
  }

  private Term array(String name, Term value, Expr expr, Env env) {
    if (Terms.isError(value) || !value.type().isScalar()) {
      return value;
    }
    session.reporter.report(
        session
            .diagnose(Code.SHAPE_MISMATCH, "`" + name + "` needs an array", expr.span(), env)
            .label("this is a single `" + session.types.show(value.type()) + "`"));
    return env.error(expr.span());
  }

  /** The axes in reverse order. */
  static Term transpose(Term of, Location at) {
    if (of.type().isScalar()) {
      return of;
    }
    List<Binder> binders = Functions.binders(of.type().shape());
    List<Term> indices = binders.stream().map(b -> Terms.loop(b, at)).toList();
    return Comprehensions.build(binders.reversed(), Terms.element(of, indices, at), at);
  }

  /** How many elements there are; one that is like no other where only a call knows. */
  private int size(List<Integer> shape) {
    return shape.stream().anyMatch(session.types::isOpaque)
        ? session.types.opaqueLength("…")
        : shape.stream().reduce(1, Math::multiplyExact);
  }

  /** The leading dimensions made one. */
  Term merged(Term of, int leading, Location at) {
    List<Integer> shape = of.type().shape();
    List<Integer> first = List.of(size(shape.subList(0, leading)));
    return reshape(of, Shape.concat(first, shape.subList(leading, shape.size())), at);
  }

  private static Term reshape(Term of, List<Integer> shape, Location at) {
    return of.type().shape().equals(shape)
        ? of
        : new Term.Reshape(of, of.type().withShape(shape), at);
  }

  private Term reshape(Term array, Expr given, Expr.Call call, Env env) {
    List<Expr> lengths = given instanceof Expr.ListLit list ? list.elements() : List.of(given);
    List<Integer> shape = new ArrayList<>();
    for (Expr e : lengths) {
      Integer n = session.constants.whole(e, env, "a length");
      if (n == null) {
        return env.error(call.span());
      }
      shape.add(n);
    }
    if (Terms.isError(array)) {
      return array;
    }
    if (array.type().shape().stream().anyMatch(session.types::isOpaque)) {
      shape.replaceAll(n -> n == -1 ? session.types.opaqueLength("…") : n);
      return reshape(array, shape, env.at(call.span()));
    }
    long size = array.type().size();
    long known = 1;
    for (int n : shape) {
      known *= n == -1 ? 1 : Math.max(n, 0);
    }
    int open = shape.indexOf(-1);
    if (open >= 0 && known > 0 && size % known == 0) {
      shape.set(open, (int) (size / known));
      known = size;
    }
    if (shape.isEmpty() || known != size || shape.stream().anyMatch(n -> n < 1)) {
      session.reporter.report(
          session
              .diagnose(
                  Code.SHAPE_MISMATCH,
                  "`"
                      + session.types.show(array.type())
                      + "` has "
                      + size
                      + (size == 1 ? " element" : " elements")
                      + ", another number than this shape",
                  given.span(),
                  env)
              .label("does not hold " + size));
      return env.error(call.span());
    }
    return reshape(array, shape, env.at(call.span()));
  }

  /** Of a list as many, of an array along the last axis. */
  Value sort(Expr.Call call, Env env) {
    List<@Nullable Expr> given = session.calls.match("sort", List.of("x"), 1, call, env);
    if (given == null) {
      return Value.of(session.calls.arguments(call, env));
    }
    Expr expr = Objects.requireNonNull(given.getFirst());
    Location at = env.at(call.span());
    Value value = session.value(expr, env);
    if (value instanceof Value.Bundle list
        && list.structure() instanceof Structure.Bounded b
        && b.element() instanceof Structure.Tensor t
        && t.type().isScalar()) {
      Term numbers = numbers(list.leaves().getLast(), expr, env);
      return Terms.isError(numbers)
          ? Value.error(at)
          : Lists.sort(list.leaves().getFirst(), numbers, at);
    }
    Term array = array("sort", session.structures.tensor(value, expr, env), expr, env);
    return Terms.isError(array) ? Value.error(at) : Value.of(sort(array, expr, at, env));
  }

  private Term numbers(Term array, Expr expr, Env env) {
    Type own = array.type().isNumber() ? array.type() : Type.REAL.withShape(array.type().shape());
    return session.fit.coerce(array, own, expr, env, "`sort`");
  }

  private Term sort(Term array, Expr expr, Location at, Env env) {
    Term numbers = numbers(array, expr, env);
    if (Terms.isError(numbers)) {
      return numbers;
    }
    List<Integer> shape = numbers.type().shape();
    List<Binder> rows = Functions.binders(shape.subList(0, shape.size() - 1));
    List<Term> indices = rows.stream().map(b -> Terms.loop(b, at)).toList();
    Term row = Terms.element(numbers, indices, at);
    // Sorted, the positions are no longer those of an enum's members.
    Type type = row.type().withShape(List.of(shape.getLast()));
    Term sorted = new Term.Sort(row, type, at);
    return rows.isEmpty() ? sorted : Comprehensions.build(rows, sorted, at);
  }

  // Products of matrices.

  /** {@code a @ b}. */
  Term product(Expr.Binary b, Env env) {
    return product(b.op().text(), b.left(), b.right(), b, env);
  }

  /** NumPy's rule: the last axis of the left goes with the last but one of the right. */
  private Term product(String name, Expr leftExpr, Expr rightExpr, Expr whole, Env env) {
    Term a = array(name, session.expr(leftExpr, env), leftExpr, env);
    Term b = array(name, session.expr(rightExpr, env), rightExpr, env);
    if (Terms.anyError(a, b)
        || !numbers(name, a, leftExpr, env)
        || !numbers(name, b, rightExpr, env)) {
      return env.error(whole.span());
    }
    List<Integer> x = a.type().shape();
    List<Integer> y = b.type().shape();
    boolean row = x.size() == 1;
    boolean column = y.size() == 1;
    int inner = column ? 0 : y.size() - 2;
    List<Integer> lead =
        Types.broadcast(
            x.subList(0, row ? 0 : x.size() - 2), y.subList(0, column ? 0 : y.size() - 2));
    List<Integer> last = x.subList(x.size() - 1, x.size());
    List<Integer> first = y.subList(inner, inner + 1);
    if (lead == null || !last.equals(first) || Types.broadcast(last, first) == null) {
      session.reporter.report(
          session
              .diagnose(
                  Code.SHAPE_MISMATCH,
                  "a matrix product needs as many columns on the left as rows on the right",
                  whole.span(),
                  env)
              .label(
                  "between `"
                      + session.types.show(a.type())
                      + "` and `"
                      + session.types.show(b.type())
                      + "`")
              .related(env.file.source, leftExpr.span(), "columns: " + show(last))
              .related(env.file.source, rightExpr.span(), "rows: " + show(first)));
      return env.error(whole.span());
    }
    Location at = env.at(whole.span());
    List<Binder> outer = Functions.binders(lead);
    List<Binder> rows = Functions.binders(row ? List.of() : x.subList(x.size() - 2, x.size() - 1));
    List<Binder> columns =
        Functions.binders(column ? List.of() : y.subList(y.size() - 1, y.size()));
    Binder sum = Functions.binders(last).getFirst();
    Term p = element(a, outer, rows, List.of(sum), at);
    Term q = element(b, outer, List.of(sum), columns, at);
    boolean ints = p.type().base() == Base.INT && q.type().base() == Base.INT;
    Type type = ints ? Type.INT : Type.real(p.type().dimension().times(q.type().dimension()));
    Term times =
        Terms.apply(
            Operation.MULTIPLY, type, at, ints ? p : Terms.widen(p), ints ? q : Terms.widen(q));
    Term one = new Term.ReduceOver(ReduceOp.SUM, List.of(sum), null, times, type, at);
    List<Binder> all = new ArrayList<>(outer);
    all.addAll(rows);
    all.addAll(columns);
    return all.isEmpty() ? one : Comprehensions.build(all, one, at);
  }

  private String show(List<Integer> length) {
    return session.types.length(length.getFirst());
  }

  private boolean numbers(String name, Term value, Expr expr, Env env) {
    return value.type().isNumber()
        || !Terms.isError(
            session.fit.coerce(
                value, Type.REAL.withShape(value.type().shape()), expr, env, "`" + name + "`"));
  }

  /** The element at loops of which the leading ones are broadcast. */
  private static Term element(
      Term of, List<Binder> outer, List<Binder> rows, List<Binder> columns, Location at) {
    List<Integer> shape = of.type().shape();
    int own = rows.size() + columns.size();
    List<Term> indices = new ArrayList<>();
    for (int d = 0; d < shape.size() - own; d++) {
      Binder binder = outer.get(outer.size() - (shape.size() - own) + d);
      indices.add(shape.get(d) == 1 ? Terms.integer(0, at) : Terms.loop(binder, at));
    }
    rows.forEach(b -> indices.add(Terms.loop(b, at)));
    columns.forEach(b -> indices.add(Terms.loop(b, at)));
    return Terms.element(of, indices, at);
  }

  // Several arrays made one.

  private Term join(String name, Expr.Call call, Env env) {
    List<@Nullable Expr> given = session.calls.match(name, List.of("arrays", "axis"), 1, call, env);
    if (given == null) {
      return session.calls.arguments(call, env);
    }
    Expr arrays = Objects.requireNonNull(given.getFirst());
    boolean stack = name.equals("stack");
    List<Term> parts =
        arrays instanceof Expr.ListLit list && list.unit() == null && !list.elements().isEmpty()
            ? parts(name, list, env)
            : rows(name, arrays, env);
    Integer axis =
        given.get(1) == null
            ? Integer.valueOf(0)
            : session.constants.whole(given.get(1), env, "`axis`");
    if (parts == null || axis == null) {
      return env.error(call.span());
    }
    int rank = parts.getFirst().type().shape().size() + (stack ? 1 : 0);
    int along = axis < 0 ? axis + rank : axis;
    if (along < 0 || along >= rank) {
      session.reporter.report(
          session
              .diagnose(
                  Code.INDEX_RANGE,
                  "there is no axis " + axis,
                  Objects.requireNonNull(given.get(1)).span(),
                  env)
              .label("the result has " + rank)
              .found(Integer.toString(axis)));
      return env.error(call.span());
    }
    Location at = env.at(call.span());
    return stack
        ? stack(parts, along, call, arrays, env)
        : concatenate(parts, along, arrays, at, env);
  }

  /** The arrays of a list that need not have one shape. */
  private @Nullable List<Term> parts(String name, Expr.ListLit list, Env env) {
    List<Term> parts = new ArrayList<>();
    boolean wrong = false;
    for (Expr e : list.elements()) {
      Term part = session.expr(e, env);
      part = name.equals("stack") ? part : array(name, part, e, env);
      wrong |= Terms.isError(part);
      parts.add(part);
    }
    Expr first = list.elements().getFirst();
    for (int i = 1; i < parts.size() && !wrong; i++) {
      Expr e = list.elements().get(i);
      Term scalar = sample(parts.getFirst());
      Fit.Pair pair =
          session.fit.unify(
              scalar, first, sample(parts.get(i)), e, "`" + name + "`", e.span(), env);
      wrong |= pair == null;
      if (pair != null) {
        for (int j = 0; j <= i; j++) {
          parts.set(j, as(parts.get(j), pair.element()));
        }
      }
    }
    return wrong ? null : parts;
  }

  /** One element, for its type; a written 0 stays one. */
  private static Term sample(Term array) {
    Term zero = Terms.isZero(array) ? Terms.integer(0, array.at()) : null;
    return zero != null ? zero : new Term.Const(Double.NaN, array.type().element(), array.at());
  }

  private static Term as(Term array, Type element) {
    Term wide = element.base() == Base.REAL ? Terms.widen(array) : array;
    return element.isNumber() ? Terms.inDimension(wide, element.dimension()) : wide;
  }

  /** The arrays that an array is made of. */
  private @Nullable List<Term> rows(String name, Expr expr, Env env) {
    Term array = session.expr(expr, env);
    if (Terms.isError(array)) {
      return null;
    }
    if (array.type().shape().size() < 2) {
      session.reporter.report(
          session
              .diagnose(
                  Code.SHAPE_MISMATCH, "`" + name + "` needs several arrays", expr.span(), env)
              .label("this is `" + session.types.show(array.type()) + "`")
              .hint("write them as a list: `" + name + "([a, b])`"));
      return null;
    }
    List<Term> rows = new ArrayList<>();
    for (int i = 0; i < array.type().shape().getFirst(); i++) {
      rows.add(Terms.element(array, i, array.at()));
    }
    return rows;
  }

  private Term stack(List<Term> parts, int axis, Expr.Call call, Expr arrays, Env env) {
    List<Integer> shape = parts.getFirst().type().shape();
    for (Term part : parts) {
      if (!part.type().shape().equals(shape)
          || Types.broadcast(part.type().shape(), shape) == null) {
        return differ("`stack` needs arrays of one shape", parts.getFirst(), part, arrays, env);
      }
    }
    Location at = env.at(call.span());
    Type type = parts.getFirst().type().withShape(Shape.concat(List.of(parts.size()), shape));
    Term stacked = new Term.Stack(parts, type, at);
    if (axis == 0) {
      return stacked;
    }
    List<Binder> binders = new ArrayList<>(Functions.binders(type.shape()));
    List<Term> indices = binders.stream().map(b -> Terms.loop(b, at)).toList();
    Collections.rotate(binders.subList(0, axis + 1), -1);
    return Comprehensions.build(binders, Terms.element(stacked, indices, at), at);
  }

  private Term concatenate(List<Term> parts, int axis, Expr arrays, Location at, Env env) {
    List<Integer> first = parts.getFirst().type().shape();
    int length = 0;
    for (Term part : parts) {
      List<Integer> shape = part.type().shape();
      if (shape.size() != first.size()
          || !Shape.without(shape, axis).equals(Shape.without(first, axis))) {
        return differ(
            "`concatenate` needs arrays that differ along its axis only",
            parts.getFirst(),
            part,
            arrays,
            env);
      }
      length += shape.get(axis);
    }
    List<Integer> lengths = new ArrayList<>(first);
    List<org.rewlang.model.@Nullable EnumType> axes = Shape.axes(first);
    boolean open = parts.stream().anyMatch(p -> session.types.isOpaque(p.type().shape().get(axis)));
    lengths.set(axis, open ? session.types.opaqueLength("…") : length);
    axes.set(axis, null);
    Type type = parts.getFirst().type().withShape(Shape.of(lengths, axes));
    return parts.size() == 1 ? parts.getFirst() : new Term.Concatenate(parts, axis, type, at);
  }

  private Term differ(String message, Term a, Term b, Expr arrays, Env env) {
    session.reporter.report(
        session
            .diagnose(Code.SHAPE_MISMATCH, message, arrays.span(), env)
            .label(
                "`"
                    + session.types.show(a.type())
                    + "` and `"
                    + session.types.show(b.type())
                    + "`"));
    return env.error(arrays.span());
  }

  // One element replaced.

  private Term set(Expr.Call call, Env env) {
    List<@Nullable Expr> given = session.calls.match("set", List.of("x", "at", "to"), 3, call, env);
    if (given == null) {
      return session.calls.arguments(call, env);
    }
    Expr target = Objects.requireNonNull(given.get(0));
    Expr place = Objects.requireNonNull(given.get(1));
    Expr to = Objects.requireNonNull(given.get(2));
    Term array = array("set", session.expr(target, env), target, env);
    List<Expr.Subscript> subscripts = new ArrayList<>();
    for (Expr e : place instanceof Expr.ListLit list ? list.elements() : List.of(place)) {
      subscripts.add(new Expr.Subscript.At(e, e.span()));
    }
    List<Term> indices = session.indexing.positions(array, target, subscripts, call, env);
    Term value = session.expressions.of(to, env, Terms.isError(array) ? null : array.type());
    if (indices == null || Terms.anyError(array, value)) {
      return env.error(call.span());
    }
    Term old = Terms.element(array, indices, env.at(call.span()));
    Fit.Pair pair = session.fit.unify(old, target, value, to, "`set`", to.span(), env);
    if (pair == null) {
      return env.error(call.span());
    }
    Term all = as(array, pair.element());
    Type part = pair.element().withShape(old.type().shape());
    Term fitted = session.fit.coerce(pair.right(), part, to, env, "the new value");
    return Terms.isError(fitted)
        ? fitted
        : new Term.Put(all, indices, fitted, all.type(), env.at(call.span()));
  }
}
