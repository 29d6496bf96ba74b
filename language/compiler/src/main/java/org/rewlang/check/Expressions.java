package org.rewlang.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Base;
import org.rewlang.model.EnumType;
import org.rewlang.model.Operation;
import org.rewlang.model.Structure;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Name;

/** From expressions to terms: who does what. */
final class Expressions {

  /** How many expressions all inlined functions together may have. */
  private static final int MOST_INLINED = 200_000;

  private final Session session;
  private int inlined;

  Expressions(Session session) {
    this.session = session;
  }

  /** As {@link #value}, where only an array has a meaning. */
  Term of(Expr e, Env env, @Nullable Type expected) {
    Structure structure = expected == null ? null : new Structure.Tensor(expected);
    return session.structures.tensor(value(e, env, structure), e, env);
  }

  /**
   * The value of {@code e} where structures have a meaning.
   *
   * @param expected the type that the place asks for; or null
   */
  Value value(Expr e, Env env, @Nullable Structure expected) {
    if (env.inlined && ++inlined > MOST_INLINED) {
      return Value.of(tooLarge(e, env));
    }
    Type type = expected == null ? null : Value.type(expected);
    return switch (e) {
      case Expr.TextLit t -> Value.of(text(t, env, type));
      case Expr.NameRef n -> session.names.read(n, env, type);
      case Expr.Field f -> session.fields.of(f, env);
      case Expr.Index i -> session.indexing.of(i, env);
      case Expr.Call c -> session.calls.of(c, env, expected);
      case Expr.ListLit l -> session.lists.literal(l, env, expected);
      case Expr.ListComp l -> session.comprehensions.list(l, env);
      case Expr.Binary b when b.op() == Expr.BinaryOp.COALESCE -> coalesce(b, env, expected);
      case Expr.Binary b when b.op() == Expr.BinaryOp.MULTIPLY -> product(b, env);
      case Expr.Binary b when isTemporal(b.op()) -> session.temporal.binary(b, env);
      case Expr.Binary b when isLogic(b.op()) -> logic(b, env);
      case Expr.Unary u when u.op() == Expr.UnaryOp.NOT -> not(u, env);
      case Expr.Conditional c -> conditional(c, env, expected);
      default -> Value.of(array(e, env));
    };
  }

  private static boolean isLogic(Expr.BinaryOp op) {
    return switch (op) {
      case AND, OR, IMPLIES -> true;
      default -> false;
    };
  }

  private static boolean isTemporal(Expr.BinaryOp op) {
    return switch (op) {
      case UNTIL, WEAK_UNTIL, RELEASE, SINCE, THEN -> true;
      default -> false;
    };
  }

  private static boolean isTruth(Value value) {
    return value instanceof Value.Logic
        || value instanceof Value.Tensor t && t.term().type().base() == Base.BOOL;
  }

  private Value logic(Expr.Binary b, Env env) {
    Value left = session.value(b.left(), env);
    Value right = session.value(b.right(), env);
    return left instanceof Value.Logic || right instanceof Value.Logic
        ? session.temporal.logic(b, left, right, env)
        : Value.of(
            session.comparisons.logic(
                b,
                session.structures.tensor(left, b.left(), env),
                session.structures.tensor(right, b.right(), env),
                env));
  }

  private Value not(Expr.Unary u, Env env) {
    Location at = env.at(u.span());
    Value value = session.value(u.operand(), env);
    if (value instanceof Value.Logic l) {
      return session.temporal.not(l, at);
    }
    Term term = session.structures.tensor(value, u.operand(), env);
    Term bool = session.comparisons.bools(term, u.operand(), "not", env);
    return Value.of(Terms.isError(bool) ? bool : Terms.not(bool, at));
  }

  private Term array(Expr e, Env env) {
    return switch (e) {
      case Expr.NumberLit n -> session.quantities.number(n, env);
      case Expr.BoolLit b -> Terms.bool(b.value(), env.at(b.span()));
      case Expr.Generator g -> misplaced("`for`", "`sum(…)` and its like", g, env);
      case Expr.Over o -> misplaced("`over`", "`mean(…)` and its like", o, env);
      case Expr.Unary u -> unary(u, env);
      case Expr.Binary b -> binary(b, env);
      case Expr.Comparison c -> session.comparisons.chain(c, env);
      case Expr.Convert c -> session.quantities.convert(c, env);
      case Expr.Range r -> misplaced("a range", "arguments and after `in`", r, env);
      case Expr.Broken b -> {
        session.mentions.add(env.file, b.span());
        session.sawBroken = true;
        yield env.error(b.span());
      }
      case Expr.NameRef _, Expr.Field _, Expr.Index _, Expr.Call _ -> throw structured(e);
      case Expr.ListLit _, Expr.ListComp _, Expr.Conditional _, Expr.TextLit _ ->
          throw structured(e);
    };
  }

  private static IllegalStateException structured(Expr e) {
    return new IllegalStateException("may have a structure: " + e);
  }

  /** Where an enum is expected its member may be written as in Python: {@code ties = "min"}. */
  private Term text(Expr.TextLit t, Env env, @Nullable Type expected) {
    EnumType meant = expected == null ? null : expected.enumeration();
    if (meant == null) {
      return session.unsupported("text", t.span(), t.span(), env);
    }
    session.usedEnums.add(meant);
    int index = meant.members().indexOf(t.value());
    return index >= 0
        ? session.names.member(Type.of(meant), index, t.value(), t.span(), env)
        : session.fields.missing(meant.name(), new Name(t.value(), t.span()), meant.members(), env);
  }

  private Term tooLarge(Expr e, Env env) {
    if (inlined == MOST_INLINED + 1) {
      session.reporter.escape(
          () ->
              session.reporter.report(
                  Diagnostic.of(
                          Code.TOO_MANY_OPERATIONS,
                          "the functions called here are too large together",
                          env.at(e.span()).source(),
                          env.at(e.span()).span())
                      .label(
                          "more than "
                              + MOST_INLINED
                              + " expressions once all calls are written out")
                      .hint("give a value that is used twice a name with `let`")));
    }
    return env.error(e.span());
  }

  private Term misplaced(String what, String where, Expr e, Env env) {
    session.mentions.add(env.file, e.span());
    session.reporter.report(
        session
            .diagnose(Code.MISPLACED, what + " has no place here", e.span(), env)
            .label("stands only in " + where));
    return env.error(e.span());
  }

  private Term unary(Expr.Unary u, Env env) {
    Term value = session.expr(u.operand(), env);
    return session.arithmetic.negate(value, u, env);
  }

  private Term binary(Expr.Binary b, Env env) {
    return switch (b.op()) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, POWER -> session.arithmetic.binary(b, env);
      case MATMUL -> session.arrays.product(b, env);
      case AND, OR, IMPLIES, COALESCE, UNTIL, WEAK_UNTIL, RELEASE, SINCE, THEN ->
          throw structured(b);
    };
  }

  private Value coalesce(Expr.Binary b, Env env, @Nullable Structure expected) {
    Value left = value(b.left(), env, expected);
    Structure like = expected != null || left.isError() ? expected : left.structure();
    Value right = value(b.right(), env, like);
    if (left instanceof Value.Logic) {
      return Value.of(session.structures.tensor(left, b.left(), env));
    }
    if (!(left instanceof Value.Tensor x) || !(right instanceof Value.Tensor y)) {
      return session.structures.coalesce(
          left, b.left(), right, b.right(), b.opSpan(), b.span(), env);
    }
    Fit.Pair pair =
        session.fit.unify(x.term(), b.left(), y.term(), b.right(), "`??`", b.opSpan(), env);
    return Value.of(
        pair == null
            ? env.error(b.span())
            : Terms.apply(
                Operation.COALESCE, pair.element(), env.at(b.span()), pair.left(), pair.right()));
  }

  private Value product(Expr.Binary b, Env env) {
    if (session.tornUnits.told(b, env)) {
      return Value.error(env.at(b.span()));
    }
    Value left = session.value(b.left(), env);
    Value right =
        left instanceof Value.Tensor t && b.right() instanceof Expr.Convert c
            ? Value.of(session.quantities.convert(c, t.term(), b, env))
            : session.value(b.right(), env);
    if (left instanceof Value.Bundle || right instanceof Value.Bundle) {
      return session.rotations.product(b, left, right, env);
    }
    return Value.of(
        session.arithmetic.binary(
            b,
            session.structures.tensor(left, b.left(), env),
            session.structures.tensor(right, b.right(), env),
            env));
  }

  private Value conditional(Expr.Conditional c, Env env, @Nullable Structure expected) {
    Value asked = session.value(c.condition(), env);
    if (asked instanceof Value.Logic) {
      Value then = session.value(c.then(), env);
      Value otherwise = session.value(c.otherwise(), env);
      if (isTruth(then) && isTruth(otherwise)) {
        return session.temporal.conditional(c, asked, then, otherwise, env);
      }
    }
    Term condition =
        session.comparisons.bools(
            session.structures.tensor(asked, c.condition(), env), c.condition(), "if", env);
    if (env.inlined && condition instanceof Term.Const k && !Terms.isError(k)) {
      // An enum argument decides it: the other branch was checked with the function.
      return value(k.value() != 0 ? c.then() : c.otherwise(), env, expected);
    }
    Value then = value(c.then(), env, expected);
    Structure hint = expected != null || then.isError() ? expected : then.structure();
    Value otherwise = value(c.otherwise(), env, hint);
    if (then instanceof Value.Logic || otherwise instanceof Value.Logic) {
      return session.temporal.conditional(c, Value.of(condition), then, otherwise, env);
    }
    if (then instanceof Value.Tensor x && otherwise instanceof Value.Tensor y) {
      return Value.of(conditional(c, condition, x.term(), y.term(), env));
    }
    return session.structures.conditional(c, condition, then, otherwise, env);
  }

  private Term conditional(Expr.Conditional c, Term condition, Term then, Term otherwise, Env env) {
    Fit.Pair pair =
        session.fit.unify(then, c.then(), otherwise, c.otherwise(), "`if … else`", c.span(), env);
    if (pair == null || Terms.isError(condition)) {
      return env.error(c.span());
    }
    List<Integer> shape = Types.broadcast(pair.left().type().shape(), pair.right().type().shape());
    if (shape == null || Types.broadcast(shape, condition.type().shape()) == null) {
      session.reporter.report(
          session
              .diagnose(
                  Code.SHAPE_MISMATCH,
                  "the condition's shape doesn't fit the branches",
                  c.condition().span(),
                  env)
              .label("this is `" + session.types.show(condition.type()) + "`")
              .related(
                  env.file.source,
                  c.then().span(),
                  "this is `" + session.types.show(then.type()) + "`"));
      return env.error(c.span());
    }
    return Terms.select(condition, pair.left(), pair.right(), env.at(c.span()));
  }
}
