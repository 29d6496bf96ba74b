package org.rewlang.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.Formula;
import org.rewlang.automata.Formula.Connective;
import org.rewlang.automata.Formula.Operator;
import org.rewlang.automata.Formula.Window;
import org.rewlang.model.Operation;
import org.rewlang.model.ReduceOp;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Expr;

/**
 * Temporal operators. One that looks back is a bool of the current step where its operands are; any
 * other makes a formula.
 */
final class Temporal {

  /** What calls stand for, with what documentation and editors say of them. */
  private record Named(Operator operator, String doc) {}

  private static final Map<String, Named> NAMED = new LinkedHashMap<>();
  static final Map<String, String> DOCS = new LinkedHashMap<>();

  static {
    named("ever", Operator.ONCE, "Whether it held in this step or an earlier one of the episode.");
    named(
        "historically",
        Operator.HISTORICALLY,
        "Whether it held in this step and all earlier ones of the episode.");
    named(
        "previous", Operator.YESTERDAY, "Whether it held in the step before; false in the first.");
    named(
        "weak_previous",
        Operator.WEAK_YESTERDAY,
        "Whether it held in the step before; true in the first.");
    named("always", Operator.ALWAYS, "It holds in this step and all later ones.");
    named("eventually", Operator.EVENTUALLY, "It holds in this step or a later one.");
    named("next", Operator.NEXT, "There is a next step, and it holds there.");
    named("weak_next", Operator.WEAK_NEXT, "It holds in the next step, if there is one.");
  }

  private static void named(String name, Operator operator, String doc) {
    NAMED.put(name, new Named(operator, doc));
    DOCS.put(name, doc);
  }

  private final Session session;

  Temporal(Session session) {
    this.session = session;
  }

  boolean has(String name) {
    return NAMED.containsKey(name);
  }

  // Calls.

  Value call(String name, Expr.Call call, Env env) {
    List<@Nullable Expr> matched = session.calls.match(name, List.of("p"), 1, call, env);
    if (matched == null || matched.getFirst() == null) {
      return Value.of(session.calls.arguments(call, env));
    }
    Expr expr = matched.getFirst();
    Location at = env.at(call.span());
    Operator operator = Objects.requireNonNull(NAMED.get(name)).operator;
    Value p = operand(expr, "`" + name + "`", operator.isPast(), env);
    Window window =
        operator.spans() ? session.windows.window(call, env) : session.windows.distance(call, env);
    if (p.isError() || window == null) {
      return Value.error(at);
    }
    return p instanceof Value.Tensor t && operator.isPast()
        ? Value.of(back(operator, t.term(), window, at))
        : new Value.Logic(shifted(operator, window, formula(p)), at);
  }

  /** One distance away is in the window that begins and ends there. */
  private static Formula shifted(Operator operator, Window window, Formula of) {
    if (operator.spans()) {
      return new Formula.Unary(operator, window, of);
    }
    if (window.to() == 1) {
      return new Formula.Unary(operator, of);
    }
    Operator spanning =
        switch (operator) {
          case NEXT -> Operator.EVENTUALLY;
          case WEAK_NEXT -> Operator.ALWAYS;
          case YESTERDAY -> Operator.ONCE;
          default -> Operator.HISTORICALLY;
        };
    return new Formula.Unary(spanning, window, of);
  }

  private static Term back(Operator operator, Term p, Window window, Location at) {
    boolean any = operator == Operator.ONCE || operator == Operator.YESTERDAY;
    ReduceOp op = any ? ReduceOp.ANY : ReduceOp.ALL;
    return window.to() == Window.UNBOUNDED
        ? new Term.Past(op, p, null, null, p.type(), at)
        : sliding(op, p, window, at);
  }

  private static Term sliding(ReduceOp op, Term p, Window window, Location at) {
    return window.to() == 0 ? p : new Term.Sliding(op, p, window.from(), window.to(), p.type(), at);
  }

  /** A formula that looks back only, as the bool that it is in each step. */
  static Term back(Formula f, IntFunction<Term> atoms, Location at) {
    return switch (f) {
      case Formula.Constant c -> Terms.bool(c.value(), at);
      case Formula.Atom a -> atoms.apply(a.number());
      case Formula.Unary u -> {
        Term of = back(u.operand(), atoms, at);
        Window window = u.operator().spans() ? u.window() : new Window(1, 1);
        yield u.operator() == Operator.NOT ? Terms.not(of, at) : back(u.operator(), of, window, at);
      }
      case Formula.Binary b -> {
        Term x = back(b.left(), atoms, at);
        Term y = back(b.right(), atoms, at);
        yield switch (b.connective()) {
          case AND -> Terms.and(x, y, at);
          case OR -> Terms.or(x, y, at);
          case IMPLIES -> Terms.or(Terms.not(x, at), y, at);
          case IFF -> Terms.apply(Operation.EQUAL, Type.BOOL, at, x, y);
          case XOR -> Terms.not(Terms.apply(Operation.EQUAL, Type.BOOL, at, x, y), at);
          case SINCE -> since(x, y, b.window(), at);
          case TRIGGERED ->
              Terms.not(since(Terms.not(x, at), Terms.not(y, at), b.window(), at), at);
          default -> throw new IllegalArgumentException("looks ahead: " + b.connective());
        };
      }
    };
  }

  // Operators between two.

  Value binary(Expr.Binary b, Env env) {
    String place = "`" + b.op().text() + "`";
    boolean past = b.op() == Expr.BinaryOp.SINCE;
    Value left = operand(b.left(), place, past, env);
    Value right = operand(b.right(), place, past, env);
    Window window = session.windows.window(b, env);
    if (left.isError() || right.isError() || window == null) {
      return Value.error(env.at(b.span()));
    }
    if (past && left instanceof Value.Tensor x && right instanceof Value.Tensor y) {
      return Value.of(since(x.term(), y.term(), window, b, env));
    }
    Connective connective =
        switch (b.op()) {
          case UNTIL -> Connective.UNTIL;
          case WEAK_UNTIL -> Connective.WEAK_UNTIL;
          case RELEASE -> Connective.RELEASE;
          case SINCE -> Connective.SINCE;
          case THEN -> Connective.THEN;
          default -> throw new IllegalArgumentException("not temporal: " + b.op());
        };
    if (connective == Connective.THEN && !b.window().isEmpty()) {
      return Value.of(session.windows.none("`then`", b, env));
    }
    Formula f = new Formula.Binary(connective, window, formula(left), formula(right));
    return new Value.Logic(f, env.at(b.span()));
  }

  private Term since(Term left, Term right, Window window, Expr.Binary b, Env env) {
    if (!session.fit.shapesFit(left, b.left(), right, b.right(), b, env)) {
      return env.error(b.span());
    }
    return since(left, right, window, env.at(b.span()));
  }

  private static Term since(Term left, Term right, Window window, Location at) {
    Term held = Functions.shared("held", left, at);
    Term event = Functions.shared("event", right, at);
    Term start = event;
    if (window.from() > 0) {
      // It held from the event on, and the event was that many steps before.
      Window then = new Window(window.from(), window.from());
      Window since = new Window(0, window.from() - 1);
      start =
          Terms.and(
              sliding(ReduceOp.ALL, held, since, at), sliding(ReduceOp.ANY, event, then, at), at);
    }
    Type type = Terms.and(held, event, at).type();
    Term all = new Term.Since(held, start, type, at);
    return window.to() == Window.UNBOUNDED
        ? all
        : Terms.and(back(Operator.ONCE, event, window, at), all, at);
  }

  // Logic.

  /** {@code and}, {@code or}, {@code implies} of which at least one side is a formula. */
  Value logic(Expr.Binary b, Value left, Value right, Env env) {
    String place = "`" + b.op().text() + "`";
    Value x = bool(left, b.left(), place, false, env);
    Value y = bool(right, b.right(), place, false, env);
    if (x.isError() || y.isError()) {
      return Value.error(env.at(b.span()));
    }
    Formula f = formula(x);
    Formula g = formula(y);
    Formula made =
        switch (b.op()) {
          case AND -> Formula.and(f, g);
          case OR -> Formula.or(f, g);
          default -> Formula.implies(f, g);
        };
    return new Value.Logic(made, env.at(b.span()));
  }

  Value not(Value.Logic of, Location at) {
    return new Value.Logic(Formula.not(of.formula()), at);
  }

  /** {@code f if c else g} of which some part is a formula. */
  Value conditional(Expr.Conditional c, Value condition, Value then, Value otherwise, Env env) {
    Value a = bool(condition, c.condition(), "`if`", false, env);
    Value b = bool(then, c.then(), "`if … else`", false, env);
    Value d = bool(otherwise, c.otherwise(), "`if … else`", false, env);
    return a.isError() || b.isError() || d.isError()
        ? Value.error(env.at(c.span()))
        : new Value.Logic(Atoms.choice(formula(a), formula(b), formula(d)), env.at(c.span()));
  }

  /** What an operator is about: a formula, a bool, or, of one that looks back, bools. */
  private Value operand(Expr expr, String place, boolean vectors, Env env) {
    return bool(session.value(expr, env), expr, place, vectors, env);
  }

  Value bool(Value value, Expr expr, String place, boolean vectors, Env env) {
    if (value instanceof Value.Logic) {
      return value;
    }
    Term term = session.structures.tensor(value, expr, env);
    Type type = vectors ? Type.BOOL.withShape(term.type().shape()) : Type.BOOL;
    return Value.of(session.fit.coerce(term, type, expr, env, place));
  }

  /** A formula, or a bool as one. */
  Formula formula(Value value) {
    return value instanceof Value.Logic l
        ? l.formula()
        : session.atoms.of(value.terms().getFirst());
  }
}
