package org.rewlang.check;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Base;
import org.rewlang.model.Binder;
import org.rewlang.model.InputVar;
import org.rewlang.model.Interval;
import org.rewlang.model.Operation;
import org.rewlang.model.ReduceOp;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.source.Span;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Name;

/**
 * The scope {@code agent}. A value that each agent has is an array over all that there may be; read
 * at an agent's place it is that agent's element.
 */
final class Agents {

  static final String LIST = "agents";
  static final String ME = "me";
  static final String SCOPE = "agent";

  private static final int MOST = 10_000;

  /**
   * Whose values names stand for.
   *
   * @param index of the agent, null outside any
   * @param me the current agent, where {@code index} is that of one that is ranged over
   */
  record Place(@Nullable Term index, @Nullable Term me) {
    static final Place NONE = new Place(null, null);

    static Place of(Term index) {
      return new Place(index, index);
    }
  }

  /**
   * What is ranged over: {@code agents}, or what a function's scope parameter stands for.
   *
   * @param presence who is there; null where a function is checked without a call
   * @param mask who of them counts, a bool for each; or null
   */
  record Scope(int count, @Nullable InputVar presence, @Nullable Term mask) {}

  private final Session session;
  private @Nullable InputVar presence;
  private Place place = Place.NONE;
  private boolean whole;

  Agents(Session session) {
    this.session = session;
  }

  /** {@code inputs per agent[..N]}: how many there may be; null, with the reason told, if wrong. */
  @Nullable Integer bound(Decl.Inputs d, Name per, Env env) {
    InputVar known = presence;
    if (d.bound() == null) {
      if (known == null) {
        session.reporter.report(
            session
                .diagnose(Code.AGENTS, "how many agents may there be", per.span(), env)
                .label("needs a bound")
                .hint("write it behind `agent`: `inputs per agent[..8] { … }`"));
        return null;
      }
      return known.type().size();
    }
    Integer n = session.constants.whole(d.bound(), env, "the number of agents");
    if (n == null) {
      return null;
    }
    if (n < 1 || n > MOST) {
      session.reporter.report(
          session
              .diagnose(
                  Code.INDEX_RANGE, "there may be 1 to " + MOST + " agents", d.bound().span(), env)
              .label("this is " + n));
      return null;
    }
    if (known != null && known.type().size() != n) {
      session.reporter.report(
          session
              .diagnose(Code.AGENTS, "a program has agents of one kind", d.bound().span(), env)
              .label("up to " + n)
              .related(known.at().source(), known.at().span(), "up to " + known.type().size()));
      return null;
    }
    if (known == null) {
      presence =
          new InputVar(
              LIST,
              LIST,
              Type.BOOL.withShape(List.of(n)),
              "",
              Interval.ALL,
              org.rewlang.model.Scope.AGENT,
              true,
              "Which agents are there in this step.",
              env.file.at(per.span()));
    }
    return n;
  }

  /** The input that says who is there; null in a program without agents. */
  @Nullable InputVar presence() {
    return presence;
  }

  /** What {@code over agents} ranges over. */
  @Nullable Scope all() {
    InputVar known = presence;
    return known == null ? null : new Scope(known.type().size(), known, null);
  }

  Place place() {
    return place;
  }

  /** Elaborates {@code work} at a place. */
  <T> T at(Place there, Supplier<T> work) {
    Place before = place;
    place = there;
    try {
      return work.get();
    } finally {
      place = before;
    }
  }

  /** Elaborates what is expected of a step: outside any agent, a name stands for all of them. */
  <T> T expecting(Supplier<T> work) {
    whole = true;
    try {
      return work.get();
    } finally {
      whole = false;
    }
  }

  static Binder binder(Scope scope) {
    return Binder.over(SCOPE, scope.count(), scope.presence());
  }

  Binder binder() {
    return binder(java.util.Objects.requireNonNull(all()));
  }

  /** Whether the agent of a round is there; null if all are. */
  static @Nullable Term there(Binder binder, Location at) {
    InputVar presence = binder.presence();
    return presence == null
        ? null
        : Terms.element(
            new Term.Input(presence, presence.type(), at), List.of(Terms.loop(binder, at)), at);
  }

  /**
   * What a name stands for that each agent has one of: the value at the present place, or in what
   * is expected of a step the values of all.
   *
   * @param of the value of the agent at an index
   */
  Value value(String name, Location at, Function<Term, Value> of) {
    Term index = place.index();
    if (index != null) {
      return of.apply(index);
    }
    if (whole) {
      Binder binder = binder();
      Value one = of.apply(Terms.loop(binder, at));
      Term there = there(binder, at);
      Value known = there == null || one.isError() ? one : Bundles.maybe(there, one, at);
      return known.isError() ? known : Bundles.build(List.of(binder), known, at);
    }
    session.reporter.report(
        Diagnostic.of(
                Code.AGENTS,
                "each agent has a `" + name + "`, and here is no agent",
                at.source(),
                at.span())
            .label("whose")
            .hint(
                "aggregate, `mean("
                    + name
                    + " over agents)`; range, `sum(a."
                    + name
                    + " for a in agents)`; or pay each, `reward per agent`"));
    return Value.error(at);
  }

  /**
   * A condition whose past is asked for: where what each agent has holds it, each has a past of its
   * own, also where the condition reads nothing of the agent. For one who is away nothing holds.
   */
  Term own(@Nullable Expr condition, Term value, Env env) {
    InputVar known = presence;
    Term index = place.index();
    if (known == null || index == null) {
      return value;
    }
    if (condition != null && env.file.scopes.isPerAgent(condition)) {
      return value;
    }
    Term all = new Term.Input(known, known.type(), value.at());
    return Terms.and(Terms.element(all, List.of(index), value.at()), value, value.at());
  }

  /** {@code value}, or {@code away} in rounds of agents that are not there. */
  static Term unlessAway(Binder binder, Term value, double away, Location at) {
    Term there = there(binder, at);
    Term constant = new Term.Const(away, value.type().element(), at);
    return there == null ? value : Terms.select(there, value, constant, at);
  }

  /** The index of the agent that an expression names; null if it names none. */
  @Nullable Term named(Expr e, Env env) {
    if (!(e instanceof Expr.NameRef n)) {
      return null;
    }
    Entity entity = session.names.entity(n.name(), env);
    if (entity instanceof Entity.Agent agent) {
      session.sites.useTyped(
          env.file.at(n.span()), Index.Kind.VARIABLE, n.name(), SCOPE, null, agent.at());
      return agent.index();
    }
    return entity == null && n.name().equals(ME) ? place.me() : null;
  }

  /** {@code me} where there is no agent, and an agent or their list where a value is needed. */
  @Nullable Term misused(Expr.NameRef n, Env env) {
    Entity entity = session.names.entity(n.name(), env);
    boolean agent = entity instanceof Entity.Agent || entity == null && n.name().equals(ME);
    boolean list = entity == null && n.name().equals(LIST);
    if (presence == null || !agent && !list) {
      return null;
    }
    boolean nobody = n.name().equals(ME) && entity == null && place.me() == null;
    session.reporter.report(
        session
            .diagnose(
                nobody ? Code.AGENTS : Code.WRONG_KIND,
                nobody
                    ? "here is no current agent"
                    : list ? "`agents` is no value of its own" : "an agent is no value of its own",
                n.span(),
                env)
            .label(nobody ? "whose turn is it" : list ? "this is all agents" : "this is an agent")
            .hint(
                nobody
                    ? "`me` stands in what each agent has, such as `reward per agent { … }`"
                    : list
                        ? "range over them: `x over agents`, `a.x for a in agents`,"
                            + " `length(agents)`"
                        : "read one of its values, `"
                            + n.name()
                            + ".x`, or compare it with another"));
    return env.error(n.span());
  }

  /** The value of {@code f} where its first name is an agent, {@code o.x.y}; null if it isn't. */
  @Nullable Value field(Expr.Field f, Env env) {
    Expr root = f;
    while (root instanceof Expr.Field inner) {
      root = inner.target();
    }
    if (!(root instanceof Expr.NameRef n)) {
      return null;
    }
    Term index = named(n, env);
    if (index == null) {
      boolean me = n.name().equals(ME) && session.names.entity(ME, env) == null;
      return me ? misusedField(n, env) : null;
    }
    Expr rest = without(f);
    Expr first = rest;
    while (first instanceof Expr.Field inner) {
      first = inner.target();
    }
    boolean scoped =
        first instanceof Expr.NameRef x && env.local(x.name()) instanceof Entity.Scoped;
    Env names = scoped ? env : env.fileOnly();
    return at(new Place(index, place.me()), () -> session.value(rest, names));
  }

  private @Nullable Value misusedField(Expr.NameRef n, Env env) {
    Term misused = misused(n, env);
    return misused == null ? null : Value.of(misused);
  }

  private static Expr without(Expr.Field f) {
    return f.target() instanceof Expr.Field inner
        ? new Expr.Field(without(inner), f.name(), f.span())
        : new Expr.NameRef(f.name().text(), f.name().span());
  }

  /** The scope that a word names here: {@code agents}, or a function's parameter. */
  @Nullable Scope scope(String word, Env env) {
    Scope given = env.scope(word);
    return given != null ? given : word.equals(LIST) && !isTaken(env) ? all() : null;
  }

  private boolean isTaken(Env env) {
    return session.names.entity(LIST, env) != null;
  }

  /**
   * The scope that {@code for … in} or {@code length(…)} names; null if it names something else.
   */
  @Nullable Scope scope(Expr e, Env env) {
    return e instanceof Expr.NameRef n && session.names.entity(n.name(), env) == null
        ? scope(n.name(), env)
        : null;
  }

  /** {@code x over agents where c}; null, with the reason told, if something in it is wrong. */
  @Nullable Series series(Expr.Over o, Scope scope, Env env) {
    if (o.since() != null) {
      session.unsupported("`since` over a scope", o.since().span(), o.span(), env);
      return null;
    }
    Binder binder = binder(scope);
    Term index = Terms.loop(binder, env.at(o.span()));
    Place each = new Place(index, place.index());
    Term value = at(each, () -> session.expr(o.value(), env));
    Expr filter = o.where();
    Term where = filter == null ? null : at(each, () -> filter(filter, env));
    if (Terms.isError(value) || where != null && Terms.isError(where)) {
      return null;
    }
    Term counted = counted(binder, scope, where, env.at(o.span()));
    return new Series.Generated(
        new Comprehensions.Loop(List.of(binder), value, counted, null, null));
  }

  Term filter(Expr filter, Env env) {
    return session.fit.condition(session.expr(filter, env), filter, env, "`where`");
  }

  /** Whether a round counts: its agent is there, belongs to the scope, and the filter holds. */
  static @Nullable Term counted(Binder binder, Scope scope, @Nullable Term where, Location at) {
    Term result = there(binder, at);
    if (scope.mask() != null) {
      Term member = Terms.element(scope.mask(), List.of(Terms.loop(binder, at)), at);
      result = result == null ? member : Terms.and(result, member, at);
    }
    if (where == null) {
      return result;
    }
    return result == null ? where : Terms.and(result, where, at);
  }

  /** {@code length(agents)}: how many are there. */
  Term length(Scope scope, Location at) {
    Binder binder = binder(scope);
    Term counted = counted(binder, scope, null, at);
    return counted == null
        ? Terms.integer(scope.count(), at)
        : new Term.ReduceOver(
            ReduceOp.SUM, List.of(binder), counted, Terms.integer(1, at), Type.INT, at);
  }

  /** {@code o != me}: whether two agents are one; null if this compares no agents. */
  @Nullable Term same(Expr left, Expr.Link link, Env env) {
    boolean negated = link.op() == Expr.CompareOp.NOT_EQUAL;
    if (!negated && link.op() != Expr.CompareOp.EQUAL) {
      return null;
    }
    Term a = named(left, env);
    Term b = named(link.right(), env);
    if (a == null || b == null) {
      return null;
    }
    Location at = env.at(new Span(left.span().start(), link.right().span().end()));
    Term equal = Terms.apply(Operation.EQUAL, Type.BOOL, at, a, b);
    return negated ? Terms.not(equal, at) : equal;
  }

  /** A condition of each agent, as one that holds of all. */
  static Term everywhere(Binder binder, Term condition, Location at) {
    return new Term.ReduceOver(
        ReduceOp.ALL, List.of(binder), there(binder, at), condition, Type.BOOL, at);
  }

  /** What must be defined of a value of each agent: of those who are there. */
  static Term strict(Binder binder, Term value, Location at) {
    return each(binder, value, value.type().base() == Base.BOOL ? 1 : 0, at);
  }

  /** What each has, {@code away} for those that are not there. */
  static Term each(Binder binder, Term value, double away, Location at) {
    return Comprehensions.build(List.of(binder), unlessAway(binder, value, away, at), at);
  }
}
