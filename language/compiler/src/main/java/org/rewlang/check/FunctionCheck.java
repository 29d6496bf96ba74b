package org.rewlang.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Definition;
import org.rewlang.model.Dimension;
import org.rewlang.model.EnumType;
import org.rewlang.model.Order;
import org.rewlang.model.Structure;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Name;
import org.rewlang.syntax.TypeExpr;

/** A function checked once by itself, with lengths and units that are like no other. */
final class FunctionCheck {

  private final Session session;
  private final Functions functions;

  /** Functions checked, with whether they are right. */
  private final Map<Decl.Function, Boolean> checked = new IdentityHashMap<>();

  private int checking;

  FunctionCheck(Session session, Functions functions) {
    this.session = session;
    this.functions = functions;
  }

  boolean isChecking() {
    return checking > 0;
  }

  /** Whether a function was found to be wrong whatever it is called with. */
  boolean isWrong(Decl.Function d) {
    return Boolean.FALSE.equals(checked.get(d));
  }

  void check(Entity.Function function) {
    if (checked.putIfAbsent(function.decl(), true) == null) {
      session.reporter.escape(() -> session.sites.escape(() -> checkNow(function)));
    }
  }

  private void checkNow(Entity.Function function) {
    Decl.Function d = function.decl();
    int mark = session.reporter.mark();
    Env names = Env.of(function.file());
    variables(d, names);
    d.parameters().forEach(p -> oneStar(p, names));
    elaborate(function, 1);
    if (!session.reporter.hasErrorsSince(mark) && d.sizes().stream().anyMatch(Decl.Size::axes)) {
      otherwise(function, 0);
      if (!session.reporter.hasErrorsSince(mark)) {
        otherwise(function, 2);
      }
    }
    checked.put(d, !session.reporter.hasErrorsSince(mark));
  }

  /** Tells what is wrong only where shape variables stand for another number of axes than one. */
  private void otherwise(Entity.Function function, int rank) {
    Diagnostic cause =
        session.reporter.capture(() -> session.sites.mute(() -> elaborate(function, rank))).stream()
            .filter(Diagnostic::isError)
            .findFirst()
            .orElse(null);
    if (cause == null) {
      return;
    }
    Decl.Function d = function.decl();
    String axes =
        d.sizes().stream()
            .filter(Decl.Size::axes)
            .map(s -> "`*" + s.name().text() + "`")
            .collect(Collectors.joining(" and "));
    Location at = Objects.requireNonNull(cause.primary()).location();
    session.reporter.report(
        Diagnostic.of(cause.code(), cause.message(), at.source(), at.span())
            .label("where " + axes + " stands for " + (rank == 0 ? "no axes" : rank + " axes"))
            .related(at.source(), d.name().span(), "has to be right for any number of them"));
  }

  /** Each variable is declared once, and arguments tell what it is. */
  private void variables(Decl.Function d, Env env) {
    Map<String, Decl.Size> sizes = new HashMap<>();
    for (Decl.Size size : d.sizes()) {
      String name = size.name().text();
      Decl.Size before = sizes.putIfAbsent(name, size);
      if (before != null) {
        session.reporter.report(
            session
                .diagnose(
                    Code.DUPLICATE_NAME,
                    "two variables of `" + d.name().text() + "` are called `" + name + "`",
                    size.span(),
                    env)
                .label("again")
                .related(env.file.source, before.span(), "the first one"));
      } else if (d.parameters().stream().noneMatch(p -> tells(p, size))) {
        session.reporter.report(
            session
                .diagnose(
                    Code.CANNOT_INFER,
                    "no argument tells what `" + (size.axes() ? "*" : "") + name + "` is",
                    size.span(),
                    env)
                .label("in the type of no parameter"));
      }
    }
  }

  private static boolean tells(Decl.Parameter p, Decl.Size variable) {
    String name = variable.name().text();
    return p.type() != null
        && p.type().dims().stream()
            .anyMatch(
                dim ->
                    variable.axes()
                        ? dim instanceof TypeExpr.Axes a && a.name().text().equals(name)
                        : TypeNames.size(dim) instanceof Expr.NameRef n && n.name().equals(name));
  }

  /**
   * @param rank how many axes a shape variable is
   */
  private void elaborate(Entity.Function function, int rank) {
    Decl.Function d = function.decl();
    Env env = Env.body(function.file(), null, false);
    for (Name v : d.units()) {
      if (Functions.isType(d, v.text())) {
        // An enum without members: it can be passed on and compared, and nothing else.
        EnumType opaque = new EnumType(v.text(), List.of());
        env.bindType(v.text(), new Structure.Tensor(Type.of(opaque)));
      } else {
        env.bindUnit(v.text(), Dimension.of(opaqueUnit(v.text())));
      }
    }
    for (Decl.Size size : d.sizes()) {
      String name = size.name().text();
      if (size.axes()) {
        env.bindShape(name, axes(name, rank));
      } else {
        env.bindLength(name, session.types.opaqueLength(name));
        env.bindOrder(name, new Order(name));
      }
    }
    for (Decl.Parameter p : d.parameters()) {
      Location at = function.file().at(p.name().span());
      Structure type =
          p.type() == null
              ? new Structure.Tensor(Types.ERROR)
              : session.typeNames.parameter(p.type(), env);
      if (p.defaultValue() != null) {
        Value value = session.calls.value(p.defaultValue(), env, type);
        if (p.type() != null) {
          session.structures.coerce(
              value, type, p.defaultValue(), env, "`" + p.name().text() + "`");
        }
      }
      if (Value.isError(type)) {
        env.bind(p.name().text(), new Entity.Wrong(at));
        continue;
      }
      if (p.over() != null) {
        over(p, type, at, env);
        continue;
      }
      Value value = opaque(p.name().text(), type, at);
      env.bind(p.name().text(), new Entity.Bound(value, Index.Kind.PARAMETER, at));
      session.sites.declare(at, Index.Kind.PARAMETER, p.name().text(), null, value);
    }
    checking++;
    functions.body(function, env);
    checking--;
  }

  /** One axis like no other stands for all of them; else each has a name of its own. */
  private List<Integer> axes(String name, int rank) {
    return IntStream.range(0, rank)
        .map(i -> session.types.opaqueLength(rank == 1 ? "*" + name : name + (i + 1)))
        .boxed()
        .toList();
  }

  /** From an argument, only one number of axes can be told. */
  private void oneStar(Decl.Parameter p, Env env) {
    List<TypeExpr.Axes> stars =
        p.type() == null
            ? List.of()
            : p.type().dims().stream()
                .filter(TypeExpr.Axes.class::isInstance)
                .map(TypeExpr.Axes.class::cast)
                .toList();
    if (stars.size() < 2) {
      return;
    }
    TypeExpr.Axes first = stars.getFirst();
    TypeExpr.Axes second = stars.get(1);
    session.reporter.report(
        session
            .diagnose(
                Code.CANNOT_INFER,
                "no argument tells where `*"
                    + first.name().text()
                    + "` ends and `*"
                    + second.name().text()
                    + "` begins",
                second.span(),
                env)
            .label("a second one in the type of a parameter")
            .related(env.file.source, first.span(), "the first one"));
  }

  /** A parameter over a scope stands for as many values as no other array has. */
  private void over(Decl.Parameter p, Structure type, Location at, Env env) {
    String scope = Objects.requireNonNull(p.over()).text();
    Agents.Scope known = env.scope(scope);
    Agents.Scope all =
        known == null ? new Agents.Scope(session.types.opaqueLength(scope), null, null) : known;
    env.bindScope(scope, all);
    Value stand = opaque(p.name().text(), Structure.array(type, all.count()), at);
    env.bind(p.name().text(), new Entity.Scoped(stand, at));
    session.sites.declare(
        at,
        Index.Kind.PARAMETER,
        p.name().text(),
        null,
        Bundles.element(stand, Terms.integer(0, at), at));
  }

  /** Stands for any value of a type. */
  private Value opaque(String name, Structure type, Location at) {
    if (type instanceof Structure.Logic) {
      Value condition = opaque(name, new Structure.Tensor(Type.BOOL), at);
      return new Value.Logic(session.temporal.formula(condition), at);
    }
    List<Term> leaves = new ArrayList<>();
    for (Structure.Leaf leaf : type.leaves()) {
      Definition stand =
          new Definition(name + leaf.name(), Definition.Kind.LOCAL, leaf.type(), null, at);
      session.opaque.add(stand);
      leaves.add(new Term.Ref(stand, leaf.type(), at));
    }
    return Value.of(type, leaves, at);
  }

  /** A unit variable is no unit, also where it has the name of one. */
  private static String opaqueUnit(String name) {
    return UnitTable.find(name) == null ? name : name + "'";
  }
}
