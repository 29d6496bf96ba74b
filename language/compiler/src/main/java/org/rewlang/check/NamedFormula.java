package org.rewlang.check;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rewlang.analysis.Guards;
import org.rewlang.automata.Formula;
import org.rewlang.automata.Limits;
import org.rewlang.automata.Verdict;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Binder;
import org.rewlang.model.DeclaredFormula;
import org.rewlang.model.Definition;
import org.rewlang.model.EnumType;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.model.Watch;
import org.rewlang.source.Location;
import org.rewlang.syntax.Decl;

/**
 * A declared formula. What it says is elaborated when first asked for; one that each agent has, for
 * each agent that asks.
 */
final class NamedFormula {

  private final Session session;
  final Decl.Formula decl;
  final Location at;
  private final Env env;
  private final boolean perAgent;

  boolean used;

  /** Whether it is read on words that go on for ever, too. */
  boolean endless;

  /** Whether somebody asks if it is satisfied or violated. */
  boolean judged;

  private boolean active;
  private boolean told;
  private @Nullable Value known;

  /** What a verdict is to people, by {@link Verdict}. */
  private static final Type VERDICT =
      Type.of(
          new EnumType(
              "verdict",
              Stream.of(Verdict.values())
                  .map(v -> v.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                  .toList()));

  /** For verdicts that only tables show. */
  private static final Limits SMALL = new Limits(1_000, 100_000, Duration.ofDays(1));

  /** Where the automaton's arrays are read. */
  private final Cell place;

  private boolean small;
  private @Nullable Watching watching;

  NamedFormula(Session session, Decl.Formula decl, Env env, boolean perAgent) {
    this.session = session;
    this.decl = decl;
    this.env = env;
    this.perAgent = perAgent;
    at = env.file.at(decl.name().span());
    place = cell(Type.INT, this::place);
  }

  private Cell cell(Type type, Supplier<Term> body) {
    Cell cell =
        new Cell(name(), Definition.Kind.LET, Index.Kind.LET, at, decl.doc(), _ -> body.get());
    cell.declare(type);
    cell.agents = perAgent ? session.agents.binder() : null;
    return cell;
  }

  String name() {
    return decl.name().text();
  }

  boolean isPerAgent() {
    return perAgent;
  }

  /** Elaborates it for what is wrong in it, wherever it is needed first. */
  Value check() {
    Value before = known;
    if (before != null) {
      return before;
    }
    if (active) {
      cycle();
      return Value.error(at);
    }
    Agents.Place own =
        perAgent ? Agents.Place.of(Terms.loop(session.agents.binder(), at)) : Agents.Place.NONE;
    Value[] value = {Value.error(at)};
    active = true;
    session.reporter.escape(
        () -> session.sites.escape(() -> value[0] = session.agents.at(own, this::elaborate)));
    active = false;
    known = value[0];
    session.sites.declare(at, Index.Kind.FORMULA, name(), decl.doc(), value[0]);
    return value[0];
  }

  /** What it says, for tools; null if something is wrong with it. */
  @Nullable DeclaredFormula model() {
    Value value = check();
    if (value.isError()) {
      return null;
    }
    Formula formula = session.temporal.formula(value);
    Conditions conditions = new Conditions(session);
    Formula own = formula.replace(conditions::met);
    List<Term> atoms = conditions.atoms().stream().map(Guards.Atom::term).toList();
    return new DeclaredFormula(name(), own, atoms, decl.doc(), at);
  }

  /** Its value at the present place. */
  Value read(Location where) {
    used = true;
    Value value = check();
    if (!perAgent || value.isError()) {
      return value;
    }
    if (session.agents.place().index() == null) {
      return session.agents.value(name(), where, _ -> Value.of(Terms.bool(true, where)));
    }
    return here();
  }

  /** Its value for the agent at the present place. */
  private Value here() {
    Value[] here = {Value.error(at)};
    List<Diagnostic> unused =
        session.reporter.capture(() -> session.sites.mute(() -> here[0] = elaborate()));
    return here[0];
  }

  /** Its verdict at the present place, one automaton for all who ask; null if it is wrong. */
  @Nullable Watching watch(Location where) {
    Term there = session.cells.read(place, where.point());
    return watching == null || Terms.isError(there) ? null : watching.where(there);
  }

  /** What is known of it in each step, for tables; null if it has no verdict, or a costly one. */
  @Nullable Cell verdict() {
    if (!used || !(check() instanceof Value.Logic)) {
      return null;
    }
    small = true;
    session.cells.own(place);
    if (watching == null) {
      return null;
    }
    Cell verdict = cell(VERDICT, this::known);
    session.cells.own(verdict);
    return verdict;
  }

  /** What tools see of one that has a verdict. */
  @Nullable Watch watch() {
    Watching own = watching;
    if (own == null) {
      return null;
    }
    Cell state = cell(Type.INT, () -> state(at));
    session.cells.own(state);
    List<Watch.Condition> atoms =
        own.atoms().stream()
            .map(a -> new Watch.Condition(a.name(), each(a.term()), a.term().at()))
            .toList();
    Definition held = state.define();
    Term all = new Term.Ref(held, held.type(), at);
    Binder agents = place.agents;
    Term there =
        agents == null ? all : each(Terms.element(all, List.of(Terms.loop(agents, at)), at));
    return new Watch(
        name(), own.of(), endless, judged, own.monitor(), atoms, there, decl.doc(), at);
  }

  private Term state(Location where) {
    Watching here = watch(where);
    return here == null ? Terms.error(where) : here.table(Type.INT, s -> s);
  }

  /** What is read at each agent's place, for all of them; undefined for those that are away. */
  private Term each(Term one) {
    Binder agents = place.agents;
    return agents == null ? one : Agents.each(agents, one, Double.NaN, one.at());
  }

  private Term known() {
    Watching here = watch(at);
    return here == null
        ? Terms.error(at)
        : here.table(VERDICT, s -> here.monitor().verdict(s).ordinal());
  }

  private Term place() {
    Value value = perAgent ? here() : check();
    if (!(value instanceof Value.Logic logic)) {
      return Terms.error(at);
    }
    Limits.Outcome<Watching> made =
        small
            ? Watching.of(logic.formula(), false, SMALL, session, at)
            : session.automata.spend(
                limits -> Watching.of(logic.formula(), false, limits, session, at));
    if (made instanceof Limits.Refused<Watching> refused && !small) {
      session.formulas.tooLarge("`" + name() + "`", refused, at);
    }
    watching = made.orNull();
    return watching == null ? Terms.error(at) : watching.place();
  }

  private Value elaborate() {
    Value value = session.value(decl.value(), env);
    String place = "the formula `" + name() + "`";
    return Functions.shared(name(), session.temporal.bool(value, decl.value(), place, false, env));
  }

  private void cycle() {
    if (told) {
      return;
    }
    told = true;
    session.reporter.escape(
        () ->
            session.reporter.report(
                Diagnostic.of(
                        Code.CYCLE,
                        "the formula `" + name() + "` is made of itself",
                        at.source(),
                        at.span())
                    .label("what it says needs what it says")
                    .hint("say what repeats with `always`, `eventually` or `until`")));
  }
}
