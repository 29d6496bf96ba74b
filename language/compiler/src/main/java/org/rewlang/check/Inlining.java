package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.model.Base;
import org.rewlang.model.Binder;
import org.rewlang.model.Dimension;
import org.rewlang.model.Order;
import org.rewlang.model.Shape;
import org.rewlang.model.Structure;
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
  private final Expr call;
  private final Env env;
  private final Env body;
  private final java.util.Map<Decl.Parameter, Binder> over = new java.util.IdentityHashMap<>();
  private final List<String> unitVariables;
  private final List<String> typeVariables;
  private final List<String> lengthVariables;

  Inlining(Session session, Entity.Function function, Expr call, Env env) {
    this.session = session;
    this.function = function;
    this.decl = function.decl();
    this.call = call;
    this.env = env;
    boolean library = function.file().library;
    Location at = env.call != null ? env.call : library ? env.file.at(call.span()) : null;
    this.body = Env.body(function.file(), at, true);
    List<String> variables = decl.units().stream().map(Name::text).toList();
    this.typeVariables = variables.stream().filter(v -> Functions.isType(decl, v)).toList();
    this.unitVariables = variables.stream().filter(v -> !typeVariables.contains(v)).toList();
    this.lengthVariables = decl.sizes().stream().map(Name::text).toList();
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
    infer(values);
    List<Integer> mapped = List.of();
    List<Value> fitted = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Value value = fit(decl.parameters().get(i), values.get(i), given.get(i));
      if (value == null) {
        return failed();
      }
      fitted.add(value);
      if (isMapped(decl.parameters().get(i), value)) {
        List<Integer> shape = Types.broadcast(mapped, shape(value));
        if (shape == null) {
          Expr expr = given.get(i);
          session.reporter.report(
              session
                  .diagnose(
                      Code.SHAPE_MISMATCH,
                      "the arguments of `" + name() + "` have shapes that don't fit",
                      expr == null ? call.span() : expr.span(),
                      env)
                  .label("this is `" + session.types.show(value.structure()) + "`"));
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

  private static List<Integer> shape(Value value) {
    return value.terms().getFirst().type().shape();
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
    if (type == null || isGeneric(type)) {
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
            || type.dims().stream().anyMatch(TypeExpr.Dim::bounded)
            || session.records.find(base, body) != null;
    if (!structured) {
      return null;
    }
    Structure[] hint = {new Structure.Tensor(Types.ERROR)};
    session.reporter.capture(
        () -> session.sites.mute(() -> hint[0] = session.typeNames.structure(type, body)));
    return Value.isError(hint[0]) ? null : hint[0];
  }

  private boolean isGeneric(TypeExpr type) {
    boolean unit =
        type.unit() != null
            && unitVariables.stream()
                .anyMatch(u -> Objects.requireNonNull(type.unit()).text().contains(u));
    return unit
        || typeVariables.contains(type.base().text())
        || type.dims().stream()
            .anyMatch(
                d -> d.size() instanceof Expr.NameRef n && lengthVariables.contains(n.name()));
  }

  private void infer(List<Value> values) {
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
    elements(values);
    for (String u : unitVariables) {
      if (!body.hasUnit(u)) {
        body.bindUnit(u, Dimension.NONE);
      }
    }
  }

  /**
   * What a type variable stands for: what all arguments have in common that it is the type of. What
   * stands for elements of arrays comes first, for a function of one element goes through arrays.
   */
  private void elements(List<Value> values) {
    for (String variable : typeVariables) {
      for (boolean plain : List.of(false, true)) {
        for (int i = 0; i < values.size(); i++) {
          TypeExpr type = decl.parameters().get(i).type();
          if (type != null
              && type.base().text().equals(variable)
              && type.dims().isEmpty() == plain) {
            Structure known = body.type(variable);
            Structure own = element(values.get(i), type, known);
            if (own != null) {
              body.bindType(variable, own);
            }
          }
        }
      }
    }
  }

  /** The type of a parameter's elements, wide enough for those that are {@code known} already. */
  private static @Nullable Structure element(
      Value value, TypeExpr type, @Nullable Structure known) {
    Structure own = value.structure();
    if (own instanceof Structure.Optional o && type.optional()) {
      own = o.of();
    }
    int axes = type.dims().size();
    for (int k = 0; k < axes; k++) {
      Structure inner =
          switch (own) {
            case Structure.Array a -> a.element();
            case Structure.Bounded b -> b.element();
            case Structure.Tensor t when !t.type().isScalar() ->
                new Structure.Tensor(
                    t.type().withShape(t.type().shape().subList(1, t.type().shape().size())));
            default -> null;
          };
      if (inner == null) {
        return null;
      }
      own = inner;
    }
    if (!(own instanceof Structure.Tensor t)) {
      return known == null ? own : known;
    }
    if (known == null) {
      return axes == 0 ? new Structure.Tensor(t.type().element()) : own;
    }
    if (!(known instanceof Structure.Tensor k) || !k.type().isNumber() || !t.type().isNumber()) {
      return known;
    }
    boolean real = k.type().base() == Base.REAL || t.type().base() == Base.REAL;
    Dimension dimension =
        k.type().dimension().isNone() ? t.type().dimension() : k.type().dimension();
    return real ? new Structure.Tensor(Type.real(dimension).withShape(k.type().shape())) : known;
  }

  private boolean lengths(TypeExpr type, Value value) {
    boolean progress = false;
    Structure structure =
        value.structure() instanceof Structure.Optional o ? o.of() : value.structure();
    List<Integer> shape = structure.axes();
    Order order =
        switch (structure) {
          case Structure.Rotation r -> r.order();
          case Structure.Pose p -> p.order();
          default -> null;
        };
    int axes = shape.size() + (order == null ? 0 : 1);
    boolean deeper = typeVariables.contains(type.base().text()) && axes > type.dims().size();
    if (axes != type.dims().size() && !deeper) {
      return false;
    }
    for (int k = 0; k < type.dims().size(); k++) {
      if (!(type.dims().get(k).size() instanceof Expr.NameRef n)
          || !lengthVariables.contains(n.name())) {
        continue;
      }
      if (k < shape.size() && body.length(n.name()) == null) {
        body.bindLength(n.name(), shape.get(k), Shape.axis(shape, k));
        progress = true;
      } else if (k == shape.size() && order != null && body.order(n.name()) == null) {
        body.bindOrder(n.name(), order);
        progress = true;
      }
    }
    return progress;
  }

  /** What a value's unit is; null where it has none to tell. */
  private static @Nullable Dimension dimension(Value value) {
    return switch (value.structure()) {
      case Structure.Pose p -> p.dimension();
      case Structure.Bounded b when b.element() instanceof Structure.Tensor t ->
          dimension(t.type(), value);
      case Structure.Tensor t -> dimension(t.type(), value);
      default -> null;
    };
  }

  private static @Nullable Dimension dimension(Type type, Value value) {
    return type.isNumber() && !Terms.isZero(value.terms().getLast()) ? type.dimension() : null;
  }

  private boolean units(TypeExpr type, Value value) {
    Dimension own = dimension(value);
    if (own == null) {
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
    Dimension root = Arithmetic.root(own.per(rest), 1.0 / power);
    if (root == null) {
      return false;
    }
    body.bindUnit(marked.substring(1), root);
    return true;
  }

  private boolean isMapped(Decl.Parameter p, Value value) {
    return p.over() == null
        && p.type() != null
        && !TypeNames.isFormula(p.type())
        && p.type().dims().isEmpty()
        && !(body.type(p.type().base().text()) instanceof Structure.Tensor variable
            && !variable.type().isScalar())
        && value instanceof Value.Tensor t
        && !t.term().type().isScalar();
  }

  private @Nullable Value fit(Decl.Parameter p, Value value, @Nullable Expr given) {
    TypeExpr type = p.type();
    Expr expr = given != null ? given : call;
    if (type == null) {
      return value;
    }
    if (isOpen(type)) {
      session.reporter.report(
          session
              .diagnose(
                  Code.SHAPE_MISMATCH,
                  "`" + p.name().text() + "` of `" + name() + "` needs " + needed(type),
                  expr.span(),
                  env)
              .label("this is `" + session.types.show(value.structure()) + "`")
              .found(session.types.show(value.structure()))
              .expected(List.of(function.file().source.text(type.span()))));
      return null;
    }
    Structure[] target = {new Structure.Tensor(Types.ERROR)};
    session.reporter.capture(
        () -> session.sites.mute(() -> target[0] = session.typeNames.parameter(type, body)));
    if (Value.isError(target[0])) {
      return null;
    }
    Structure wanted =
        isMapped(p, value) && target[0] instanceof Structure.Tensor t
            ? new Structure.Tensor(t.type().withShape(shape(value)))
            : target[0];
    Value fitted =
        session.structures.coerce(
            value, wanted, expr, env, "`" + p.name().text() + "` of `" + name() + "`");
    return fitted.isError() ? null : fitted;
  }

  /** Whether some variable of a type is still unknown, as the arguments have other shapes. */
  private boolean isOpen(TypeExpr type) {
    String base = type.base().text();
    return typeVariables.contains(base) && body.type(base) == null
        || type.dims().stream()
            .anyMatch(
                dim ->
                    dim.size() instanceof Expr.NameRef n
                        && lengthVariables.contains(n.name())
                        && body.length(n.name()) == null
                        && body.order(n.name()) == null);
  }

  private static String needed(TypeExpr type) {
    String base = type.base().text();
    if (base.equals("quat") || base.equals("pose")) {
      return "a `" + base + "`";
    }
    if (type.dims().getFirst().bounded()) {
      return "a list";
    }
    return type.dims().size() == 1
        ? "a vector"
        : "an array of " + type.dims().size() + " dimensions";
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
    if (each == null || !(value instanceof Value.Tensor one)) {
      return false;
    }
    Term all = Comprehensions.build(List.of(each), one.term(), value.at());
    Location at = function.file().at(p.name().span());
    body.bind(
        p.name().text(), new Entity.Scoped(Functions.shared(p.name().text(), all, value.at()), at));
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
      bind(p, isMapped(p, value) ? Value.of(pick(value.terms().getFirst(), binders, at)) : value);
    }
    Value result = session.functions.inline(function, body, call, env, types(values));
    return result.isError() ? result : Bundles.build(binders, result, at);
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
