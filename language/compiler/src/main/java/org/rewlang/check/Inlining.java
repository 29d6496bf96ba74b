package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Label;
import org.rewlang.model.Binder;
import org.rewlang.model.Structure;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.TypeExpr;

/** One call of a declared function: what its variables are, and its arguments in its types. */
final class Inlining {

  private final Session session;
  private final Entity.Function function;
  private final Decl.Function decl;
  private final Expr call;
  private final Env env;
  private final Env body;
  private final java.util.Map<Decl.Parameter, Binder> over = new java.util.IdentityHashMap<>();
  private final Inference inference;

  Inlining(Session session, Entity.Function function, Expr call, Env env) {
    this.session = session;
    this.function = function;
    this.decl = function.decl();
    this.call = call;
    this.env = env;
    boolean library = function.file().library;
    Location at = env.call != null ? env.call : library ? env.file.at(call.span()) : null;
    this.body = Env.body(function.file(), at, true);
    this.inference = new Inference(session, decl, body);
  }

  /** The call's value; null where an argument is left out. */
  Value run(Expr.Call written, List<@Nullable Expr> given) {
    List<Value> values = new ArrayList<>();
    boolean wrong = false;
    for (int i = 0; i < given.size(); i++) {
      Value value = argument(decl.parameters().get(i), given.get(i), written);
      wrong |= value.isError();
      values.add(value);
    }
    if (wrong) {
      return failed();
    }
    return run(values, given);
  }

  /** The value of the function for values at hand. */
  Value run(List<Value> values) {
    List<@Nullable Expr> given = new ArrayList<>();
    values.forEach(v -> given.add(null));
    return run(values, given);
  }

  private Value run(List<Value> values, List<@Nullable Expr> given) {
    inference.infer(values);
    List<Integer> mapped = List.of();
    List<Value> fitted = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Value value = fit(i, values.get(i), given);
      if (value == null) {
        return failed();
      }
      fitted.add(value);
      List<Integer> own = mapped(decl.parameters().get(i), value);
      if (!own.isEmpty()) {
        List<Integer> shape = Types.broadcast(mapped, own);
        if (shape == null) {
          Expr expr = given.get(i);
          session.reporter.report(
              session
                  .diagnose(
                      Code.SHAPE_MISMATCH,
                      "the arguments of `" + name() + "` have shapes that don't fit",
                      expr == null ? call.span() : expr.span(),
                      env)
                  .label("this is `" + session.types.show(value.structure()) + "`")
                  .related(
                      function.file().source,
                      decl.name().span(),
                      "goes through them element by element"));
          return failed();
        }
        mapped = shape;
      }
    }
    if (function.file().library
        && !env.file.library
        && fitted.stream().allMatch(v -> v instanceof Value.Tensor)
        && !session.domains.check(
            decl, fitted.stream().map(v -> v.terms().getFirst()).toList(), given, call, env)) {
      return failed();
    }
    return mapped.isEmpty() ? scalar(fitted) : elementwise(fitted, mapped);
  }

  private Value failed() {
    return Value.error(env.at(call.span()));
  }

  private String name() {
    return decl.name().text();
  }

  private Value argument(Decl.Parameter p, @Nullable Expr given, Expr.Call written) {
    if (p.over() != null) {
      return over(p, p.over().text(), given);
    }
    if (given == null) {
      Expr byDefault = Objects.requireNonNull(p.defaultValue());
      Value[] value = {Value.error(env.at(written.span()))};
      session.reporter.capture(
          () -> session.sites.mute(() -> value[0] = session.calls.value(byDefault, body, hint(p))));
      return value[0];
    }
    if (given instanceof Expr.Generator || given instanceof Expr.Over) {
      return session.value(given, env);
    }
    return session.calls.value(given, env, hint(p));
  }

  /** {@code pay over agents}: what one of them gives; the scope is bound on the way. */
  private Value over(Decl.Parameter p, String scope, @Nullable Expr given) {
    Agents.Scope all =
        given instanceof Expr.Over o && o.scope().names().size() == 1 && o.scope().count() == null
            ? session.agents.scope(o.scope().names().getFirst().text(), env)
            : null;
    if (all == null || !(given instanceof Expr.Over o) || o.since() != null) {
      session.reporter.report(
          session
              .diagnose(
                  Code.ARGUMENTS,
                  "`" + p.name().text() + "` of `" + name() + "` ranges over a scope",
                  given == null ? call.span() : given.span(),
                  env)
              .label("of whom")
              .hint("say so: `" + name() + "(" + p.name().text() + " over agents)`"));
      return failed();
    }
    Location at = env.at(o.span());
    Term me = session.agents.place().index();
    Binder filter = Agents.binder(all);
    Expr where = o.where();
    Agents.Scope before = body.scope(scope);
    Term mask = before == null ? all.mask() : before.mask();
    if (where != null) {
      Agents.Place each = new Agents.Place(Terms.loop(filter, at), me);
      Term counts = session.agents.at(each, () -> session.agents.filter(where, env));
      if (Terms.isError(counts)) {
        return failed();
      }
      Agents.Scope outer = new Agents.Scope(all.count(), null, mask);
      Term both = Objects.requireNonNull(Agents.counted(filter, outer, counts, at));
      mask = Functions.shared("where", Comprehensions.build(List.of(filter), both, at), at);
    }
    body.bindScope(scope, new Agents.Scope(all.count(), all.presence(), mask));
    Binder each = Agents.binder(all);
    over.put(p, each);
    Agents.Place one = new Agents.Place(Terms.loop(each, at), me);
    return session.agents.at(one, () -> session.calls.value(o.value(), env, hint(p)));
  }

  /**
   * The type of a parameter where it depends on no variable: members of its enum are found by it.
   */
  private @Nullable Structure hint(Decl.Parameter p) {
    TypeExpr type = p.type();
    if (type == null || inference.isGeneric(type)) {
      return null;
    }
    String base = type.base().text();
    Entity.Enumeration found = session.names.enumeration(base, body);
    if (found != null) {
      return new Structure.Tensor(Type.of(found.type()));
    }
    boolean structured =
        base.equals("quat")
            || base.equals("pose")
            || type.dims().stream().anyMatch(TypeExpr.AtMost.class::isInstance)
            || session.records.find(base, body) != null;
    if (!structured) {
      return null;
    }
    Structure[] hint = {new Structure.Tensor(Types.ERROR)};
    session.reporter.capture(
        () -> session.sites.mute(() -> hint[0] = session.typeNames.structure(type, body)));
    return Value.isError(hint[0]) ? null : hint[0];
  }

  /**
   * The leading axes that the function is applied along: all of an array given for a scalar, those
   * that are too many of one given for a list.
   */
  private List<Integer> mapped(Decl.Parameter p, Value value) {
    if (p.over() != null
        || p.type() == null
        || TypeNames.isFormula(p.type())
        || !(value instanceof Value.Tensor t)) {
      return List.of();
    }
    List<Integer> shape = t.term().type().shape();
    List<TypeExpr.Dim> dims = p.type().dims();
    Structure variable = body.type(p.type().base().text());
    boolean array = variable instanceof Structure.Tensor own && !own.type().isScalar();
    boolean list =
        variable == null
            && !dims.isEmpty()
            && dims.getFirst() instanceof TypeExpr.AtMost
            && dims.stream().noneMatch(TypeExpr.Axes.class::isInstance);
    return array || !dims.isEmpty() && !list || shape.size() <= dims.size()
        ? List.of()
        : shape.subList(0, shape.size() - dims.size());
  }

  /** An argument as its parameter's type; null, with the reason told, where it doesn't fit. */
  private @Nullable Value fit(int i, Value value, List<@Nullable Expr> given) {
    Decl.Parameter p = decl.parameters().get(i);
    TypeExpr type = p.type();
    if (type == null) {
      return value;
    }
    Expr expr = given.get(i) != null ? given.get(i) : call;
    Value[] fitted = {failed()};
    List<Diagnostic> found = session.reporter.capture(() -> fitted[0] = fit(p, type, value, expr));
    session.reporter.add(found.stream().map(d -> explained(d, p, given)).toList());
    return fitted[0].isError() ? null : fitted[0];
  }

  private Value fit(Decl.Parameter p, TypeExpr type, Value value, Expr expr) {
    if (inference.isOpen(type)) {
      session.reporter.report(
          session
              .diagnose(
                  Code.SHAPE_MISMATCH,
                  "`" + p.name().text() + "` of `" + name() + "` needs " + Inference.needed(type),
                  expr.span(),
                  env)
              .label("this is `" + session.types.show(value.structure()) + "`")
              .found(session.types.show(value.structure()))
              .expected(List.of(function.file().source.text(type.span()))));
      return failed();
    }
    Structure[] target = {new Structure.Tensor(Types.ERROR)};
    session.reporter.capture(
        () -> session.sites.mute(() -> target[0] = session.typeNames.parameter(type, body)));
    Structure wanted = target[0];
    List<Integer> rows = mapped(p, value);
    if (!rows.isEmpty()) {
      Structure one = wanted instanceof Structure.Bounded b ? b.element() : wanted;
      List<Integer> shape = value.terms().getFirst().type().shape();
      Type element = Value.type(one);
      wanted = element == null ? wanted : new Structure.Tensor(element.withShape(shape));
    }
    return session.structures.coerce(
        value, wanted, expr, env, "`" + p.name().text() + "` of `" + name() + "`");
  }

  /** Why an argument doesn't fit: what the other arguments said, and the parameter itself. */
  private Diagnostic explained(Diagnostic d, Decl.Parameter p, List<@Nullable Expr> given) {
    List<Label> causes = new ArrayList<>();
    boolean units = d.code() != Code.SHAPE_MISMATCH;
    boolean shapes = d.code() != Code.UNIT_MISMATCH;
    inference
        .told(p, units, shapes)
        .forEach(
            (teller, what) -> {
              Expr expr = given.get(decl.parameters().indexOf(teller));
              if (expr != null) {
                causes.add(new Label(env.file.at(expr.span()), "so " + what));
              }
            });
    causes.add(
        new Label(function.file().at(p.span()), "`" + p.name().text() + "` is declared here"));
    return d.because(causes);
  }

  private Value scalar(List<Value> values) {
    for (int i = 0; i < values.size(); i++) {
      Decl.Parameter p = decl.parameters().get(i);
      if (!bindScoped(p, values.get(i))) {
        bind(p, Functions.shared(p.name().text(), values.get(i)));
      }
    }
    return session.functions.inline(function, body, call, env, types(values));
  }

  /** What each of a scope gives, as an array over them. */
  private boolean bindScoped(Decl.Parameter p, Value value) {
    Binder each = over.get(p);
    if (each == null) {
      return false;
    }
    Value all = Bundles.build(List.of(each), value, value.at());
    Location at = function.file().at(p.name().span());
    body.bind(p.name().text(), new Entity.Scoped(Functions.shared(p.name().text(), all), at));
    return true;
  }

  private void bind(Decl.Parameter p, Value value) {
    body.bind(
        p.name().text(),
        new Entity.Bound(value, Index.Kind.PARAMETER, function.file().at(p.name().span())));
  }

  private String types(List<Value> values) {
    return values.stream()
        .map(v -> "`" + session.types.show(v.structure()) + "`")
        .collect(Collectors.joining(", "));
  }

  /** The scalar function for every element: one state for each. */
  private Value elementwise(List<Value> values, List<Integer> shape) {
    List<Binder> binders = Functions.binders(shape);
    Location at = env.at(call.span());
    for (int i = 0; i < values.size(); i++) {
      Decl.Parameter p = decl.parameters().get(i);
      if (bindScoped(p, values.get(i))) {
        continue;
      }
      Value value = Functions.shared(p.name().text(), values.get(i));
      List<Integer> own = mapped(p, value);
      bind(p, own.isEmpty() ? value : one(p, pick(value, own, binders, at), at));
    }
    Value result = session.functions.inline(function, body, call, env, types(values));
    return result.isError() ? result : Bundles.build(binders, result, at);
  }

  /** The element, or the row, that NumPy's rule pairs with the indices of the whole. */
  private static Term pick(Value value, List<Integer> own, List<Binder> binders, Location at) {
    List<Term> indices = new ArrayList<>();
    for (int k = 0; k < own.size(); k++) {
      Binder binder = binders.get(binders.size() - own.size() + k);
      indices.add(own.get(k) == 1 ? Terms.integer(0, at) : Terms.loop(binder, at));
    }
    return Terms.element(value.terms().getFirst(), indices, at);
  }

  /** A row as the list that its parameter needs. */
  private static Value one(Decl.Parameter p, Term element, Location at) {
    Value value = Value.of(element);
    TypeExpr type = Objects.requireNonNull(p.type());
    return type.dims().isEmpty()
        ? value
        : Objects.requireNonNull(Structures.list(Functions.shared(p.name().text(), value), at));
  }
}
