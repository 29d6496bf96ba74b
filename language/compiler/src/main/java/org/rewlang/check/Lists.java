package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.model.Base;
import org.rewlang.model.Binder;
import org.rewlang.model.Operation;
import org.rewlang.model.Structure;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Expr;

/** Lists of a bounded length and rows of records: written, indexed, iterated, filtered. */
final class Lists {

  private final Session session;

  Lists(Session session) {
    this.session = session;
  }

  /** {@code [a, b]}: an array of numbers, or a row or list of anything else. */
  Value literal(Expr.ListLit list, Env env, @Nullable Structure expected) {
    Structure element =
        switch (expected) {
          case Structure.Array a -> a.element();
          case Structure.Bounded b -> b.element();
          case Structure.Optional o when o.of() instanceof Structure.Bounded b -> b.element();
          case null, default -> null;
        };
    Type type = expected == null ? null : Value.type(expected);
    if (element == null && (type != null || !isStructured(list, env))) {
      return Value.of(session.quantities.list(list, env, type));
    }
    if (list.elements().isEmpty() && element != null) {
      return empty(element, env.at(list.span()));
    }
    if (element != null && Value.type(element) != null) {
      Type whole = Value.type(Structure.array(element, list.elements().size()));
      return Value.of(session.quantities.list(list, env, whole));
    }
    if (list.unit() != null) {
      session.reporter.report(
          session
              .diagnose(Code.UNIT_MISMATCH, "a unit stands behind numbers", list.unit().span(), env)
              .label("these are no numbers"));
      return Value.error(env.at(list.span()));
    }
    List<Value> values = new ArrayList<>();
    for (Expr e : list.elements()) {
      values.add(session.expressions.value(e, env, element));
    }
    Structure common = element == null ? values.getFirst().structure() : element;
    List<Value> fitted = new ArrayList<>();
    boolean wrong = false;
    for (int i = 0; i < values.size(); i++) {
      Value value =
          session.structures.coerce(
              values.get(i), common, list.elements().get(i), env, "an element of this list");
      wrong |= value.isError();
      fitted.add(value);
    }
    return wrong ? Value.error(env.at(list.span())) : row(common, fitted, env.at(list.span()));
  }

  /**
   * Whether the first element says that these are no numbers. It is elaborated for nothing else.
   */
  private boolean isStructured(Expr.ListLit list, Env env) {
    if (list.elements().isEmpty()) {
      return false;
    }
    Expr first = list.elements().getFirst();
    if (first instanceof Expr.NumberLit
        || first instanceof Expr.ListLit
        || first instanceof Expr.BoolLit
        || first instanceof Expr.Unary) {
      return false;
    }
    Value[] value = {Value.error(env.at(first.span()))};
    session.reporter.capture(() -> session.sites.mute(() -> value[0] = session.value(first, env)));
    return value[0] instanceof Value.Bundle;
  }

  /** A list of which no place holds an element. */
  private static Value empty(Structure element, Location at) {
    List<Term> leaves = new ArrayList<>();
    Structure list = new Structure.Bounded(element, 1);
    for (Structure.Leaf leaf : list.leaves()) {
      leaves.add(
          Terms.broadcast(new Term.Const(0, leaf.type().element(), at), leaf.type().shape()));
    }
    return Value.of(list, leaves, at);
  }

  private static Value row(Structure element, List<Value> values, Location at) {
    List<Term> leaves = new ArrayList<>();
    int count = element.leaves().size();
    for (int i = 0; i < count; i++) {
      int leaf = i;
      leaves.add(Terms.stack(values.stream().map(v -> v.terms().get(leaf)).toList(), at));
    }
    return Value.of(Structure.array(element, values.size()), leaves, at);
  }

  /** {@code xs[i]} of a list or of a row of records: absent where there is no such element. */
  Value element(Value.Bundle target, Expr.Index i, Env env) {
    Location at = env.at(i.span());
    if (target.structure() instanceof Structure.Optional o
        && (o.of() instanceof Structure.Bounded || o.of() instanceof Structure.Array)) {
      Value inner = Bundles.present(target, o);
      Value element = element((Value.Bundle) inner, i, env);
      return element.isError() ? element : Bundles.maybe(target.leaves().getFirst(), element, at);
    }
    if (!(target.structure() instanceof Structure.Bounded)
        && !(target.structure() instanceof Structure.Array)) {
      session.reporter.report(
          session
              .diagnose(
                  Code.SHAPE_MISMATCH,
                  "`" + session.types.show(target.structure()) + "` has no elements",
                  i.span(),
                  env)
              .label("only an array or a list has positions"));
      return Value.error(at);
    }
    Expr.Subscript first = i.subscripts().getFirst();
    if (!(first instanceof Expr.Subscript.At position)) {
      Value part = first instanceof Expr.Subscript.Slice slice ? slice(target, slice, env) : target;
      return part.isError() || i.subscripts().size() == 1 ? part : each(part, i, env);
    }
    Term index =
        session.fit.coerce(
            session.expr(position.index(), env), Type.INT, position.index(), env, "a position");
    if (Terms.isError(index)) {
      return Value.error(at);
    }
    Value element = at(target, index, position.index(), at, env);
    if (element.isError() || i.subscripts().size() == 1) {
      return element;
    }
    Expr.Index rest =
        new Expr.Index(i.target(), i.subscripts().subList(1, i.subscripts().size()), i.span());
    return session.indexing.of(element, rest, env);
  }

  private Value at(Value.Bundle target, Term index, Expr expr, Location at, Env env) {
    int bound = target.structure().axes().getFirst();
    boolean list = target.structure() instanceof Structure.Bounded;
    if (index instanceof Term.Const c) {
      int k = (int) c.value();
      if (k < -bound || k >= bound) {
        session.reporter.report(
            session
                .diagnose(
                    Code.INDEX_RANGE,
                    "position "
                        + k
                        + " is outside a list of "
                        + (list ? "at most " : "")
                        + session.types.length(bound),
                    expr.span(),
                    env)
                .label("positions go from 0 to " + (bound - 1))
                .found(Integer.toString(k)));
        return Value.error(at);
      }
      if (!list) {
        return Bundles.at(target, Terms.integer(k < 0 ? k + bound : k, at), at);
      }
      if (k < 0) {
        Term length = Masks.length(target.leaves().getFirst(), at);
        Term from = Terms.apply(Operation.ADD, Type.INT, at, length, index);
        return element(target, from, at);
      }
    }
    return element(target, index, at);
  }

  /** The element at a position; absent where there is none. */
  private static Value element(Value.Bundle target, Term index, Location at) {
    Term position = Functions.shared("position", index, at);
    Term there =
        target.structure() instanceof Structure.Bounded
            ? target.leaves().getFirst()
            : Masks.everywhere(target.structure().axes().getFirst(), at);
    Term place = Functions.shared("place", Masks.place(there, position, at), at);
    Term holds = Terms.element(there, List.of(place), at);
    return Bundles.maybe(holds, Bundles.at(target, place, at), at);
  }

  /** {@code xs[:, 0]}: the other positions, in each element of what the first one gives. */
  private Value each(Value part, Expr.Index i, Env env) {
    Location at = env.at(i.span());
    Expr.Index rest =
        new Expr.Index(i.target(), i.subscripts().subList(1, i.subscripts().size()), i.span());
    Binder binder = new Binder("i", part.structure().axes().getFirst());
    Value one = session.indexing.of(Bundles.element(part, Terms.loop(binder, at), at), rest, env);
    if (one.isError()) {
      return one;
    }
    Value all = Bundles.build(List.of(binder), one, at);
    return part.structure() instanceof Structure.Bounded
        ? Bundles.list(part.terms().getFirst(), all, one.structure(), at)
        : all;
  }

  /**
   * {@code xs[1:3]}: those of a list that there are, as in Python; of a row of records its part.
   */
  private Value slice(Value.Bundle target, Expr.Subscript.Slice slice, Env env) {
    Location at = env.at(slice.span());
    int bound = target.structure().axes().getFirst();
    Integer from = end(slice.from(), 0, env);
    Integer to = end(slice.to(), bound, env);
    if (from == null || to == null) {
      return Value.error(at);
    }
    boolean list = target.structure() instanceof Structure.Bounded;
    int most = most(from, to, bound, list);
    if (most <= 0 || !list && (Math.abs(from) > bound || Math.abs(to) > bound)) {
      session.reporter.report(
          session
              .diagnose(
                  Code.INDEX_RANGE,
                  most <= 0 ? "this slice is empty" : "this slice goes beyond the end",
                  slice.span(),
                  env)
              .label("of " + (list ? "at most " : "") + session.types.length(bound) + " elements"));
      return Value.error(at);
    }
    if (from == 0 && to == bound) {
      return target;
    }
    Binder binder = new Binder("i", most);
    Term index = Terms.loop(binder, at);
    if (!list) {
      Term place = plus(index, Terms.integer(from < 0 ? from + bound : from, at), at);
      return Bundles.build(List.of(binder), Bundles.at(target, place, at), at);
    }
    Term there = target.leaves().getFirst();
    Term length = Functions.shared("length", Masks.length(there, at), at);
    Term start = Functions.shared("start", within(from, length, at), at);
    Term count = Terms.apply(Operation.SUBTRACT, Type.INT, at, within(to, length, at), start);
    Term place = Masks.place(there, plus(index, start, at), at);
    Value elements = Bundles.at(target, Functions.shared("place", place, at), at);
    Value all = Bundles.build(List.of(binder), elements, at);
    Term first = Masks.first(Functions.shared("count", count, at), most, at);
    return Bundles.list(first, all, elements.structure(), at);
  }

  /** The most elements that a slice can have. */
  private static int most(int from, int to, int bound, boolean list) {
    int first = Math.max(from < 0 ? from + bound : from, 0);
    int end = Math.min(to < 0 ? to + bound : to, bound);
    // From the end of a list on, a slice may begin at any place.
    return list && from < 0 && to >= 0 ? Math.min(-from, Math.min(to, bound)) : end - first;
  }

  private @Nullable Integer end(@Nullable Expr expr, int without, Env env) {
    return expr == null
        ? Integer.valueOf(without)
        : session.constants.whole(expr, env, "the end of a slice");
  }

  private static Term plus(Term a, Term b, Location at) {
    return b instanceof Term.Const c && c.value() == 0
        ? a
        : Terms.apply(Operation.ADD, Type.INT, at, a, b);
  }

  /** A position, from the end if it is below 0, held between 0 and the length. */
  private static Term within(int position, Term length, Location at) {
    Term end = Terms.integer(position, at);
    return position < 0
        ? Terms.apply(Operation.MAX, Type.INT, at, Terms.integer(0, at), plus(length, end, at))
        : position == 0 ? end : Terms.apply(Operation.MIN, Type.INT, at, end, length);
  }

  /** {@code sort(xs)}: a list as long, in ascending order, what is undefined last. */
  static Value sort(Term there, Term numbers, Location at) {
    Term sorted = new Term.Sort(Bundles.where(there, numbers, at), numbers.type(), at);
    int bound = there.type().shape().getFirst();
    Term first = Masks.isFull(there) ? there : Masks.first(Masks.length(there, at), bound, at);
    Structure element = new Structure.Tensor(numbers.type().element());
    return Bundles.list(first, Value.of(Functions.shared("sorted", sorted, at)), element, at);
  }

  /** {@code length(xs)}: how many elements a list has now. */
  Term length(Expr expr, Env env) {
    Value value = session.value(expr, env);
    Location at = env.at(expr.span());
    return switch (value.structure()) {
      case Structure.Bounded _ -> Masks.length(value.terms().getFirst(), at);
      case Structure.Array a -> Terms.integer(a.length(), at);
      case Structure.Tensor t when value.isError() -> Terms.error(at);
      case Structure.Tensor t when !t.type().isScalar() ->
          Terms.integer(t.type().shape().getFirst(), at);
      case Structure.Optional o when o.of() instanceof Structure.Bounded ->
          Bundles.where(value.terms().getFirst(), Masks.length(value.terms().get(1), at), at);
      default -> {
        session.reporter.report(
            session
                .diagnose(
                    Code.TYPE_MISMATCH, "`length` counts the elements of a list", expr.span(), env)
                .label("this is `" + session.types.show(value.structure()) + "`")
                .hint(
                    value instanceof Value.Tensor
                        ? "over time write `length(… over past)`"
                        : "this has no elements"));
        yield Terms.error(at);
      }
    };
  }

  /** {@code x in xs}. */
  Term contains(Value.Bundle list, Value element, Location at) {
    int bound = list.structure().axes().getFirst();
    Binder binder = new Binder("i", bound);
    Term index = Terms.loop(binder, at);
    Value each = Bundles.at(list, index, at);
    Term same = session.structures.equal(each, element, at);
    if (same == null
        && each instanceof Value.Tensor x
        && element instanceof Value.Tensor y
        && x.term().type().isScalar()
        && y.term().type().isScalar()
        && (x.term().type().element().equals(y.term().type().element())
            || x.term().type().isNumber() && y.term().type().isNumber())) {
      boolean real = x.term().type().base() == Base.REAL || y.term().type().base() == Base.REAL;
      same =
          Terms.apply(
              Operation.EQUAL,
              Type.BOOL,
              at,
              real ? Terms.widen(x.term()) : x.term(),
              real ? Terms.widen(y.term()) : y.term());
    }
    if (same == null) {
      return Terms.error(at);
    }
    Term there =
        list.structure() instanceof Structure.Bounded
            ? Terms.element(list.leaves().getFirst(), List.of(index), at)
            : null;
    return new Term.ReduceOver(
        org.rewlang.model.ReduceOp.ANY, List.of(binder), there, same, Type.BOOL, at);
  }

  /** A loop over a list's elements, as {@code x for x in xs}; null of anything else. */
  Comprehensions.@Nullable Iteration each(Value value, Location at) {
    Term present = null;
    Value list = value;
    if (value instanceof Value.Bundle b && b.structure() instanceof Structure.Optional o) {
      present = b.leaves().getFirst();
      list = Bundles.present(b, o);
    }
    if (!(list instanceof Value.Bundle bundle)
        || !(list.structure() instanceof Structure.Bounded bounded)) {
      return null;
    }
    Binder binder = new Binder("i", bounded.bound());
    Term index = Terms.loop(binder, at);
    Term there = bundle.leaves().getFirst();
    return new Comprehensions.Iteration(
        List.of(binder),
        Bundles.at(bundle, index, at),
        Masks.isFull(there) ? null : Terms.element(there, List.of(index), at),
        present,
        Comprehensions.sparse(there));
  }
}
