package org.rewlang.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.Formula;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.DeclaredFormula;
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
  private boolean active;
  private boolean told;
  private @Nullable Value known;

  NamedFormula(Session session, Decl.Formula decl, Env env, boolean perAgent) {
    this.session = session;
    this.decl = decl;
    this.env = env;
    this.perAgent = perAgent;
    at = env.file.at(decl.name().span());
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
    return DeclaredFormula.of(name(), formula, session.atoms::term, decl.doc(), at);
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
    Value[] here = {Value.error(where)};
    List<Diagnostic> unused =
        session.reporter.capture(() -> session.sites.mute(() -> here[0] = elaborate()));
    return here[0];
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
