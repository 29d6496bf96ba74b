package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.model.Binder;
import org.rewlang.model.Dimension;
import org.rewlang.model.Shape;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Name;
import org.rewlang.syntax.TypeExpr;

/** One call of a declared function: what its variables are, and its arguments in its types. */
final class Inlining {

  private final Session session;
  private final Entity.Function function;
  private final Decl.Function decl;
  private final Expr.Call call;
  private final Env env;
  private final Env body;
  private final java.util.Map<Decl.Parameter, Binder> over = new java.util.IdentityHashMap<>();
  private final List<String> unitVariables;
  private final List<String> lengthVariables;

  Inlining(Session session, Entity.Function function, Expr.Call call, Env env) {
    this.session = session;
    this.function = function;
    this.decl = function.decl();
    this.call = call;
    this.env = env;
    boolean library = function.file().library;
    Location at = env.call != null ? env.call : library ? env.file.at(call.span()) : null;
    this.body = Env.body(function.file(), at, true);
    this.unitVariables = decl.units().stream().map(Name::text).toList();
    this.lengthVariables = decl.sizes().stream().map(Name::text).toList();
  }

  Term run(List<@Nullable Expr> given) {
    List<Term> values = new ArrayList<>();
    boolean wrong = false;
    for (int i = 0; i < given.size(); i++) {
      Term value = argument(decl.parameters().get(i), given.get(i));
      wrong |= Terms.isError(value);
      values.add(value);
    }
    if (wrong) {
      return known();
    }
    infer(values);
    List<Integer> mapped = List.of();
    List<Term> fitted = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Term value = fit(decl.parameters().get(i), values.get(i), given.get(i));
      if (value == null) {
        return env.error(call.span());
      }
      fitted.add(value);
      if (isMapped(decl.parameters().get(i), value)) {
        List<Integer> shape = Types.broadcast(mapped, value.type().shape());
        if (shape == null) {
          Expr expr = given.get(i);
          session.reporter.report(
              session
                  .diagnose(
                      Code.SHAPE_MISMATCH,
                      "the arguments of `" + name() + "` have shapes that don't fit",
                      expr == null ? call.span() : expr.span(),
                      env)
                  .label("this is `" + session.types.show(value.type()) + "`"));
          return env.error(call.span());
        }
        mapped = shape;
      }
    }
    if (function.file().library
        && !env.file.library
        && !session.domains.check(decl, fitted, given, call, env)) {
      return env.error(call.span());
    }
    return mapped.isEmpty() ? scalar(fitted) : elementwise(fitted, mapped);
  }

  private String name() {
    return decl.name().text();
  }

  /** What is known of the result although an argument is wrong. */
  private Term known() {
    return env.error(call.span());
  }

  private Term argument(Decl.Parameter p, @Nullable Expr given) {
    if (p.over() != null) {
      return over(p, p.over().text(), given);
    }
    if (given == null) {
      Expr byDefault = Objects.requireNonNull(p.defaultValue());
      Term[] value = {env.error(call.span())};
      session.reporter.capture(
          () -> session.sites.mute(() -> value[0] = session.calls.value(byDefault, body, hint(p))));
      return value[0];
    }
    if (given instanceof Expr.Generator || given instanceof Expr.Over) {
      return session.expr(given, env);
    }
    return session.calls.value(given, env, hint(p));
  }

  /** {@code pay over agents}: what one of them gives; the scope is bound on the way. */
  private Term over(Decl.Parameter p, String scope, @Nullable Expr given) {
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
      return env.error(call.span());
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
        return counts;
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

  /** The enum that a parameter is of, by which members are found. */
  private @Nullable Type hint(Decl.Parameter p) {
    TypeExpr type = p.type();
    Entity.Enumeration found =
        type == null ? null : session.names.enumeration(type.base().text(), body);
    return found == null ? null : Type.of(found.type());
  }

  private void infer(List<Term> values) {
    boolean progress = true;
    while (progress) {
      progress = false;
      for (int i = 0; i < values.size(); i++) {
        TypeExpr type = decl.parameters().get(i).type();
        if (type != null) {
          progress |= lengths(type, values.get(i)) | units(type, values.get(i));
        }
      }
    }
    for (String u : unitVariables) {
      if (!body.hasUnit(u)) {
        body.bindUnit(u, Dimension.NONE);
      }
    }
  }

  private boolean lengths(TypeExpr type, Term value) {
    boolean progress = false;
    List<Integer> shape = value.type().shape();
    if (shape.size() != type.dims().size()) {
      return false;
    }
    for (int k = 0; k < shape.size(); k++) {
      if (type.dims().get(k).size() instanceof Expr.NameRef n
          && lengthVariables.contains(n.name())
          && body.length(n.name()) == null) {
        body.bindLength(n.name(), shape.get(k), Shape.axis(shape, k));
        progress = true;
      }
    }
    return progress;
  }

  private boolean units(TypeExpr type, Term value) {
    if (Terms.isZero(value) || !value.type().isNumber()) {
      return false;
    }
    Dimension pattern = session.typeNames.pattern(type, unitVariables, body);
    if (pattern == null) {
      return false;
    }
    List<Map.Entry<String, Integer>> unknown =
        pattern.powers().entrySet().stream().filter(e -> e.getKey().startsWith("'")).toList();
    if (unknown.size() != 1) {
      return false;
    }
    String marked = unknown.getFirst().getKey();
    int power = unknown.getFirst().getValue();
    Dimension rest = pattern.per(Dimension.of(marked).power(power));
    Dimension root = Arithmetic.root(value.type().dimension().per(rest), 1.0 / power);
    if (root == null) {
      return false;
    }
    body.bindUnit(marked.substring(1), root);
    return true;
  }

  private static boolean isMapped(Decl.Parameter p, Term value) {
    return p.over() == null
        && p.type() != null
        && p.type().dims().isEmpty()
        && !value.type().isScalar();
  }

  private @Nullable Term fit(Decl.Parameter p, Term value, @Nullable Expr given) {
    TypeExpr type = p.type();
    Expr expr = given != null ? given : call;
    if (type == null) {
      return value;
    }
    for (TypeExpr.Dim dim : type.dims()) {
      if (dim.size() instanceof Expr.NameRef n
          && lengthVariables.contains(n.name())
          && body.length(n.name()) == null) {
        session.reporter.report(
            session
                .diagnose(
                    Code.SHAPE_MISMATCH,
                    "`"
                        + p.name().text()
                        + "` of `"
                        + name()
                        + "` needs "
                        + (type.dims().size() == 1
                            ? "a vector"
                            : "an array of " + type.dims().size() + " dimensions"),
                    expr.span(),
                    env)
                .label("this is `" + session.types.show(value.type()) + "`")
                .found(session.types.show(value.type()))
                .expected(List.of(function.file().source.text(type.span()))));
        return null;
      }
    }
    Type[] target = {Types.ERROR};
    session.reporter.capture(
        () -> session.sites.mute(() -> target[0] = session.typeNames.of(type, body)));
    if (Types.isError(target[0])) {
      return null;
    }
    Type wanted = isMapped(p, value) ? target[0].withShape(value.type().shape()) : target[0];
    Term fitted =
        session.fit.coerce(
            value, wanted, expr, env, "`" + p.name().text() + "` of `" + name() + "`");
    return Terms.isError(fitted) ? null : fitted;
  }

  private Term scalar(List<Term> values) {
    for (int i = 0; i < values.size(); i++) {
      Decl.Parameter p = decl.parameters().get(i);
      if (!bindScoped(p, values.get(i))) {
        bind(p, Functions.shared(p.name().text(), values.get(i), values.get(i).at()));
      }
    }
    return session.functions.inline(function, body, call, env, types(values));
  }

  /** What each of a scope gives, as an array over them. */
  private boolean bindScoped(Decl.Parameter p, Term value) {
    Binder each = over.get(p);
    if (each == null) {
      return false;
    }
    Term all = Comprehensions.build(List.of(each), value, value.at());
    Location at = function.file().at(p.name().span());
    body.bind(
        p.name().text(), new Entity.Scoped(Functions.shared(p.name().text(), all, value.at()), at));
    return true;
  }

  private void bind(Decl.Parameter p, Term value) {
    body.bind(
        p.name().text(),
        new Entity.Bound(value, Index.Kind.PARAMETER, function.file().at(p.name().span())));
  }

  private String types(List<Term> values) {
    return values.stream()
        .map(v -> "`" + session.types.show(v.type()) + "`")
        .collect(Collectors.joining(", "));
  }

  /** The scalar function for every element: one state for each. */
  private Term elementwise(List<Term> values, List<Integer> shape) {
    List<Binder> binders = Functions.binders(shape);
    Location at = env.at(call.span());
    for (int i = 0; i < values.size(); i++) {
      Decl.Parameter p = decl.parameters().get(i);
      if (bindScoped(p, values.get(i))) {
        continue;
      }
      Term value = Functions.shared(p.name().text(), values.get(i), values.get(i).at());
      bind(p, isMapped(p, value) ? pick(value, binders, at) : value);
    }
    Term result = session.functions.inline(function, body, call, env, types(values));
    return Terms.isError(result) ? result : Comprehensions.build(binders, result, at);
  }

  /** The element that NumPy's rule pairs with the indices of the whole. */
  private static Term pick(Term value, List<Binder> binders, Location at) {
    List<Integer> shape = value.type().shape();
    List<Term> indices = new ArrayList<>();
    for (int k = 0; k < shape.size(); k++) {
      Binder binder = binders.get(binders.size() - shape.size() + k);
      indices.add(shape.get(k) == 1 ? Terms.integer(0, at) : Terms.loop(binder, at));
    }
    return Terms.element(value, indices, at);
  }
}
