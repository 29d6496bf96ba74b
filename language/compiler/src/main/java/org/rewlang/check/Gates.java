package org.rewlang.check;

import org.jspecify.annotations.Nullable;
import org.rewlang.model.ReduceOp;
import org.rewlang.model.Strict;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Gate;

/** {@code when}, {@code on}, {@code once}, {@code at end}, as conditions. */
final class Gates {

  private final Session session;
  private final Globals globals;

  Gates(Session session, Globals globals) {
    this.session = session;
    this.globals = globals;
  }

  /**
   * Whether the gate is open in this step; an error term if it is wrong. It must be defined where
   * {@code within} holds, or always if that is null.
   */
  Term open(Gate gate, Cell owner, Env env, @Nullable Term within) {
    Location at = env.at(gate.span());
    Expr expr = gate.condition();
    String what = "the condition of `" + owner.name + "`";
    Term condition =
        expr == null ? null : session.fit.condition(session.expr(expr, env), expr, env, what);
    if (condition != null && Terms.isError(condition)) {
      return condition;
    }
    if (condition != null) {
      condition = Functions.shared(owner.name, condition, at);
      if (within == null || !Terms.isError(within)) {
        Term known = within == null ? condition : Terms.or(Terms.not(within, at), condition, at);
        globals.strict.put(owner, new Strict(what, known));
      }
    }
    return switch (gate.kind()) {
      case WHEN -> given(condition, at);
      case ON -> {
        Term then = session.agents.own(expr, given(condition, at), env);
        yield Terms.and(given(condition, at), before(then, at), at);
      }
      case ONCE -> {
        Term then = session.agents.own(expr, given(condition, at), env);
        Term ever = new Term.Past(ReduceOp.ANY, then, null, null, Type.BOOL, at);
        yield Terms.and(given(condition, at), before(ever, at), at);
      }
      case AT_END -> {
        Term end = Terms.or(flag("terminated", gate, env), flag("truncated", gate, env), at);
        yield condition == null ? end : Terms.and(end, condition, at);
      }
      case OTHERWISE -> throw new IllegalStateException("`otherwise` stands at a stage only");
    };
  }

  private static Term given(@Nullable Term condition, Location at) {
    return condition == null ? Terms.bool(true, at) : condition;
  }

  /** Not so in the step before: false before the first, also where there is a reset observation. */
  private static Term before(Term condition, Location at) {
    Term before = new Term.Prev(condition, Terms.bool(false, at), false, Type.BOOL, at);
    return Terms.not(before, at);
  }

  private Term flag(String name, Gate gate, Env env) {
    return session.names.value(new Expr.NameRef(name, gate.span()), env, null);
  }
}
