package org.rewlang.check;

import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.model.Base;
import org.rewlang.model.Operation;
import org.rewlang.model.ReduceOp;
import org.rewlang.model.Structure;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Expr;

/** {@code a < b <= c}, {@code a == b within e}, {@code a in b}. */
final class Comparisons {

  private final Session session;

  Comparisons(Session session) {
    this.session = session;
  }

  Term chain(Expr.Comparison c, Env env) {
    Term same =
        c.rest().size() == 1 ? session.agents.same(c.first(), c.rest().getFirst(), env) : null;
    if (same != null) {
      return same;
    }
    Expr leftExpr = c.first();
    Expr firstRight = c.rest().getFirst().right();
    // `walking == mode`: the member takes its enum from the other side.
    Structure hint =
        leftExpr instanceof Expr.NameRef n
                && !session.names.isValue(n.name(), env)
                && firstRight instanceof Expr.NameRef m
                && session.names.isValue(m.name(), env)
            ? session.value(firstRight, env).structure()
            : null;
    Value left = session.expressions.value(leftExpr, env, hint);
    Term result = null;
    for (Expr.Link link : c.rest()) {
      Value right = right(link, left, env);
      Term one =
          left instanceof Value.Tensor x && right instanceof Value.Tensor y
              ? link(c, link, x.term(), leftExpr, y.term(), env)
              : structured(c, link, left, leftExpr, right, env);
      if (result == null || Terms.isError(one)) {
        result = one;
      } else if (!Terms.isError(result)) {
        result =
            Types.broadcast(result.type().shape(), one.type().shape()) == null
                ? env.error(c.span())
                : Terms.and(result, one, env.at(c.span()));
      }
      left = right;
      leftExpr = link.right();
    }
    return result == null ? env.error(c.span()) : result;
  }

  private Value right(Expr.Link link, Value left, Env env) {
    Type type = Value.type(left.structure());
    Structure hint =
        left.isError()
            ? null
            : type == null
                ? left.structure()
                : type.base() == Base.ENUM ? new Structure.Tensor(type.element()) : null;
    if (link.right() instanceof Expr.Range r && isMembership(link)) {
      return Value.of(session.quantities.range(r, env));
    }
    if (link.op() == Expr.CompareOp.MATCHES) {
      // Its pattern is part of what has no meaning yet.
      return Value.error(env.at(link.right().span()));
    }
    return session.expressions.value(link.right(), env, hint);
  }

  private static boolean isMembership(Expr.Link link) {
    return link.op() == Expr.CompareOp.IN || link.op() == Expr.CompareOp.NOT_IN;
  }

  private Term link(
      Expr.Comparison c, Expr.Link link, Term left, Expr leftExpr, Term right, Env env) {
    Location at = env.at(c.span());
    return switch (link.op()) {
      case IN -> in(link, left, leftExpr, right, at, env);
      case NOT_IN -> {
        Term in = in(link, left, leftExpr, right, at, env);
        yield Terms.isError(in) ? in : Terms.not(in, at);
      }
      case MATCHES -> session.unsupported("`matches`", link.opSpan(), c.span(), env);
      default -> compare(link, left, leftExpr, right, at, env);
    };
  }

  private Term compare(Expr.Link link, Term left, Expr leftExpr, Term right, Location at, Env env) {
    String op = "`" + link.op().text() + "`";
    Fit.Pair pair = session.fit.unify(left, leftExpr, right, link.right(), op, link.opSpan(), env);
    if (pair == null) {
      if (link.within() != null) {
        session.expr(link.within(), env);
      }
      return Terms.error(at);
    }
    boolean equality = link.op() == Expr.CompareOp.EQUAL || link.op() == Expr.CompareOp.NOT_EQUAL;
    if (!equality && !pair.left().type().isNumber()) {
      session.reporter.report(
          session
              .diagnose(Code.TYPE_MISMATCH, op + " needs numbers", link.opSpan(), env)
              .label("between two values of type `" + session.types.show(pair.element()) + "`")
              .found(session.types.show(pair.element()))
              .expected(java.util.List.of("real", "int")));
      return Terms.error(at);
    }
    Term l = pair.left();
    Term r = pair.right();
    return switch (link.op()) {
      case LESS -> Terms.apply(Operation.LESS, Type.BOOL, at, l, r);
      case LESS_EQUAL -> Terms.apply(Operation.LESS_EQUAL, Type.BOOL, at, l, r);
      case GREATER -> Terms.apply(Operation.LESS, Type.BOOL, at, r, l);
      case GREATER_EQUAL -> Terms.apply(Operation.LESS_EQUAL, Type.BOOL, at, r, l);
      case EQUAL -> equal(link, l, r, leftExpr, at, env);
      case NOT_EQUAL -> {
        Term equal = equal(link, l, r, leftExpr, at, env);
        yield Terms.isError(equal)
            ? equal
            : equal instanceof Term.Const k ? Terms.bool(k.value() == 0, at) : Terms.not(equal, at);
      }
      case IN, NOT_IN, MATCHES -> throw new IllegalStateException(op);
    };
  }

  private Term equal(Expr.Link link, Term l, Term r, Expr leftExpr, Location at, Env env) {
    boolean real = l.type().base() == Base.REAL;
    if (link.within() != null) {
      return within(link, l, r, at, env);
    }
    if (real && !env.claim && !env.inlined && !isPast(leftExpr) && !isPast(link.right())) {
      session.reporter.report(
          session
              .diagnose(
                  Code.FLOAT_EQUALITY,
                  "reals are compared with a bare `" + link.op().text() + "`",
                  link.opSpan(),
                  env)
              .label("holds only where both are the same to the last bit")
              .hint("say how close they must be: `" + link.op().text() + " … within 1e-6`"));
    }
    return Names.equal(l, r, at);
  }

  /** {@code x != prev(x)} asks whether the very same number came again. */
  private static boolean isPast(Expr e) {
    return e instanceof Expr.Call c
        && c.callee() instanceof Expr.NameRef n
        && n.name().equals("prev");
  }

  private Term within(Expr.Link link, Term l, Term r, Location at, Env env) {
    Expr tolerance = java.util.Objects.requireNonNull(link.within());
    Term given = session.expr(tolerance, env);
    if (!l.type().isNumber()) {
      session.reporter.report(
          session
              .diagnose(Code.TYPE_MISMATCH, "`within` compares numbers", tolerance.span(), env)
              .label("these are `" + session.types.show(l.type()) + "`"));
      return Terms.error(at);
    }
    Type target = Type.real(l.type().dimension());
    Term x = Terms.widen(l);
    Term y = Terms.widen(r);
    Term e = session.fit.coerce(given, target, tolerance, env, "the tolerance after `within`");
    if (Terms.isError(e)) {
      return e;
    }
    Term difference = Terms.apply(Operation.SUBTRACT, target, at, x, y);
    return Terms.apply(
        Operation.LESS_EQUAL, Type.BOOL, at, Terms.apply(Operation.ABS, target, at, difference), e);
  }

  /** {@code x in xs} where one of them is structured. */
  private Term within(Expr.Link link, Value left, Value right, Location at, Env env) {
    if (left.isError() || right.isError()) {
      return Terms.error(at);
    }
    Value.Bundle list =
        right instanceof Value.Bundle b
                && (b.structure() instanceof Structure.Bounded
                    || b.structure() instanceof Structure.Array)
            ? b
            : null;
    Term found = list == null ? Terms.error(at) : session.lists.contains(list, left, at);
    if (Terms.isError(found)) {
      session.reporter.report(
          session
              .diagnose(
                  Code.TYPE_MISMATCH,
                  "`in` needs a value and a list of its type",
                  link.opSpan(),
                  env)
              .label(
                  "between `"
                      + session.types.show(left.structure())
                      + "` and `"
                      + session.types.show(right.structure())
                      + "`"));
    }
    return found;
  }

  /** A comparison where one of the sides is structured. */
  private Term structured(
      Expr.Comparison c, Expr.Link link, Value left, Expr leftExpr, Value right, Env env) {
    Location at = env.at(c.span());
    return switch (link.op()) {
      case IN -> within(link, left, right, at, env);
      case NOT_IN -> {
        Term in = within(link, left, right, at, env);
        yield Terms.isError(in) ? in : Terms.not(in, at);
      }
      case EQUAL, NOT_EQUAL -> {
        Structures.Pair pair =
            session.structures.unify(
                left,
                leftExpr,
                right,
                link.right(),
                "`" + link.op().text() + "`",
                link.opSpan(),
                env);
        Term same =
            pair == null || link.within() != null
                ? null
                : session.structures.equal(pair.left(), pair.right(), at);
        if (same == null && pair != null) {
          session.reporter.report(
              session
                  .diagnose(
                      Code.TYPE_MISMATCH,
                      "`"
                          + session.types.show(pair.left().structure())
                          + "` can't be compared with `"
                          + link.op().text()
                          + "`",
                      link.opSpan(),
                      env)
                  .label("only records and what they are made of can")
                  .hint(
                      pair.left().structure() instanceof Structure.Rotation
                          ? "compare the angle between them: `angle(inverse(a) * b)`"
                          : "compare what you mean of them"));
        }
        yield same == null
            ? Terms.error(at)
            : link.op() == Expr.CompareOp.EQUAL ? same : Terms.not(same, at);
      }
      default -> {
        session.structures.tensor(left, leftExpr, env);
        if (left instanceof Value.Tensor) {
          session.structures.tensor(right, link.right(), env);
        }
        yield Terms.error(at);
      }
    };
  }

  private Term in(Expr.Link link, Term left, Expr leftExpr, Term right, Location at, Env env) {
    if (Terms.anyError(left, right)) {
      return Terms.error(at);
    }
    if (link.right() instanceof Expr.Range) {
      Fit.Pair low =
          session.fit.unify(
              left,
              leftExpr,
              Terms.element(right, 0, at),
              link.right(),
              "`in`",
              link.opSpan(),
              env);
      Fit.Pair high =
          low == null
              ? null
              : session.fit.unify(
                  left,
                  leftExpr,
                  Terms.element(right, 1, at),
                  link.right(),
                  "`in`",
                  link.opSpan(),
                  env);
      return low == null || high == null
          ? Terms.error(at)
          : Terms.and(
              Terms.apply(Operation.LESS_EQUAL, Type.BOOL, at, low.right(), low.left()),
              Terms.apply(Operation.LESS_EQUAL, Type.BOOL, at, high.left(), high.right()),
              at);
    }
    if (!left.type().isScalar() || right.type().shape().size() != 1) {
      session.reporter.report(
          session
              .diagnose(
                  Code.SHAPE_MISMATCH,
                  "`in` needs a single value and a list or range",
                  link.opSpan(),
                  env)
              .label(
                  "between `"
                      + session.types.show(left.type())
                      + "` and `"
                      + session.types.show(right.type())
                      + "`"));
      return Terms.error(at);
    }
    Fit.Pair pair =
        session.fit.unify(left, leftExpr, right, link.right(), "`in`", link.opSpan(), env);
    if (pair == null) {
      return Terms.error(at);
    }
    Term equal = Terms.apply(Operation.EQUAL, Type.BOOL, at, pair.left(), pair.right());
    return new Term.Reduce(ReduceOp.ANY, equal, null, Type.BOOL, at);
  }

  /** {@code not}, {@code and}, {@code or}, {@code implies}: element by element. */
  Term logic(Expr.Binary b, Term leftValue, Term rightValue, Env env) {
    Term left = bools(leftValue, b.left(), b.op().text(), env);
    Term right = bools(rightValue, b.right(), b.op().text(), env);
    if (Terms.anyError(left, right)
        || !session.fit.shapesFit(left, b.left(), right, b.right(), b, env)) {
      return env.error(b.span());
    }
    Location at = env.at(b.span());
    return switch (b.op()) {
      case AND -> Terms.and(left, right, at);
      case OR -> Terms.or(left, right, at);
      default -> Terms.or(Terms.not(left, at), right, at);
    };
  }

  Term bools(Term value, Expr expr, @Nullable String op, Env env) {
    Type target = Type.BOOL.withShape(value.type().shape());
    return session.fit.coerce(value, target, expr, env, "`" + op + "`");
  }
}
