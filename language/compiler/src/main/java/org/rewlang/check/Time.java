package org.rewlang.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.model.Definition;
import org.rewlang.model.Operation;
import org.rewlang.model.ReduceOp;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Expr;

/** {@code prev}, {@code change}, {@code initial} and their like. */
final class Time {

  static final Map<String, String> DOCS = new LinkedHashMap<>();

  static {
    DOCS.put("prev", "The value at the step before; `initially` on the first.");
    DOCS.put("change", "`x - prev(x)`; 0 on a first step without a reset observation.");
    DOCS.put("initial", "The value at the reset, or else on the first step.");
    DOCS.put("steps_since", "How many steps ago it last held; undefined before it first does.");
    DOCS.put("time_since", "How long ago it last held; undefined before it first does.");
    DOCS.put("occurrences", "How many steps of the episode had an equal key, this one included.");
  }

  private static final int LARGEST_TABLE = 1 << 20;

  private final Session session;

  Time(Session session) {
    this.session = session;
  }

  boolean has(String name) {
    return DOCS.containsKey(name);
  }

  /** {@code prev} and {@code initial}, of values of any structure. */
  Value value(String name, Expr.Call call, Env env) {
    boolean prev = name.equals("prev");
    List<String> parameters = prev ? List.of("x", "initially") : List.of("x");
    List<@Nullable Expr> matched = session.calls.match(name, parameters, 1, call, env);
    if (matched == null || matched.getFirst() == null) {
      return Value.of(session.calls.arguments(call, env));
    }
    Expr x = matched.getFirst();
    return prev ? prev(x, matched.get(1), call, env) : initial(x, env.at(call.span()), env);
  }

  private Value initial(Expr x, Location at, Env env) {
    Value value = session.value(x, env);
    if (value instanceof Value.Logic) {
      return Value.of(session.structures.tensor(value, x, env));
    }
    return value.isError()
        ? value
        : Bundles.settled(value, at).map(t -> new Term.Initial(t, isPrimable(t), t.type(), at));
  }

  Term call(String name, Expr.Call call, Env env) {
    List<String> parameters =
        switch (name) {
          case "occurrences" -> List.of("key", "capacity");
          default -> List.of("x");
        };
    List<@Nullable Expr> matched = session.calls.match(name, parameters, 1, call, env);
    if (matched == null || matched.getFirst() == null) {
      return session.calls.arguments(call, env);
    }
    Expr x = matched.getFirst();
    Location at = env.at(call.span());
    return switch (name) {
      case "change" -> change(x, at, env);
      case "occurrences" -> occurrences(x, matched.get(1), at, env);
      default -> since(name, x, call, env);
    };
  }

  private Value prev(Expr x, @Nullable Expr initially, Expr.Call call, Env env) {
    // An empty list takes its type from the value.
    boolean empty = initially instanceof Expr.ListLit l && l.elements().isEmpty();
    Value first = initially == null || empty ? null : session.value(initially, env);
    Value hint = first == null || first.isError() ? null : first;
    Value value = session.cells.before(hint, () -> session.value(x, env));
    if (initially != null && empty) {
      first = session.expressions.value(initially, env, value.structure());
    }
    if (value.isError()) {
      return Value.error(env.at(call.span()));
    }
    if (value instanceof Value.Logic) {
      return Value.of(session.structures.tensor(value, x, env));
    }
    if (value instanceof Value.Tensor v && (first == null || first instanceof Value.Tensor)) {
      Term start = first instanceof Value.Tensor f ? f.term() : null;
      return Value.of(prev(v.term(), start, x, initially, call, env));
    }
    return structured(value, first, x, initially, call, env);
  }

  /** Each array of a structured value has its own past. */
  private Value structured(
      Value value,
      @Nullable Value first,
      Expr x,
      @Nullable Expr initially,
      Expr.Call call,
      Env env) {
    Location at = env.at(call.span());
    if (first == null || initially == null) {
      Term unprimable = value.terms().stream().filter(t -> !isPrimable(t)).findFirst().orElse(null);
      if (unprimable != null) {
        firstStep(unprimable, x, call, env);
        return Value.error(at);
      }
      return Bundles.settled(value, at).map(t -> new Term.Prev(t, null, true, t.type(), at));
    }
    Structures.Pair pair =
        session.structures.unify(value, x, first, initially, "`prev`", initially.span(), env);
    if (pair == null) {
      return Value.error(at);
    }
    boolean primable = pair.left().terms().stream().allMatch(this::isPrimable);
    return Bundles.zip(
        Bundles.settled(pair.left(), at),
        Bundles.settled(pair.right(), at),
        at,
        (of, start) -> new Term.Prev(of, start, primable, of.type(), at));
  }

  private Term prev(
      Term value, @Nullable Term first, Expr x, @Nullable Expr initially, Expr.Call call, Env env) {
    if (first != null && isZero(first) && isZero(value)) {
      return first;
    }
    boolean primable = isPrimable(value);
    if (initially == null || first == null) {
      if (!primable) {
        firstStep(value, x, call, env);
        return env.error(call.span());
      }
      return new Term.Prev(value, null, true, value.type(), env.at(call.span()));
    }
    Term fitted = initial(first, value, initially, x, env);
    if (fitted == null) {
      return env.error(call.span());
    }
    Term of =
        isLiteral(value) || value.type().base() == fitted.type().base()
            ? value
            : Terms.widen(value);
    return new Term.Prev(
        Terms.broadcast(of, fitted.type().shape()),
        fitted,
        primable,
        fitted.type(),
        env.at(call.span()));
  }

  private static boolean isZero(Term term) {
    return Terms.isZero(term) && term.type().isScalar();
  }

  private static boolean isLiteral(Term term) {
    return term instanceof Term.Const;
  }

  /** {@code initially} as the value's type; an int value becomes real with a real start. */
  private @Nullable Term initial(Term first, Term value, Expr initially, Expr x, Env env) {
    Fit.Pair pair = session.fit.unify(value, x, first, initially, "`prev`", initially.span(), env);
    if (pair == null) {
      return null;
    }
    List<Integer> shape =
        Objects.requireNonNull(
            Types.broadcast(pair.left().type().shape(), pair.right().type().shape()));
    return Terms.broadcast(pair.right(), shape);
  }

  private void firstStep(Term value, Expr x, Expr.Call call, Env env) {
    String text = env.file.source.text(x.span());
    boolean stateful = Walk.isStateful(value) || !isPrimable(value);
    session.reporter.report(
        session
            .diagnose(Code.FIRST_STEP, "`prev` has no value on the first step", call.span(), env)
            .label(
                stateful
                    ? "`" + text + "` can't be read off a reset observation"
                    : "there is no step before")
            .hint("say what it is then: `prev(" + text + ", initially = …)`")
            .fix(
                new org.rewlang.diagnostic.Fix(
                    "start from its first value",
                    org.rewlang.diagnostic.Fix.Applicability.LIKELY,
                    List.of(
                        new org.rewlang.diagnostic.Fix.Edit(
                            env.file.at(
                                new org.rewlang.source.Span(x.span().end(), x.span().end())),
                            ", initially = " + text)))));
  }

  private Term change(Expr x, Location at, Env env) {
    Term value = session.expr(x, env);
    if (Terms.isError(value)) {
      return Terms.error(at);
    }
    if (!value.type().isNumber()) {
      return session.fit.coerce(
          value, Type.REAL.withShape(value.type().shape()), x, env, "`change`");
    }
    Term shared = Functions.shared("value", value, at);
    Term before = new Term.Prev(shared, shared, isPrimable(value), value.type(), at);
    return Terms.apply(Operation.SUBTRACT, value.type().element(), at, shared, before);
  }

  private Term since(String name, Expr x, Expr.Call call, Env env) {
    Location at = env.at(call.span());
    Term value = session.comparisons.bools(session.expr(x, env), x, name, env);
    if (Terms.isError(value)) {
      return value;
    }
    Term event = Functions.shared("event", value, at);
    // A counter that always has a value; only what is read of it is undefined before the first
    // event.
    Type type = Type.INT.withShape(value.type().shape());
    Definition counter = new Definition(name, Definition.Kind.LOCAL, type, null, at);
    Term zero = Terms.integer(0, at);
    Term before =
        new Term.Prev(
            new Term.Ref(counter, type, at), Terms.broadcast(zero, type.shape()), false, type, at);
    counter.define(
        Terms.select(
            event,
            zero,
            Terms.apply(Operation.ADD, Type.INT, at, before, Terms.integer(1, at)),
            at));
    Term steps =
        Terms.select(
            new Term.Past(ReduceOp.ANY, event, null, null, event.type(), at),
            new Term.Ref(counter, type, at),
            new Term.Const(Double.NaN, Type.INT, at),
            at);
    if (name.equals("steps_since")) {
      return steps;
    }
    Term dt = session.builtins.value("dt", call.span(), env);
    return dt == null || Terms.isError(dt)
        ? Terms.error(at)
        : Terms.apply(Operation.MULTIPLY, Type.real(Types.SECOND), at, Terms.widen(steps), dt);
  }

  private Term occurrences(Expr x, @Nullable Expr capacity, Location at, Env env) {
    Term key = session.expr(x, env);
    Integer most =
        capacity == null
            ? Integer.valueOf(1024)
            : session.constants.whole(capacity, env, "`capacity`");
    if (most == null || Terms.isError(key)) {
      return Terms.error(at);
    }
    if (most < 1 || most > LARGEST_TABLE) {
      session.reporter.report(
          session
              .diagnose(
                  Code.INDEX_RANGE,
                  "a table holds 1 to " + LARGEST_TABLE + " keys",
                  capacity == null ? x.span() : capacity.span(),
                  env)
              .label("this is " + most));
      return Terms.error(at);
    }
    return new Term.Occurrences(key, most, Type.INT, at);
  }

  /**
   * Whether a value can be read off a reset observation: it has no past and reads step inputs only.
   */
  boolean isPrimable(Term value) {
    return !Walk.isStateful(value)
        && !Walk.any(
            value,
            t ->
                switch (t) {
                  case Term.StepIndex s -> true;
                  case Term.Input i -> i.input().implicit() && !i.input().isPresence();
                  case Term.Ref r ->
                      !r.definition().isDefined() && !session.opaque.contains(r.definition());
                  default -> false;
                });
  }
}
