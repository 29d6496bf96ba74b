package org.rewlang.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.ReduceOp;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Expr;

/** Temporal operators that look back: bools of the current step. */
final class Temporal {

  static final Map<String, String> DOCS = new LinkedHashMap<>();

  static {
    DOCS.put("ever", "Whether it held in this step or an earlier one of the episode.");
    DOCS.put("historically", "Whether it held in this step and all earlier ones of the episode.");
    DOCS.put("previous", "Whether it held in the step before; false in the first.");
    DOCS.put("weak_previous", "Whether it held in the step before; true in the first.");
  }

  private final Session session;

  Temporal(Session session) {
    this.session = session;
  }

  boolean has(String name) {
    return DOCS.containsKey(name);
  }

  Term call(String name, Expr.Call call, Env env) {
    List<@Nullable Expr> matched = session.calls.match(name, List.of("p"), 1, call, env);
    if (matched == null || matched.getFirst() == null) {
      return session.calls.arguments(call, env);
    }
    Expr expr = matched.getFirst();
    Location at = env.at(call.span());
    Term p = session.comparisons.bools(session.expr(expr, env), expr, name, env);
    boolean single = name.endsWith("previous");
    Bounds bounds =
        single ? session.windows.distance(call, env) : session.windows.bounds(call, env);
    if (Terms.isError(p) || bounds == null) {
      return Terms.error(at);
    }
    return switch (name) {
      case "ever" -> ever(p, bounds, at);
      case "historically" -> historically(p, bounds, at);
      case "previous" -> sliding(ReduceOp.ANY, p, bounds, at);
      default -> sliding(ReduceOp.ALL, p, bounds, at);
    };
  }

  private static Term ever(Term p, Bounds bounds, Location at) {
    return bounds.isAll()
        ? new Term.Past(ReduceOp.ANY, p, null, null, p.type(), at)
        : sliding(ReduceOp.ANY, p, bounds, at);
  }

  private static Term historically(Term p, Bounds bounds, Location at) {
    return bounds.isAll()
        ? new Term.Past(ReduceOp.ALL, p, null, null, p.type(), at)
        : sliding(ReduceOp.ALL, p, bounds, at);
  }

  private static Term sliding(ReduceOp op, Term p, Bounds bounds, Location at) {
    return bounds.to() == 0 ? p : new Term.Sliding(op, p, bounds.from(), bounds.to(), p.type(), at);
  }

  /** {@code p since q} and {@code p since[a, b] (q)}. */
  Term since(Expr.Binary b, Env env) {
    Term left = session.comparisons.bools(session.expr(b.left(), env), b.left(), "since", env);
    Term right = session.comparisons.bools(session.expr(b.right(), env), b.right(), "since", env);
    Bounds bounds = session.windows.bounds(b, env);
    if (Terms.anyError(left, right)
        || bounds == null
        || !session.fit.shapesFit(left, b.left(), right, b.right(), b, env)) {
      return env.error(b.span());
    }
    Location at = env.at(b.span());
    Term held = Functions.shared("held", left, at);
    Term event = Functions.shared("event", right, at);
    Term start = event;
    if (bounds.from() > 0) {
      // It held from the event on, and the event was that many steps before.
      Term then = sliding(ReduceOp.ANY, event, new Bounds(bounds.from(), bounds.from()), at);
      Term since = sliding(ReduceOp.ALL, held, new Bounds(0, bounds.from() - 1), at);
      start = Terms.and(since, then, at);
    }
    Type type = Terms.and(held, event, at).type();
    Term all = new Term.Since(held, start, type, at);
    return bounds.isAll() ? all : Terms.and(ever(event, bounds, at), all, at);
  }
}
