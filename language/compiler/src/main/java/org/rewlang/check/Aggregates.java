package org.rewlang.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.model.Base;
import org.rewlang.model.Operation;
import org.rewlang.model.RecordType;
import org.rewlang.model.ReduceOp;
import org.rewlang.model.Structure;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Expr;

/** {@code sum}, {@code mean} and their like, over arrays, generators and time. */
final class Aggregates {

  static final Map<String, String> DOCS = new LinkedHashMap<>();

  static {
    DOCS.put("sum", "The sum of all values; 0 of none.");
    DOCS.put("mean", "The mean of all values; undefined of none.");
    DOCS.put("min", "The least of all values, or of two and more element by element.");
    DOCS.put("max", "The greatest of all values, or of two and more element by element.");
    DOCS.put("prod", "The product of all values; 1 of none.");
    DOCS.put("any", "Whether one of all holds.");
    DOCS.put("all", "Whether all hold.");
    DOCS.put("count", "How many hold.");
    DOCS.put("length", "How many values there are; of a matrix, how many rows.");
    DOCS.put("argmin", "The position of the first least value.");
    DOCS.put("argmax", "The position of the first greatest value.");
    DOCS.put("std", "The standard deviation, `std(x, ddof = 0)`.");
    DOCS.put("var", "The variance, `var(x, ddof = 0)`.");
  }

  private final Session session;

  Aggregates(Session session) {
    this.session = session;
  }

  boolean has(String name) {
    return DOCS.containsKey(name);
  }

  Term call(String name, Expr.Call call, Env env) {
    long positional = call.arguments().stream().filter(a -> a.name() == null).count();
    if ((name.equals("min") || name.equals("max")) && positional > 1) {
      return extreme(name, call, env);
    }
    if (name.equals("length")) {
      return length(call, env);
    }
    boolean deviation = name.equals("std") || name.equals("var");
    List<String> parameters = deviation ? List.of("x", "ddof", "axis") : List.of("x", "axis");
    List<@Nullable Expr> matched = session.calls.match(name, parameters, 1, call, env);
    if (matched == null || matched.getFirst() == null) {
      return session.calls.arguments(call, env);
    }
    Expr first = matched.getFirst();
    Expr axis = matched.getLast();
    Series series = series(name, first, axis, env);
    if (series == null
        || Terms.isError(series.sample())
        || !fits(name, series.sample(), first, env)) {
      if (deviation && matched.get(1) != null) {
        session.expr(matched.get(1), env);
      }
      return env.error(call.span());
    }
    if (deviation) {
      return deviation(name, series, matched.get(1), call, env);
    }
    if (series instanceof Series.Past past && name.startsWith("arg")) {
      return new Running(past, env.at(call.span())).position(name.equals("argmin"));
    }
    return make(name, series, env.at(call.span()));
  }

  private @Nullable Series series(String name, Expr first, @Nullable Expr axis, Env env) {
    if (axis != null && (first instanceof Expr.Generator || first instanceof Expr.Over)) {
      session.reporter.report(
          session
              .diagnose(Code.ARGUMENTS, "`axis` goes with an array", axis.span(), env)
              .label("this aggregation has no axes"));
      return null;
    }
    return switch (first) {
      case Expr.Generator g -> new Series.Generated(session.comprehensions.loop(g, env));
      case Expr.Over o -> {
        Agents.Scope scope =
            o.scope().names().size() == 1 && o.scope().count() == null
                ? session.agents.scope(o.scope().names().getFirst().text(), env)
                : null;
        yield scope == null
            ? session.windows.series(o, name, env)
            : session.agents.series(o, scope, env);
      }
      default -> {
        Value value = session.value(first, env);
        Comprehensions.Iteration list = session.lists.each(value, env.at(first.span()));
        if (list != null) {
          yield list(list, first, axis, env);
        }
        Term array = session.structures.tensor(value, first, env);
        if (Terms.isError(array)) {
          yield null;
        }
        if (array.type().isScalar() && env.anyRank() && axis == null) {
          yield new Series.Elements(Terms.broadcast(array, List.of(1)), List.of());
        }
        if (array.type().isScalar()) {
          session.reporter.report(
              session
                  .diagnose(Code.SHAPE_MISMATCH, "`" + name + "` needs an array", first.span(), env)
                  .label("this is a single `" + session.types.show(array.type()) + "`")
                  .hint("over time write `" + name + "(… over past)`"));
          yield null;
        }
        List<Integer> along = axis == null ? List.of() : axes(axis, array, env);
        yield along == null ? null : new Series.Elements(array, along);
      }
    };
  }

  private static String first(RecordType type) {
    return type.fields().isEmpty() ? "…" : type.fields().getFirst().name();
  }

  private @Nullable Series list(
      Comprehensions.Iteration list, Expr expr, @Nullable Expr axis, Env env) {
    if (axis != null) {
      session.reporter.report(
          session
              .diagnose(Code.ARGUMENTS, "`axis` goes with an array", axis.span(), env)
              .label("a list has one axis, whose length varies"));
      return null;
    }
    if (list.body() instanceof Value.Bundle b) {
      String field = b.structure() instanceof Structure.Record r ? first(r.type()) : "…";
      session.reporter.report(
          session
              .diagnose(Code.TYPE_MISMATCH, "a reduction needs numbers or bools", expr.span(), env)
              .label("each element is a `" + session.types.show(b.structure()) + "`")
              .found(session.types.show(b.structure()))
              .hint("say what of each, as in `sum(x." + field + " for x in …)`"));
      return null;
    }
    Term body = session.structures.tensor(list.body(), expr, env);
    return Terms.isError(body)
        ? null
        : new Series.Generated(
            new Comprehensions.Loop(
                list.binders(), body, list.where(), list.valid(), list.sparse()));
  }

  /** Of a number or a list of them, in order; empty for all. */
  private @Nullable List<Integer> axes(Expr given, Term array, Env env) {
    List<Integer> axes = new ArrayList<>();
    for (Expr e : given instanceof Expr.ListLit list ? list.elements() : List.of(given)) {
      Integer axis = axis(e, array, env);
      if (axis == null) {
        return null;
      }
      if (axes.contains(axis)) {
        session.reporter.report(
            session
                .diagnose(Code.ARGUMENTS, "axis " + axis + " is given twice", e.span(), env)
                .label("again"));
        return null;
      }
      axes.add(axis);
    }
    Collections.sort(axes);
    return axes.size() == array.type().shape().size() ? List.of() : axes;
  }

  /** A constant, except of a filter and of time: there it is counted. */
  private Term length(Expr.Call call, Env env) {
    List<@Nullable Expr> matched = session.calls.match("length", List.of("x"), 1, call, env);
    if (matched == null || matched.getFirst() == null) {
      return session.calls.arguments(call, env);
    }
    Expr first = matched.getFirst();
    Agents.Scope agents = session.agents.scope(first, env);
    if (agents != null) {
      return session.agents.length(agents, env.at(call.span()));
    }
    if (!(first instanceof Expr.Generator) && !(first instanceof Expr.Over)) {
      return session.lists.length(first, env);
    }
    Location at = env.at(call.span());
    Series series = series("length", first, null, env);
    if (series == null || Terms.isError(series.sample())) {
      return Terms.error(at);
    }
    Term count = series.count(at);
    return count instanceof Term.Const c
        ? new Term.Const(c.value(), Type.INT, at)
        : Terms.retype(count, Type.INT);
  }

  private @Nullable Integer axis(Expr axis, Term array, Env env) {
    Integer n = session.constants.whole(axis, env, "`axis`");
    if (n == null) {
      return null;
    }
    int rank = array.type().shape().size();
    int i = n < 0 ? n + rank : n;
    if (i < 0 || i >= rank) {
      session.reporter.report(
          session
              .diagnose(Code.INDEX_RANGE, "there is no axis " + n, axis.span(), env)
              .label("`" + session.types.show(array.type()) + "` has " + rank)
              .found(Integer.toString(n)));
      return null;
    }
    return i;
  }

  private boolean fits(String name, Term sample, Expr expr, Env env) {
    boolean logic = List.of("any", "all", "count").contains(name);
    Base base = sample.type().base();
    if (logic ? base == Base.BOOL : sample.type().isNumber()) {
      if (name.equals("prod") && !sample.type().dimension().isNone()) {
        session.fit.plain(sample, expr, env, "`prod`");
        return false;
      }
      return true;
    }
    if (!logic && base == Base.BOOL) {
      session.reporter.report(
          session
              .diagnose(
                  Code.BOOL_AS_NUMBER,
                  "`" + name + "` needs numbers, a bool is none",
                  expr.span(),
                  env)
              .label("this is `" + session.types.show(sample.type()) + "`")
              .found(session.types.show(sample.type()))
              .expected(List.of("real", "int"))
              .hint(
                  name.equals("max")
                      ? "use `any(…)`"
                      : name.equals("min") ? "use `all(…)`" : "use `count(…)`"));
      return false;
    }
    session.reporter.report(
        session
            .diagnose(
                Code.TYPE_MISMATCH,
                "`" + name + "` needs " + (logic ? "bools" : "numbers"),
                expr.span(),
                env)
            .label("this is `" + session.types.show(sample.type()) + "`")
            .found(session.types.show(sample.type()))
            .expected(logic ? List.of("bool") : List.of("real", "int")));
    return false;
  }

  /** The aggregation called {@code name} of what it fits. */
  Term make(String name, Series series, Location at) {
    Type element = series.sample().type().element();
    UnaryOperator<Term> same = UnaryOperator.identity();
    return switch (name) {
      case "sum" -> series.reduce(ReduceOp.SUM, same, element, at);
      case "prod" -> series.reduce(ReduceOp.PROD, same, element, at);
      case "min" -> series.reduce(ReduceOp.MIN, same, element, at);
      case "max" -> series.reduce(ReduceOp.MAX, same, element, at);
      case "any" -> series.reduce(ReduceOp.ANY, same, Type.BOOL, at);
      case "all" -> series.reduce(ReduceOp.ALL, same, Type.BOOL, at);
      case "argmin" -> series.reduce(ReduceOp.ARGMIN, same, Type.INT, at);
      case "argmax" -> series.reduce(ReduceOp.ARGMAX, same, Type.INT, at);
      case "count" ->
          series.reduce(
              ReduceOp.SUM,
              b -> Terms.select(b, Terms.integer(1, at), Terms.integer(0, at), at),
              Type.INT,
              at);
      case "mean" -> mean(series, at);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Term mean(Series series, Location at) {
    Type real = Type.real(series.sample().type().dimension());
    Term sum = series.reduce(ReduceOp.SUM, Terms::widen, real, at);
    return Terms.apply(Operation.DIVIDE, real, at, sum, series.count(at));
  }

  private Term deviation(String name, Series series, @Nullable Expr ddof, Expr.Call call, Env env) {
    Location at = env.at(call.span());
    Term less =
        ddof == null
            ? null
            : session.fit.coerce(session.expr(ddof, env), Type.REAL, ddof, env, "`ddof`");
    if (less != null && Terms.isError(less)) {
      return less;
    }
    Term variance = variance(series, less, at);
    Type real = Type.real(series.sample().type().dimension());
    return name.equals("var") ? variance : Terms.apply(Operation.SQRT, real, at, variance);
  }

  private static Term variance(Series series, @Nullable Term ddof, Location at) {
    return switch (series) {
      case Series.Past past -> new Running(past, at).variance(ddof);
      default -> twoPasses(series, ddof, at);
    };
  }

  /** As the definition says: the mean, then the deviations from it. */
  private static Term twoPasses(Series series, @Nullable Term ddof, Location at) {
    Type real = Type.real(series.sample().type().dimension());
    Type square = Type.real(real.dimension().power(2));
    Term mean = series.spread(Functions.shared("mean", mean(series, at), at), at);
    Term squares =
        series.reduce(
            ReduceOp.SUM,
            x -> {
              Term off = Terms.apply(Operation.SUBTRACT, real, at, Terms.widen(x), mean);
              return Terms.apply(Operation.MULTIPLY, square, at, off, off);
            },
            square,
            at);
    Term n = series.count(at);
    Term divisor = ddof == null ? n : Terms.apply(Operation.SUBTRACT, Type.REAL, at, n, ddof);
    return Terms.apply(Operation.DIVIDE, square, at, squares, divisor);
  }

  /** {@code max(a, b, …)}: element by element. */
  private Term extreme(String name, Expr.Call call, Env env) {
    List<Term> values = new ArrayList<>();
    boolean wrong = false;
    for (Expr.Argument a : call.arguments()) {
      if (a.name() != null) {
        session.reporter.report(
            session
                .diagnose(
                    Code.ARGUMENTS,
                    "`" + name + "` of several values takes no `" + a.name().text() + "`",
                    a.name().span(),
                    env)
                .label("no place for it"));
        wrong = true;
      }
      values.add(session.expr(a.value(), env));
    }
    Operation op = name.equals("min") ? Operation.MIN : Operation.MAX;
    Location at = env.at(call.span());
    Term result = values.getFirst();
    Expr before = call.arguments().getFirst().value();
    for (int i = 1; i < values.size(); i++) {
      Expr expr = call.arguments().get(i).value();
      Fit.Pair pair =
          session.fit.unify(
              result, before, values.get(i), expr, "`" + name + "`", call.callee().span(), env);
      if (pair == null) {
        return Terms.error(at);
      }
      if (!pair.element().isNumber()) {
        fits(name, pair.left(), before, env);
        return Terms.error(at);
      }
      result = Arithmetic.make(op, pair.element(), at, pair.left(), pair.right());
      before = expr;
    }
    return wrong ? Terms.error(at) : result;
  }
}
