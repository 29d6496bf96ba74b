package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Fix;
import org.rewlang.model.Base;
import org.rewlang.model.Operation;
import org.rewlang.model.Order;
import org.rewlang.model.RecordType;
import org.rewlang.model.Structure;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.source.Span;
import org.rewlang.syntax.Expr;

/** Makes structured values fit each other and their places, or says why they don't. */
final class Structures {

  /** Two values of one structure. */
  record Pair(Value left, Value right) {}

  private final Session session;

  Structures(Session session) {
    this.session = session;
  }

  private String show(Value value) {
    return "`" + session.types.show(value.structure()) + "`";
  }

  /** The array that a value is, where only an array has a meaning. */
  Term tensor(Value value, Expr expr, Env env) {
    if (value instanceof Value.Tensor t) {
      return t.term();
    }
    Structure structure = value.structure();
    if (value instanceof Value.Logic) {
      return formula(expr, env);
    }
    session.reporter.report(
        session
            .diagnose(
                Code.TYPE_MISMATCH, "a " + word(structure) + " has no place here", expr.span(), env)
            .label("this is " + show(value))
            .found(session.types.show(structure))
            .hint(way(structure)));
    return env.error(expr.span());
  }

  private Term formula(Expr expr, Env env) {
    String text = env.file.source.text(expr.span());
    String asked = "satisfied(" + text + ")";
    session.reporter.report(
        session
            .diagnose(
                Code.FORMULA_AS_VALUE,
                "a formula about the whole episode has no value in a step",
                expr.span(),
                env)
            .label("nobody knows yet whether it holds")
            .hint("ask whether it is decided: `" + asked + "`")
            .fix(Fix.maybe("ask whether it is decided", env.file.source, expr.span(), asked)));
    return env.error(expr.span());
  }

  private static String word(Structure structure) {
    return switch (structure) {
      case Structure.Logic _ -> "formula";
      case Structure.Tensor _ -> "number";
      case Structure.Record _ -> "record";
      case Structure.Array _ -> "row of records";
      case Structure.Bounded _ -> "list";
      case Structure.Optional o -> word(o.of()) + " that may be absent";
      case Structure.Rotation _ -> "quaternion";
      case Structure.Pose _ -> "pose";
    };
  }

  private static String way(Structure structure) {
    return switch (structure) {
      case Structure.Logic _ -> "ask whether it is decided: `satisfied(…)`, `violated(…)`";
      case Structure.Tensor _ -> "";
      case Structure.Record r -> "take one of its fields: `." + first(r.type()) + "`";
      case Structure.Array _, Structure.Bounded _ ->
          "take one element, `…[0]`, or make one number of all with `sum(… for x in …)`";
      case Structure.Optional o -> way(o.of());
      case Structure.Rotation _ -> "take `.w`, `.x`, `.y` or `.z`, or its `angle(…)`";
      case Structure.Pose _ -> "take its `.position` or `.rotation`";
    };
  }

  private static String first(RecordType type) {
    return type.fields().isEmpty() ? "…" : type.fields().getFirst().name();
  }

  /** The value as {@code target}; an error, with the reason told, where it doesn't fit. */
  Value coerce(Value value, Structure target, Expr expr, Env env, String place) {
    if (value.isError() || Value.isError(target)) {
      return Value.error(env.at(expr.span()));
    }
    if (target instanceof Structure.Logic) {
      Value logic = session.temporal.bool(value, expr, place, false, env);
      return logic.isError()
          ? logic
          : new Value.Logic(session.temporal.formula(logic), env.at(expr.span()));
    }
    if (value instanceof Value.Logic) {
      return Value.of(formula(expr, env));
    }
    Type type = Value.type(target);
    if (type != null && value instanceof Value.Tensor t) {
      return Value.of(session.fit.coerce(t.term(), type, expr, env, place));
    }
    Value fitted = fitted(value, target, env.at(expr.span()));
    if (fitted == null) {
      mismatch(value, target, expr, env, place);
      return Value.error(env.at(expr.span()));
    }
    return fitted;
  }

  private @Nullable Value fitted(Value value, Structure target, Location at) {
    if (value.structure().equals(target)) {
      return value;
    }
    if (target instanceof Structure.Optional o) {
      if (value instanceof Value.Bundle b && b.structure() instanceof Structure.Optional own) {
        Value inner = fitted(Bundles.present(b, own), o.of(), at);
        return inner == null
            ? null
            : Value.of(o, Bundles.prepend(b.leaves().getFirst(), inner.terms()), at);
      }
      Value inner = fitted(value, o.of(), at);
      return inner == null || !o.hasPresence()
          ? inner
          : Value.of(o, Bundles.prepend(Terms.bool(true, at), inner.terms()), at);
    }
    if (value instanceof Value.Bundle b
        && b.structure() instanceof Structure.Optional own
        && !(own.of() instanceof Structure.Bounded)) {
      return fitted(Bundles.assumed(b, own, at), target, at);
    }
    if (target instanceof Structure.Bounded t) {
      Value.Bundle list = list(value, at);
      if (list == null) {
        return null;
      }
      Structure.Bounded own = (Structure.Bounded) list.structure();
      Value.Bundle same = retyped(list, own, t.element());
      return same == null || own.bound() > t.bound() ? null : Bundles.bounded(same, t.bound(), at);
    }
    return null;
  }

  /** A list, or an array as one in which every place holds an element; null of anything else. */
  static Value.@Nullable Bundle list(Value value, Location at) {
    return switch (value.structure()) {
      case Structure.Bounded _ -> (Value.Bundle) value;
      case Structure.Array a ->
          Bundles.list(Masks.everywhere(a.length(), at), value, a.element(), at);
      case Structure.Tensor t when !t.type().isScalar() -> {
        List<Integer> shape = t.type().shape();
        yield Bundles.list(
            Masks.everywhere(shape.getFirst(), at),
            value,
            new Structure.Tensor(t.type().withShape(shape.subList(1, shape.size()))),
            at);
      }
      default -> null;
    };
  }

  /** A list whose elements are of another type that they fit: ints as reals, zeros in a unit. */
  private Value.@Nullable Bundle retyped(
      Value.Bundle list, Structure.Bounded own, Structure element) {
    if (own.element().equals(element)) {
      return list;
    }
    Type from = Value.type(own.element());
    Type to = Value.type(element);
    if (from == null || to == null) {
      return null;
    }
    Term numbers = list.leaves().getLast();
    boolean number =
        from.isNumber()
            && to.base() == Base.REAL
            && from.shape().equals(to.shape())
            && (from.dimension().equals(to.dimension()) || Terms.isZero(numbers));
    if (!number) {
      return null;
    }
    Term wide = Terms.inDimension(Terms.widen(numbers), to.dimension());
    return new Value.Bundle(
        new Structure.Bounded(element, own.bound()),
        List.of(list.leaves().getFirst(), wide),
        list.at());
  }

  private void mismatch(Value value, Structure target, Expr expr, Env env, String place) {
    String wanted = session.types.show(target);
    Diagnostic.Builder d =
        session
            .diagnose(
                Code.TYPE_MISMATCH,
                place + " needs `" + wanted + "`, not " + show(value),
                expr.span(),
                env)
            .label("this is " + show(value))
            .found(session.types.show(value.structure()))
            .expected(List.of(wanted));
    String text = env.file.source.text(expr.span());
    if (target instanceof Structure.Rotation r && value.structure() instanceof Structure.Rotation) {
      d.hint("the order is another; `" + r.order() + "(…)` converts")
          .fix(
              Fix.replace(
                  "convert the order", env.file.source, expr.span(), r.order() + "(" + text + ")"));
    } else if (target instanceof Structure.Rotation && isFour(value)) {
      d.hint("say in which order the four numbers stand: `wxyz(…)` or `xyzw(…)`");
    } else if (target instanceof Structure.Bounded b
        && value.structure() instanceof Structure.Bounded own
        && own.bound() > b.bound()) {
      d.hint("it may hold more than " + b.bound() + " elements; declare `[.." + own.bound() + "]`");
    } else if (value.structure() instanceof Structure.Optional) {
      d.hint("say what stands for it where it is absent: `… ?? …`");
    } else if (value.structure() instanceof Structure.Bounded
        && target instanceof Structure.Tensor t
        && !t.type().isScalar()) {
      d.hint("a list has no fixed length; declare it with `..`");
    } else if (!(value instanceof Value.Tensor)) {
      d.hint(way(value.structure()));
    }
    session.reporter.report(d);
  }

  /** Says that a list is too long for its bound. */
  void tooLong(int length, int bound, Expr list, Env env) {
    session.reporter.report(
        session
            .diagnose(
                Code.SHAPE_MISMATCH,
                "a list of at most " + bound + " can't hold " + length + " elements",
                list.span(),
                env)
            .label("these are " + length)
            .found(Integer.toString(length))
            .hint("leave some out, or declare a larger bound"));
  }

  private static boolean isFour(Value value) {
    return value instanceof Value.Tensor t && t.term().type().shape().equals(List.of(4));
  }

  /**
   * Both as one structure; null, with the reason told, where they don't fit. At least one of them
   * is structured.
   */
  @Nullable Pair unify(Value a, Expr left, Value b, Expr right, String what, Span at, Env env) {
    if (a.isError() || b.isError()) {
      return null;
    }
    Structure joined = joined(a.structure(), b.structure());
    Value x = joined == null ? null : fitted(a, joined, env.at(left.span()));
    Value y = joined == null ? null : fitted(b, joined, env.at(right.span()));
    if (x != null && y != null) {
      return new Pair(x, y);
    }
    Diagnostic.Builder d =
        session
            .diagnose(Code.TYPE_MISMATCH, what + " needs two values of one type", at, env)
            .label("between " + show(a) + " and " + show(b))
            .related(env.file.source, left.span(), "this is " + show(a))
            .related(env.file.source, right.span(), "this is " + show(b))
            .found(session.types.show(a.structure()) + " and " + session.types.show(b.structure()));
    if (a.structure() instanceof Structure.Rotation r
        && b.structure() instanceof Structure.Rotation) {
      convert(d, r.order(), right, env);
    }
    session.reporter.report(d);
    return null;
  }

  /** The fix where two quaternions' orders differ. */
  void convert(Diagnostic.Builder d, Order order, Expr expr, Env env) {
    String text = env.file.source.text(expr.span());
    d.hint("convert one of them: `" + order + "(…)`")
        .fix(
            Fix.replace(
                "convert the order", env.file.source, expr.span(), order + "(" + text + ")"));
  }

  private static @Nullable Structure joined(Structure a, Structure b) {
    if (a.equals(b)) {
      return a;
    }
    if (a instanceof Structure.Optional || b instanceof Structure.Optional) {
      Structure inner = joined(sure(a), sure(b));
      return inner == null ? null : new Structure.Optional(inner);
    }
    Structure.Bounded x = asList(a);
    Structure.Bounded y = asList(b);
    if (x == null || y == null) {
      return null;
    }
    Structure element =
        x.element().equals(y.element()) ? x.element() : widest(x.element(), y.element());
    return element == null ? null : new Structure.Bounded(element, Math.max(x.bound(), y.bound()));
  }

  private static Structure sure(Structure s) {
    return s instanceof Structure.Optional o ? o.of() : s;
  }

  private static Structure.@Nullable Bounded asList(Structure s) {
    return switch (s) {
      case Structure.Bounded b -> b;
      case Structure.Array a -> new Structure.Bounded(a.element(), a.length());
      case Structure.Tensor t when !t.type().isScalar() -> {
        List<Integer> shape = t.type().shape();
        yield new Structure.Bounded(
            new Structure.Tensor(t.type().withShape(shape.subList(1, shape.size()))),
            shape.getFirst());
      }
      default -> null;
    };
  }

  private static @Nullable Structure widest(Structure a, Structure b) {
    return a instanceof Structure.Tensor s
            && b instanceof Structure.Tensor t
            && s.type().isNumber()
            && t.type().isNumber()
            && s.type().shape().equals(t.type().shape())
        ? new Structure.Tensor(
            Type.real(s.type().dimension().isNone() ? t.type().dimension() : s.type().dimension())
                .withShape(s.type().shape()))
        : null;
  }

  /** {@code a ?? b}: {@code b} where {@code a} is absent. */
  Value coalesce(Value a, Expr left, Value b, Expr right, Span op, Span span, Env env) {
    Location at = env.at(span);
    Pair pair = unify(a, left, b, right, "`??`", op, env);
    if (pair == null) {
      return Value.error(at);
    }
    if (pair.left() instanceof Value.Bundle x
        && x.structure() instanceof Structure.Optional o
        && o.hasPresence()
        && pair.right() instanceof Value.Bundle y) {
      Term there = x.leaves().getFirst();
      if (b.structure() instanceof Structure.Optional) {
        Value chosen = Bundles.select(there, Bundles.present(x, o), Bundles.present(y, o), at);
        return Value.of(
            o, Bundles.prepend(Terms.or(there, y.leaves().getFirst(), at), chosen.terms()), at);
      }
      return Bundles.select(there, Bundles.present(x, o), Bundles.present(y, o), at);
    }
    return Bundles.zip(
        pair.left(),
        pair.right(),
        at,
        (x, y) -> Terms.apply(Operation.COALESCE, x.type().element(), at, x, y));
  }

  /** {@code a if c else b}. */
  Value conditional(Expr.Conditional c, Term condition, Value then, Value otherwise, Env env) {
    Location at = env.at(c.span());
    Pair pair = unify(then, c.then(), otherwise, c.otherwise(), "`if … else`", c.span(), env);
    Term one = session.fit.condition(condition, c.condition(), env, "the choice of a value");
    return pair == null || Terms.isError(one)
        ? Value.error(at)
        : Bundles.select(one, pair.left(), pair.right(), at);
  }

  /** Whether a value is there. */
  Term present(Value.Bundle value, Location at) {
    if (value.structure() instanceof Structure.Optional) {
      return value.leaves().getFirst();
    }
    List<Term> all = new ArrayList<>();
    if (value.structure() instanceof Structure.Rotation
        || value.structure() instanceof Structure.Pose) {
      for (Term leaf : value.leaves()) {
        Term defined = Terms.apply(Operation.DEFINED, Type.BOOL, at, leaf);
        all.add(new Term.Reduce(org.rewlang.model.ReduceOp.ALL, defined, null, Type.BOOL, at));
      }
    }
    return all.stream().reduce((a, b) -> Terms.and(a, b, at)).orElse(Terms.bool(true, at));
  }

  /** Whether two records are equal: all their fields are. */
  @Nullable Term equal(Value a, Value b, Location at) {
    if (!(a.structure() instanceof Structure.Record) || !a.structure().equals(b.structure())) {
      return null;
    }
    List<Term> all = new ArrayList<>();
    for (int i = 0; i < a.terms().size(); i++) {
      Term same = Terms.apply(Operation.EQUAL, Type.BOOL, at, a.terms().get(i), b.terms().get(i));
      all.add(
          same.type().isScalar()
              ? same
              : new Term.Reduce(org.rewlang.model.ReduceOp.ALL, same, null, Type.BOOL, at));
    }
    return all.stream().reduce((x, y) -> Terms.and(x, y, at)).orElse(Terms.bool(true, at));
  }
}
