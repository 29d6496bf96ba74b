package org.rewlang.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.Term;
import org.rewlang.source.Location;
import org.rewlang.syntax.Expr;

/** Calls that read formulas. */
final class Formulas {

  static final Map<String, String> DOCS = new LinkedHashMap<>();

  static {
    DOCS.put(
        "robustness",
        "How far the episode so far, read as a whole, is from changing a formula's truth.");
    DOCS.put(
        "smooth_robustness",
        "The robustness with softmin and softmax: `smooth_robustness(f, beta = 10)`.");
  }

  private final Session session;

  Formulas(Session session) {
    this.session = session;
  }

  boolean has(String name) {
    return DOCS.containsKey(name);
  }

  Term call(String name, Expr.Call call, Env env) {
    boolean smooth = name.startsWith("smooth");
    List<String> parameters = smooth ? List.of("f", "beta") : List.of("f");
    List<@Nullable Expr> matched =
        session.calls.match(name, parameters, parameters.size(), call, env);
    if (matched == null || matched.getFirst() == null) {
      return session.calls.arguments(call, env);
    }
    Expr expr = matched.getFirst();
    Location at = env.at(call.span());
    Value f = session.temporal.bool(session.value(expr, env), expr, "`" + name + "`", false, env);
    Expr sharpness = smooth ? matched.getLast() : null;
    Term beta = sharpness == null ? null : session.expr(sharpness, env);
    if (f.isError() || beta != null && Terms.isError(beta)) {
      return Terms.error(at);
    }
    return new Robustness(session, expr, env, at).of(session.temporal.formula(f), sharpness, beta);
  }
}
