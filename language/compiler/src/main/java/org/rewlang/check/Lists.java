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
      return Value.of(session.unsupported("a slice of a list", first.span(), i.span(), env));
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
        Term length = Bundles.length(target.leaves().getFirst(), at);
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
            : Bundles.everywhere(target.structure().axes().getFirst(), at);
    Term place = Functions.shared("place", Bundles.place(there, position, at), at);
    Term holds = Terms.element(there, List.of(place), at);
    return Bundles.maybe(holds, Bundles.at(target, place, at), at);
  }

  /** {@code length(xs)}: how many elements a list has now. */
  Term length(Expr expr, Env env) {
    Value value = session.value(expr, env);
    Location at = env.at(expr.span());
    return switch (value.structure()) {
      case Structure.Bounded _ -> Bundles.length(value.terms().getFirst(), at);
      case Structure.Array a -> Terms.integer(a.length(), at);
      case Structure.Tensor t when value.isError() -> Terms.error(at);
      case Structure.Tensor t when !t.type().isScalar() ->
          Terms.integer(t.type().shape().getFirst(), at);
      case Structure.Optional o when o.of() instanceof Structure.Bounded ->
          Bundles.where(value.terms().getFirst(), Bundles.length(value.terms().get(1), at), at);
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
        Bundles.isFull(there) ? null : Terms.element(there, List.of(index), at),
        present,
        Comprehensions.sparse(there));
  }
}
