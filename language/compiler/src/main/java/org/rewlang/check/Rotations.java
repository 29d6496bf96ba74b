package org.rewlang.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Dimension;
import org.rewlang.model.Order;
import org.rewlang.model.Structure;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Expr;

/**
 * Quaternions and poses: how they are made, their parts, and which library function {@code *} and
 * {@code inverse} mean. What these compute stands in {@code std/rotation.rew}.
 */
final class Rotations {

  static final Map<String, String> DOCS = new LinkedHashMap<>();

  static {
    DOCS.put("wxyz", "Four numbers as a quaternion with the real part first; a quaternion so.");
    DOCS.put("xyzw", "Four numbers as a quaternion with the real part last; a quaternion so.");
    DOCS.put("quat", "The quaternion of these parts, in the order that its place asks for.");
    DOCS.put("pose", "The pose at a position, turned by a rotation.");
    DOCS.put("inverse", "The rotation, pose or matrix that undoes this one.");
  }

  private static final List<String> COMPONENTS = List.of("w", "x", "y", "z");

  private final Session session;

  Rotations(Session session) {
    this.session = session;
  }

  boolean has(String name) {
    return DOCS.containsKey(name);
  }

  /** Names of what a structure without fields is made of. */
  static List<String> parts(Structure structure) {
    return switch (structure) {
      case Structure.Rotation _ -> COMPONENTS;
      case Structure.Pose _ -> List.of("position", "rotation");
      default -> List.of();
    };
  }

  /** {@code q.w}, {@code p.position}, also of each in an array; null if there is no such part. */
  @Nullable Value part(Value.Bundle value, String name, Location at) {
    switch (value.structure()) {
      case Structure.Rotation r when COMPONENTS.contains(name) -> {
        return Value.of(component(value, r.order(), name, at));
      }
      case Structure.Pose p when name.equals("position") -> {
        return Value.of(value.leaves().getFirst());
      }
      case Structure.Pose p when name.equals("rotation") -> {
        return Value.of(new Structure.Rotation(p.order()), List.of(value.leaves().getLast()), at);
      }
      default -> {
        return null;
      }
    }
  }

  private static Term component(Value rotation, Order order, String name, Location at) {
    return Terms.element(rotation.terms().getFirst(), order.place(name.charAt(0)), at);
  }

  /** A rotation with its numbers in another order. */
  private static Value ordered(Value rotation, Order order, Location at) {
    Structure.Rotation own = (Structure.Rotation) rotation.structure();
    if (own.order().equals(order)) {
      return rotation;
    }
    Term[] parts = new Term[4];
    for (String name : COMPONENTS) {
      parts[order.place(name.charAt(0))] = component(rotation, own.order(), name, at);
    }
    return of(order, List.of(parts), at);
  }

  private static Value of(Order order, List<Term> numbers, Location at) {
    Term stack = new Term.Stack(numbers, Type.REAL.withShape(List.of(4)), at);
    return Value.of(new Structure.Rotation(order), List.of(stack), at);
  }

  Value call(String name, Expr.Call call, Env env, @Nullable Structure expected) {
    List<String> parameters =
        switch (name) {
          case "quat" -> COMPONENTS;
          case "pose" -> List.of("position", "rotation");
          default -> List.of("x");
        };
    List<@Nullable Expr> given =
        session.calls.match(name, parameters, parameters.size(), call, env);
    if (given == null) {
      return Value.of(session.calls.arguments(call, env));
    }
    List<Expr> arguments = given.stream().map(Objects::requireNonNull).toList();
    return switch (name) {
      case "quat" -> quaternion(arguments, call, env, expected);
      case "pose" -> pose(arguments, call, env, expected);
      case "inverse" -> inverse(arguments.getFirst(), call, env);
      default -> convert(new Order(name), arguments.getFirst(), call, env);
    };
  }

  private Value quaternion(
      List<Expr> parts, Expr.Call call, Env env, @Nullable Structure expected) {
    Order order = expected instanceof Structure.Rotation r ? r.order() : null;
    Term[] placed = new Term[4];
    boolean wrong = false;
    for (int i = 0; i < 4; i++) {
      Expr e = parts.get(i);
      Term number =
          session.fit.coerce(
              session.expr(e, env), Type.REAL, e, env, "`" + COMPONENTS.get(i) + "` of `quat`");
      wrong |= Terms.isError(number);
      placed[order == null ? i : order.place(COMPONENTS.get(i).charAt(0))] = number;
    }
    if (order == null) {
      session.reporter.report(
          session
              .diagnose(
                  Code.CANNOT_INFER, "the order of this quaternion is not said", call.span(), env)
              .label("nothing here asks for one")
              .hint("give it a type, `let q: quat[wxyz] = …`, or write `wxyz([w, x, y, z])`"));
    }
    Location at = env.at(call.span());
    return wrong || order == null ? Value.error(at) : of(order, List.of(placed), at);
  }

  private Value pose(List<Expr> parts, Expr.Call call, Env env, @Nullable Structure expected) {
    Structure like =
        expected instanceof Structure.Pose p ? new Structure.Rotation(p.order()) : null;
    Expr first = parts.getFirst();
    Expr second = parts.getLast();
    Term position = session.expr(first, env);
    Value rotation = session.expressions.value(second, env, like);
    Location at = env.at(call.span());
    if (Terms.isError(position) || rotation.isError()) {
      return Value.error(at);
    }
    Dimension unit =
        Terms.isZero(position) && expected instanceof Structure.Pose p
            ? p.dimension()
            : position.type().dimension();
    Term place =
        session.fit.coerce(
            position, Type.real(unit).withShape(List.of(3)), first, env, "`position` of `pose`");
    if (!(rotation.structure() instanceof Structure.Rotation r)) {
      session.structures.coerce(
          rotation,
          like == null ? new Structure.Rotation(Order.WXYZ) : like,
          second,
          env,
          "`rotation` of `pose`");
      return Value.error(at);
    }
    return Terms.isError(place)
        ? Value.error(at)
        : Value.of(
            new Structure.Pose(r.order(), unit), List.of(place, rotation.terms().getFirst()), at);
  }

  private Value convert(Order order, Expr expr, Expr.Call call, Env env) {
    Value value = session.value(expr, env);
    Location at = env.at(call.span());
    return switch (value.structure()) {
      case Structure.Rotation _ -> ordered(value, order, at);
      case Structure.Pose p -> {
        Value rotation =
            ordered(
                Value.of(new Structure.Rotation(p.order()), List.of(value.terms().getLast()), at),
                order,
                at);
        yield Value.of(
            new Structure.Pose(order, p.dimension()),
            List.of(value.terms().getFirst(), rotation.terms().getFirst()),
            at);
      }
      default -> {
        Term numbers =
            session.fit.coerce(
                session.structures.tensor(value, expr, env),
                Type.REAL.withShape(List.of(4)),
                expr,
                env,
                "`" + order + "`");
        yield Terms.isError(numbers)
            ? Value.error(at)
            : Value.of(new Structure.Rotation(order), List.of(numbers), at);
      }
    };
  }

  private Value inverse(Expr expr, Expr.Call call, Env env) {
    Value value = session.value(expr, env);
    return switch (value.structure()) {
      case Structure.Rotation _ -> library("inverse_rotation", List.of(value), call, env);
      case Structure.Pose _ -> library("inverse_pose", List.of(value), call, env);
      // Of a matrix.
      case Structure.Tensor _ when !value.isError() ->
          library("inverse", List.of(value), call, env);
      default -> {
        if (!value.isError()) {
          session.reporter.report(
              session
                  .diagnose(
                      Code.TYPE_MISMATCH,
                      "`inverse` undoes a quaternion, a pose or a matrix",
                      expr.span(),
                      env)
                  .label("this is `" + session.types.show(value.structure()) + "`"));
        }
        yield Value.error(env.at(call.span()));
      }
    };
  }

  /** {@code a * b} where one of them is no array of numbers. */
  Value product(Expr.Binary b, Value left, Value right, Env env) {
    Location at = env.at(b.span());
    if (left.isError() || right.isError()) {
      return Value.error(at);
    }
    boolean rotation = left.structure() instanceof Structure.Rotation;
    boolean pose = left.structure() instanceof Structure.Pose;
    if ((rotation || pose) && right instanceof Value.Tensor t && isPoints(t.term())) {
      return library(rotation ? "rotate" : "transform", List.of(left, right), b, env);
    }
    boolean alike =
        rotation && right.structure() instanceof Structure.Rotation
            || pose && right.structure() instanceof Structure.Pose;
    if (!alike) {
      misfit(b, left, right, env);
      return Value.error(at);
    }
    Order first = order(left);
    if (!first.equals(order(right))) {
      Diagnostic.Builder d =
          session
              .diagnose(Code.TYPE_MISMATCH, "`*` composes two of one order", b.opSpan(), env)
              .label(
                  "between `"
                      + session.types.show(left.structure())
                      + "` and `"
                      + session.types.show(right.structure())
                      + "`")
              .found(session.types.show(right.structure()))
              .expected(List.of(session.types.show(left.structure())));
      session.structures.convert(d, first, b.right(), env);
      session.reporter.report(d);
      return Value.error(at);
    }
    return library(rotation ? "compose_rotations" : "compose_poses", List.of(left, right), b, env);
  }

  private static Order order(Value value) {
    return switch (value.structure()) {
      case Structure.Rotation r -> r.order();
      case Structure.Pose p -> p.order();
      default -> throw new IllegalArgumentException("no order: " + value.structure());
    };
  }

  private static boolean isPoints(Term term) {
    return term.type().isNumber() && !term.type().isScalar() && term.type().shape().getLast() == 3;
  }

  private void misfit(Expr.Binary b, Value left, Value right, Env env) {
    Structure l = left.structure();
    boolean turned = l instanceof Structure.Rotation || l instanceof Structure.Pose;
    Diagnostic.Builder d =
        session
            .diagnose(
                Code.TYPE_MISMATCH,
                "`*` has no meaning between `"
                    + session.types.show(l)
                    + "` and `"
                    + session.types.show(right.structure())
                    + "`",
                b.opSpan(),
                env)
            .label(
                turned
                    ? "turns a vector of 3, or composes with another"
                    : "needs numbers, or a rotation or pose on its left");
    if (l instanceof Structure.Tensor
        && (right.structure() instanceof Structure.Rotation
            || right.structure() instanceof Structure.Pose)) {
      d.hint("the rotation stands on the left of what it turns");
    }
    session.reporter.report(d);
  }

  private Value library(String name, List<Value> arguments, Expr at, Env env) {
    return session.functions.apply(name, arguments, at, env);
  }
}
