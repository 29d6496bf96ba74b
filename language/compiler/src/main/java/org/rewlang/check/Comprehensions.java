package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.model.Binder;
import org.rewlang.model.Definition;
import org.rewlang.model.EnumType;
import org.rewlang.model.Operation;
import org.rewlang.model.Shape;
import org.rewlang.model.Structure;
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
   * @param where null if nothing is left out
   * @param valid where it is false there is nothing to range over, and the result is undefined; or
   *     null
   * @param sparse the places of a list that is ranged over where its elements don't stand side by
   *     side, or null: a position is how many of them come before
   */
  record Loop(
      List<Binder> binders,
      Term body,
      @Nullable Term where,
      @Nullable Term valid,
      @Nullable Term sparse) {}

  /** As {@link Loop}, with a body of any structure. */
  record Iteration(
      List<Binder> binders,
      Value body,
      @Nullable Term where,
      @Nullable Term valid,
      @Nullable Term sparse) {}

  /**
   * What is ranged over: its length, and the element at an index.
   *
   * @param axis the enum that names the positions, or null
   * @param there which places of a list hold an element; null if all do
   * @param valid as of a {@link Loop}
   * @param scope of agents; null for elements
   */
  private record Domain(
      int length,
      @Nullable EnumType axis,
      Element element,
      @Nullable Term there,
      @Nullable Term valid,
      Agents.@Nullable Scope scope) {
    Domain(int length, Element element) {
      this(length, null, element, null, null, null);
    }
  }

  /** What stands at an index. */
  private interface Element {
    LoopNames.Item at(Term index, Location at);

    static Element of(BiFunction<Term, Location, Value> value) {
      return (index, at) -> new LoopNames.One(value.apply(index, at));
    }

    static Element all(List<Element> parts) {
      return (index, at) ->
          new LoopNames.Several(parts.stream().map(p -> p.at(index, at)).toList());
    }
  }

  private final Session session;

  Comprehensions(Session session) {
    this.session = session;
  }

  /** A generator of numbers, bools or arrays. */
  Loop loop(Expr.Generator g, Env env) {
    Iteration i = iteration(g, env, null);
    Term body = session.structures.tensor(i.body, g.element(), env);
    return new Loop(i.binders, body, i.where, i.valid, i.sparse);
  }

  Iteration iteration(Expr.Generator g, Env env, @Nullable Structure expected) {
    return iteration(g, env, expected, List.of());
  }

  /**
   * @param expected the type that its place asks of the body, or null
   * @param flat the indices to use, one for each clause, instead of loops of their own; or empty
   */
  private Iteration iteration(
      Expr.Generator g, Env env, @Nullable Structure expected, List<Definition> flat) {
    Env inner = env.inner();
    List<Binder> binders = new ArrayList<>();
    Term there = null;
    boolean wrong = false;
    Term where = null;
    Term valid = null;
    Term sparse = null;
    for (int k = 0; k < g.clauses().size(); k++) {
      Expr.For clause = g.clauses().get(k);
      Location at = env.at(clause.span());
      Domain domain = domain(clause.source(), inner);
      if (domain == null) {
        wrong = true;
        for (var name : clause.names()) {
          inner.bind(name.text(), new Entity.Wrong(env.file.at(name.span())));
        }
        continue;
      }
      if (domain.scope() != null) {
        there = both(there, agent(clause, domain.scope(), binders, inner), at);
        continue;
      }
      Binder binder = new Binder(clause.names().getFirst().text(), domain.length(), domain.axis());
      binders.add(binder);
      Term index =
          flat.isEmpty()
              ? Terms.loop(binder, at)
              : new Term.Ref(flat.get(k), flat.get(k).type(), at);
      wrong |= !session.loopNames.bind(clause, domain.element.at(index, at), inner);
      sparse = k == 0 ? sparse(domain.there) : null;
      if (domain.there != null) {
        where = both(where, Terms.element(domain.there, List.of(index), at), at);
      }
      // An absent list within the elements of another holds none.
      valid = k == 0 ? domain.valid : valid;
      where = k == 0 ? where : both(where, domain.valid, at);
    }
    Term filter = g.condition() == null ? null : session.expr(g.condition(), inner);
    if (filter != null) {
      filter =
          session.fit.condition(
              filter, java.util.Objects.requireNonNull(g.condition()), inner, "a filter");
      wrong |= Terms.isError(filter);
      where = both(where, filter, filter.at());
    }
    Value body = session.expressions.value(g.element(), inner, expected);
    if (body instanceof Value.Logic) {
      body = Value.of(session.structures.tensor(body, g.element(), inner));
    }
    if (where != null
        && !wrong
        && (body.terms().stream().anyMatch(t -> isStatefulIn(t, binders, flat))
            || filter != null && isStatefulIn(filter, binders, flat))) {
      stateful(g, env);
      wrong = true;
    }
    where = both(there, where, env.at(g.span()));
    return new Iteration(
        binders, wrong ? Value.error(env.at(g.span())) : body, where, valid, sparse);
  }

  /**
   * Ranges over as many elements as there always are: the names stand for one of them in {@code
   * env}. Null, with the reason told, where elements come and go.
   */
  @Nullable Binder each(Expr.For clause, Env env) {
    Domain domain = domain(clause.source(), env);
    if (domain == null) {
      return null;
    }
    if (domain.there != null || domain.valid != null || domain.scope != null) {
      session.reporter.report(
          session
              .diagnose(
                  Code.STATE_IN_FILTER,
                  "a machine for each needs elements that stay",
                  clause.source().span(),
                  env)
              .label(domain.scope == null ? "this list grows and shrinks" : "agents come and go")
              .hint(
                  domain.scope == null
                      ? "range over a fixed array, an enum or `range(…)`"
                      : "a machine that reads what agents have is one for each by itself"));
      return null;
    }
    Binder binder = new Binder(clause.names().getFirst().text(), domain.length, domain.axis);
    Location at = env.at(clause.span());
    LoopNames.Item element = domain.element.at(Terms.loop(binder, at), at);
    return session.loopNames.bind(clause, element, env) ? binder : null;
  }

  /** Ranges over agents: the name stands for one of them. Gives who counts. */
  private @Nullable Term agent(Expr.For clause, Agents.Scope scope, List<Binder> binders, Env env) {
    Binder binder = Agents.binder(scope);
    binders.add(binder);
    Term index = Terms.loop(binder, env.at(clause.span()));
    for (var name : clause.names()) {
      Location at = env.file.at(name.span());
      env.bind(name.text(), new Entity.Agent(index, at));
      session.sites.declare(env.file, name, Index.Kind.VARIABLE, Agents.SCOPE, null);
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

  static @Nullable Term sparse(@Nullable Term there) {
    return there == null || Masks.isCompact(there) ? null : there;
  }

  private static @Nullable Term both(@Nullable Term a, @Nullable Term b, Location at) {
    return a == null ? b : b == null ? a : Terms.and(a, b, at);
  }

  private static boolean isStatefulIn(Term term, List<Binder> binders, List<Definition> flat) {
    return Walk.isStatefulIn(
        term,
        t ->
            t instanceof Term.LoopIndex i && binders.contains(i.binder())
                || t instanceof Term.Ref r && flat.contains(r.definition()));
  }

  private void stateful(Expr.Generator g, Env env) {
    Expr condition = g.condition();
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
                condition != null ? condition.span() : g.clauses().getFirst().source().span(),
                condition != null ? "this leaves elements out" : "this list grows and shrinks")
            .hint(
                condition != null
                    ? "count every element: `… if … else 0`"
                    : "take the past of what is made of the whole list"));
  }

  private @Nullable Domain domain(Expr source, Env env) {
    Agents.Scope agents = session.agents.scope(source, env);
    if (agents != null) {
      return new Domain(agents.count(), null, (_, _) -> LoopNames.NOTHING, null, null, agents);
    }
    if (source instanceof Expr.Call call
        && call.callee() instanceof Expr.NameRef callee
        && env.file.function(callee.name()) == null) {
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
    Value value = session.value(source, env);
    if (value.isError()) {
      return null;
    }
    if (value instanceof Value.Bundle bundle) {
      return domain(bundle, source, env);
    }
    Term array = session.structures.tensor(value, source, env);
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
        Element.of((index, at) -> Value.of(Terms.element(array, List.of(index), at))),
        null,
        null,
        null);
  }

  private static Domain members(EnumType enumeration) {
    return new Domain(
        enumeration.members().size(),
        enumeration,
        Element.of((index, at) -> Value.of(Terms.retype(index, Type.of(enumeration)))),
        null,
        null,
        null);
  }

  private @Nullable Domain domain(Value.Bundle bundle, Expr source, Env env) {
    Value.Bundle target = bundle;
    Term valid = null;
    if (bundle.structure() instanceof Structure.Optional o
        && Bundles.present(bundle, o) instanceof Value.Bundle inner) {
      valid = bundle.leaves().getFirst();
      target = inner;
    }
    Value.Bundle elements = target;
    Element element = Element.of((index, at) -> Bundles.at(elements, index, at));
    return switch (target.structure()) {
      case Structure.Array a -> new Domain(a.length(), null, element, null, valid, null);
      case Structure.Bounded b -> {
        Term there = target.leaves().getFirst();
        yield new Domain(b.bound(), null, element, Masks.isFull(there) ? null : there, valid, null);
      }
      default -> {
        session.reporter.report(
            session
                .diagnose(
                    Code.SHAPE_MISMATCH, "`for` ranges over an array or a list", source.span(), env)
                .label("this is `" + session.types.show(bundle.structure()) + "`"));
        yield null;
      }
    };
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
        Element.of(
            (index, at) ->
                Value.of(
                    from == 0
                        ? index
                        : Terms.apply(
                            Operation.ADD, Type.INT, at, index, Terms.integer(from, at)))));
  }

  /** What has elements at places: agents come and go, and have names only. */
  private @Nullable Domain elements(Expr source, String what, Env env) {
    if (session.agents.scope(source, env) == null) {
      return domain(source, env);
    }
    session.reporter.report(
        session
            .diagnose(
                Code.WRONG_KIND,
                "`" + what + "` takes arrays and lists, not agents",
                source.span(),
                env)
            .label("these come and go, and have no order")
            .hint("range over them by name, `a.x for a in agents`; a number is an input of each"));
    return null;
  }

  private @Nullable Domain zip(Expr.Call call, Env env) {
    List<Expr> sources = positional(call, "zip", 1, 8, env);
    if (sources == null) {
      return null;
    }
    List<Element> parts = new ArrayList<>();
    Integer length = null;
    EnumType axis = null;
    boolean wrong = false;
    List<Domain> domains = new ArrayList<>();
    for (Expr source : sources) {
      Domain domain = elements(source, "zip", env);
      domains.add(domain == null ? new Domain(1, (_, _) -> LoopNames.NOTHING) : domain);
      wrong |= domain == null;
    }
    if (!wrong && domains.stream().anyMatch(d -> d.there != null)) {
      return zipped(domains, env.at(call.span()));
    }
    for (int i = 0; i < sources.size(); i++) {
      Expr source = sources.get(i);
      Domain domain = domains.get(i);
      if (wrong) {
        continue;
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
        parts.add(domain.element());
      }
    }
    return wrong || length == null
        ? null
        : new Domain(
            length, axis, Element.all(parts), null, valid(domains, env.at(call.span())), null);
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

  private static @Nullable Term valid(List<Domain> domains, Location at) {
    Term valid = null;
    for (Domain domain : domains) {
      valid = both(valid, domain.valid, at);
    }
    return valid;
  }

  /** Lists side by side, element by element; there is nothing where their lengths differ. */
  private static Domain zipped(List<Domain> domains, Location at) {
    List<Element> parts = new ArrayList<>();
    int least = domains.stream().mapToInt(Domain::length).min().orElseThrow();
    Term length = null;
    Term valid = valid(domains, at);
    for (Domain domain : domains) {
      Term there = domain.there;
      Term own = there == null ? Terms.integer(domain.length, at) : Masks.length(there, at);
      Term shared = Functions.shared("length", own, at);
      valid =
          length == null
              ? valid
              : both(valid, Terms.apply(Operation.EQUAL, Type.BOOL, at, length, shared), at);
      length = length == null ? shared : length;
      Element element = domain.element;
      Term places = there == null ? null : Masks.places(there, at);
      parts.add(
          places == null
              ? element
              : (index, where) -> element.at(Masks.lookUp(places, index, where), where));
    }
    Term first = Masks.first(java.util.Objects.requireNonNull(length), least, at);
    return new Domain(
        least, null, Element.all(parts), Functions.shared("there", first, at), valid, null);
  }

  private @Nullable Domain enumerate(Expr.Call call, Env env) {
    List<Expr> sources = positional(call, "enumerate", 1, 1, env);
    Domain inner = sources == null ? null : elements(sources.getFirst(), "enumerate", env);
    if (inner == null) {
      return null;
    }
    Term there = inner.there;
    Term rank =
        there == null || Masks.isCompact(there) ? null : Masks.rank(there, env.at(call.span()));
    Element number =
        Element.of(
            (index, at) ->
                Value.of(rank == null ? index : Terms.element(rank, List.of(index), at)));
    Element both = Element.all(List.of(number, inner.element()));
    return new Domain(inner.length(), inner.axis(), both, there, inner.valid, null);
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

  /** {@code [e for x in xs]}: an array; a list where elements come and go. */
  Value list(Expr.ListComp l, Env env) {
    Expr.Generator g = l.generator();
    Location at = env.at(l.span());
    List<Definition> flat = new ArrayList<>();
    if (g.clauses().size() > 1) {
      for (Expr.For clause : g.clauses()) {
        flat.add(
            new Definition("index", Definition.Kind.LOCAL, Type.INT, null, env.at(clause.span())));
      }
    }
    if (flat.size() > 1
        && g.clauses().stream().anyMatch(c -> session.agents.scope(c.source(), env) != null)) {
      return Value.of(session.unsupported("a list over several agents", g.span(), l.span(), env));
    }
    Iteration loop = iteration(g, env, null, flat);
    Value body = inUnit(l, loop.body, env);
    if (body.isError()) {
      return Value.error(at);
    }
    List<Binder> binders = flat.isEmpty() ? loop.binders : List.of(flatten(loop, flat, at));
    Value array = Bundles.build(binders, body, at);
    if (loop.where == null && loop.valid == null) {
      return array;
    }
    Term there =
        loop.where == null
            ? Masks.everywhere(binders.getFirst().count(), at)
            : build(binders, loop.where, at);
    Value.Bundle list = Bundles.list(there, array, body.structure(), at);
    return loop.valid == null ? list : Bundles.maybe(loop.valid, list, at);
  }

  private Value inUnit(Expr.ListComp l, Value body, Env env) {
    if (l.unit() == null || body.isError()) {
      return body;
    }
    Unit unit = session.quantities.unit(l.unit(), env);
    Expr element = l.generator().element();
    Term number = session.structures.tensor(body, element, env);
    Term plain = session.fit.plain(number, element, env, "a list before a unit");
    return unit == null || Terms.isError(plain)
        ? Value.error(env.at(l.span()))
        : Value.of(
            Terms.retype(Quantities.scale(plain, unit.factor()), Type.real(unit.dimension())));
  }

  /** One loop for several: the last clause's index goes round fastest. */
  private static Binder flatten(Iteration loop, List<Definition> indices, Location at) {
    int size = 1;
    for (Binder b : loop.binders) {
      size = Math.multiplyExact(size, b.count());
    }
    Binder all = new Binder(loop.binders.getFirst().name(), size);
    Term rest = Terms.loop(all, at);
    int inner = size;
    for (int k = 0; k < indices.size(); k++) {
      inner /= loop.binders.get(k).count();
      Term by = Terms.integer(inner, at);
      Term share = Terms.apply(Operation.DIVIDE, Type.REAL, at, Terms.widen(rest), Terms.widen(by));
      Term index = inner == 1 ? rest : Terms.apply(Operation.FLOOR, Type.INT, at, share);
      indices.get(k).define(index);
      Term whole =
          Terms.apply(
              Operation.MULTIPLY, Type.INT, at, new Term.Ref(indices.get(k), Type.INT, at), by);
      rest = Terms.apply(Operation.SUBTRACT, Type.INT, at, rest, whole);
    }
    return all;
  }

  static Term build(List<Binder> binders, Term body, Location at) {
    List<Integer> counts = binders.stream().map(Binder::count).toList();
    List<@Nullable EnumType> axes = new ArrayList<>();
    binders.forEach(b -> axes.add(b.axis()));
    List<Integer> shape = Shape.concat(Shape.of(counts, axes), body.type().shape());
    return new Term.Build(binders, body, body.type().withShape(shape), at);
  }
}
