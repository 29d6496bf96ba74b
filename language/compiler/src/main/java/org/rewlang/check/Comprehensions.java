package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.model.Binder;
import org.rewlang.model.EnumType;
import org.rewlang.model.Operation;
import org.rewlang.model.Shape;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Expr;

/** {@code e for x in xs if c}: loops over arrays, {@code range}, {@code zip}, {@code enumerate}. */
final class Comprehensions {

  /**
   * A generator, elaborated.
   *
   * @param body an error term if anything in it is wrong
   * @param where null without a condition
   */
  record Loop(List<Binder> binders, Term body, @Nullable Term where) {}

  /**
   * What is ranged over: its length, and the values at an index.
   *
   * @param scope of agents; null for elements
   */
  private record Domain(
      int length, @Nullable EnumType axis, List<Part> parts, Agents.@Nullable Scope scope) {
    Domain(int length, @Nullable EnumType axis, List<Part> parts) {
      this(length, axis, parts, null);
    }

    Domain(int length, List<Part> parts) {
      this(length, null, parts, null);
    }
  }

  private interface Part {
    Term at(Term index, Location at);
  }

  private final Session session;

  Comprehensions(Session session) {
    this.session = session;
  }

  Loop loop(Expr.Generator g, Env env) {
    Env inner = env.inner();
    List<Binder> binders = new ArrayList<>();
    Term there = null;
    boolean wrong = false;
    for (Expr.For clause : g.clauses()) {
      Domain domain = domain(clause.source(), inner);
      if (domain != null && domain.scope() != null) {
        Term counted = agent(clause, domain.scope(), binders, inner);
        there =
            there == null || counted == null
                ? counted
                : Terms.and(there, counted, env.at(clause.span()));
        continue;
      }
      wrong |= domain == null || !bind(clause, domain, binders, inner);
      if (domain == null) {
        for (var name : clause.names()) {
          inner.bind(name.text(), new Entity.Wrong(env.file.at(name.span())));
        }
      }
    }
    Term where = g.condition() == null ? null : session.expr(g.condition(), inner);
    if (where != null) {
      where =
          session.fit.condition(
              where, java.util.Objects.requireNonNull(g.condition()), inner, "a filter");
      wrong |= Terms.isError(where);
    }
    Term body = session.expr(g.element(), inner);
    if (where != null && !wrong && (Walk.isStateful(body) || Walk.isStateful(where))) {
      session.reporter.report(
          session
              .diagnose(
                  Code.STATE_IN_FILTER,
                  "a value with a past can't stand where elements come and go",
                  g.element().span(),
                  env)
              .label("keeps a state for each element")
              .related(
                  env.file.source,
                  java.util.Objects.requireNonNull(g.condition()).span(),
                  "this leaves elements out")
              .hint("count every element: `… if … else 0`"));
      wrong = true;
    }
    if (there != null) {
      where = where == null ? there : Terms.and(there, where, env.at(g.span()));
    }
    return new Loop(binders, wrong ? env.error(g.span()) : body, where);
  }

  /** Ranges over agents: the name stands for one of them. Gives who counts. */
  private @Nullable Term agent(Expr.For clause, Agents.Scope scope, List<Binder> binders, Env env) {
    Binder binder = Agents.binder(scope);
    binders.add(binder);
    Term index = Terms.loop(binder, env.at(clause.span()));
    for (var name : clause.names()) {
      Location at = env.file.at(name.span());
      env.bind(name.text(), new Entity.Agent(index, at));
      session.sites.declare(at, Index.Kind.VARIABLE, name.text(), null, null);
    }
    if (clause.names().size() > 1) {
      session.reporter.report(
          session
              .diagnose(Code.SHAPE_MISMATCH, "an agent has one name", clause.span(), env)
              .label(clause.names().size() + " names")
              .hint("read its values by it: `" + clause.names().getFirst().text() + ".x`"));
    }
    return Agents.counted(binder, scope, null, env.at(clause.span()));
  }

  private boolean bind(Expr.For clause, Domain domain, List<Binder> binders, Env env) {
    Binder binder = new Binder(clause.names().getFirst().text(), domain.length(), domain.axis());
    binders.add(binder);
    Location at = env.at(clause.span());
    Term index = Terms.loop(binder, at);
    List<Term> values = new ArrayList<>(domain.parts().stream().map(p -> p.at(index, at)).toList());
    if (values.size() == 1 && clause.names().size() > 1) {
      values = apart(values.getFirst(), at);
    }
    if (values.size() != clause.names().size()) {
      session.reporter.report(
          session
              .diagnose(
                  Code.SHAPE_MISMATCH,
                  "there are "
                      + clause.names().size()
                      + " names for "
                      + values.size()
                      + (values.size() == 1 ? " value" : " values"),
                  clause.span(),
                  env)
              .label(
                  "each element is "
                      + (values.size() == 1 ? "one value" : values.size() + " values")));
      for (var name : clause.names()) {
        env.bind(name.text(), new Entity.Wrong(env.file.at(name.span())));
      }
      return false;
    }
    for (int i = 0; i < values.size(); i++) {
      var name = clause.names().get(i);
      Location where = env.file.at(name.span());
      env.bind(name.text(), new Entity.Bound(values.get(i), Index.Kind.VARIABLE, where));
      session.sites.declare(where, Index.Kind.VARIABLE, name.text(), null, values.get(i));
    }
    return true;
  }

  /** The elements of a vector that several names take apart. */
  private static List<Term> apart(Term vector, Location at) {
    List<Integer> shape = vector.type().shape();
    List<Term> parts = new ArrayList<>();
    if (shape.isEmpty() || shape.getFirst() > 64) {
      return List.of(vector);
    }
    for (int i = 0; i < shape.getFirst(); i++) {
      parts.add(Terms.element(vector, i, at));
    }
    return parts;
  }

  private @Nullable Domain domain(Expr source, Env env) {
    Agents.Scope agents = session.agents.scope(source, env);
    if (agents != null) {
      return new Domain(agents.count(), null, List.of(), agents);
    }
    if (source instanceof Expr.Call call
        && call.callee() instanceof Expr.NameRef callee
        && env.file.functions.get(callee.name()) == null) {
      switch (callee.name()) {
        case "range" -> {
          return range(call, env);
        }
        case "zip" -> {
          return zip(call, env);
        }
        case "enumerate" -> {
          return enumerate(call, env);
        }
        default -> {}
      }
    }
    if (!(source instanceof Expr.NameRef n && session.names.isValue(n.name(), env))) {
      EnumType enumeration = session.typeNames.enumeration(source, env);
      if (enumeration != null) {
        return members(enumeration);
      }
    }
    Term array = session.expr(source, env);
    if (Terms.isError(array)) {
      return null;
    }
    if (array.type().isScalar()) {
      session.reporter.report(
          session
              .diagnose(Code.SHAPE_MISMATCH, "`for` ranges over an array", source.span(), env)
              .label("this is a single `" + session.types.show(array.type()) + "`")
              .hint("for a number of rounds write `range(…)`"));
      return null;
    }
    return new Domain(
        array.type().shape().getFirst(),
        Shape.axis(array.type().shape(), 0),
        List.of((index, at) -> Terms.element(array, List.of(index), at)));
  }

  private static Domain members(EnumType enumeration) {
    return new Domain(
        enumeration.members().size(),
        enumeration,
        List.of((index, at) -> Terms.retype(index, Type.of(enumeration))));
  }

  private @Nullable Domain range(Expr.Call call, Env env) {
    List<Expr> ends = positional(call, "range", 1, 2, env);
    if (ends == null) {
      return null;
    }
    Integer from =
        ends.size() == 1
            ? Integer.valueOf(0)
            : session.constants.whole(ends.getFirst(), env, "a bound of `range`");
    Integer to = session.constants.whole(ends.getLast(), env, "a bound of `range`");
    if (from == null || to == null) {
      return null;
    }
    if (from >= to) {
      session.reporter.report(
          session
              .diagnose(Code.INDEX_RANGE, "this range is empty", call.span(), env)
              .label("from " + from + " up to, but without, " + to));
      return null;
    }
    return new Domain(
        to - from,
        List.of(
            (index, at) ->
                from == 0
                    ? index
                    : Terms.apply(Operation.ADD, Type.INT, at, index, Terms.integer(from, at))));
  }

  private @Nullable Domain zip(Expr.Call call, Env env) {
    List<Expr> sources = positional(call, "zip", 1, 8, env);
    if (sources == null) {
      return null;
    }
    List<Part> parts = new ArrayList<>();
    Integer length = null;
    EnumType axis = null;
    boolean wrong = false;
    for (Expr source : sources) {
      Domain domain = domain(source, env);
      if (domain == null) {
        wrong = true;
      } else if (length != null && length != domain.length()) {
        session.reporter.report(
            session
                .diagnose(
                    Code.SHAPE_MISMATCH, "`zip` needs arrays of one length", source.span(), env)
                .label("has " + session.types.length(domain.length()) + " elements")
                .related(
                    env.file.source,
                    sources.getFirst().span(),
                    "has " + session.types.length(length) + " elements"));
        wrong = true;
      } else {
        length = domain.length();
        wrong |= clash(axis, domain.axis(), source, sources.getFirst(), env);
        axis = axis == null ? domain.axis() : axis;
        parts.addAll(domain.parts());
      }
    }
    return wrong || length == null ? null : new Domain(length, axis, parts);
  }

  private boolean clash(
      @Nullable EnumType axis, @Nullable EnumType other, Expr source, Expr first, Env env) {
    if (axis == null || other == null || axis.equals(other)) {
      return false;
    }
    session.reporter.report(
        session
            .diagnose(Code.SHAPE_MISMATCH, "`zip` needs arrays over one enum", source.span(), env)
            .label("goes over `" + other.name() + "`")
            .related(env.file.source, first.span(), "goes over `" + axis.name() + "`"));
    return true;
  }

  private @Nullable Domain enumerate(Expr.Call call, Env env) {
    List<Expr> sources = positional(call, "enumerate", 1, 1, env);
    Domain inner = sources == null ? null : domain(sources.getFirst(), env);
    if (inner == null) {
      return null;
    }
    List<Part> parts = new ArrayList<>();
    parts.add((index, at) -> index);
    parts.addAll(inner.parts());
    return new Domain(inner.length(), inner.axis(), parts);
  }

  private @Nullable List<Expr> positional(
      Expr.Call call, String name, int least, int most, Env env) {
    boolean named = call.arguments().stream().anyMatch(a -> a.name() != null);
    int n = call.arguments().size();
    if (named || n < least || n > most) {
      session.reporter.report(
          session
              .diagnose(
                  Code.ARGUMENTS,
                  "`"
                      + name
                      + "` takes "
                      + (least == most
                          ? least + " argument"
                          : least + " to " + most + " arguments"),
                  call.span(),
                  env)
              .label(named ? "without names" : n + " are given"));
      return null;
    }
    return call.arguments().stream().map(Expr.Argument::value).toList();
  }

  /** {@code [e for x in xs]}: an array. */
  Term list(Expr.ListComp l, Env env) {
    Expr.Generator g = l.generator();
    if (g.condition() != null) {
      return session.unsupported("a list with a filter", g.condition().span(), l.span(), env);
    }
    Loop loop = loop(g, env);
    Term body = loop.body();
    if (Terms.isError(body)) {
      return env.error(l.span());
    }
    if (loop.where() != null) {
      return session.unsupported("a list of agents", g.span(), l.span(), env);
    }
    if (l.unit() != null) {
      Unit unit = session.quantities.unit(l.unit(), env);
      Term plain = session.fit.plain(body, g.element(), env, "a list before a unit");
      if (unit == null || Terms.isError(plain)) {
        return env.error(l.span());
      }
      body = Terms.retype(Quantities.scale(plain, unit.factor()), Type.real(unit.dimension()));
    }
    Location at = env.at(l.span());
    Term array = build(loop.binders(), body, at);
    int loops = loop.binders().size();
    return loops == 1 ? array : session.arrays.merged(array, loops, at);
  }

  static Term build(List<Binder> binders, Term body, Location at) {
    List<Integer> counts = binders.stream().map(Binder::count).toList();
    List<@Nullable EnumType> axes = new ArrayList<>();
    binders.forEach(b -> axes.add(b.axis()));
    List<Integer> shape = Shape.concat(Shape.of(counts, axes), body.type().shape());
    return new Term.Build(binders, body, body.type().withShape(shape), at);
  }
}
