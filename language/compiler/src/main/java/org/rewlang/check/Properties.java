package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import org.rewlang.model.Binder;
import org.rewlang.model.InputVar;
import org.rewlang.model.Interval;
import org.rewlang.model.PropertyCase;
import org.rewlang.model.Requirement;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Name;

/** What holds in every step: properties of the program, requirements of its data. */
final class Properties {

  private final Session session;
  private final Globals globals;
  private final Env env;
  private final Claims claims;

  Properties(Session session, Globals globals, Env env) {
    this.session = session;
    this.globals = globals;
    this.env = env;
    this.claims = new Claims(session);
  }

  List<PropertyCase> properties() {
    return globals.properties.stream().map(this::property).toList();
  }

  private PropertyCase property(Decl.Property p) {
    Env inner = env.inner();
    List<InputVar> variables = new ArrayList<>();
    for (Decl.Quantifier q : p.forAll()) {
      Term range =
          q.range() instanceof Expr.Range r
              ? session.quantities.range(r, env)
              : session.expr(q.range(), env);
      Type type = Terms.isError(range) ? Types.ERROR : Type.real(range.type().dimension());
      for (Name name : q.names()) {
        Location at = env.file.at(name.span());
        if (Types.isError(type)) {
          inner.bind(name.text(), new Entity.Wrong(at));
          continue;
        }
        InputVar variable =
            new InputVar(
                name.text(),
                name.text(),
                type,
                type.dimension().toString(),
                range(range),
                false,
                null,
                at);
        variables.add(variable);
        Term term = new Term.Input(variable, type, at);
        inner.bind(name.text(), new Entity.Bound(term, Index.Kind.VARIABLE, at));
        session.sites.declare(at, Index.Kind.VARIABLE, name.text(), null, term);
      }
    }
    return new PropertyCase(
        p.title().value(), variables, claims.of(p.claims(), inner), env.file.at(p.title().span()));
  }

  /** The ends of a range, in SI. */
  private Interval range(Term ends) {
    double[] values = session.constants.values(ends);
    return values == null || values.length != 2 || !(values[0] <= values[1])
        ? Interval.ALL
        : new Interval(values[0], values[1]);
  }

  List<Requirement> requirements() {
    List<Requirement> all = new ArrayList<>();
    for (Globals.Required r : globals.requires) {
      Env own = Env.of(r.file());
      Expr e = r.decl().condition();
      boolean each = r.file().scopes.isPerAgent(e) && session.agents.presence() != null;
      Binder agents = each ? session.agents.binder() : null;
      Location at = r.file().at(e.span());
      Agents.Place place =
          agents == null ? Agents.Place.NONE : Agents.Place.of(Terms.loop(agents, at));
      Term condition =
          session.agents.at(
              place, () -> session.fit.condition(session.expr(e, own), e, own, "`require`"));
      if (agents != null && !Terms.isError(condition)) {
        condition = Agents.everywhere(agents, condition, at);
      }
      if (!Terms.isError(condition)) {
        all.add(new Requirement(condition, r.file().at(r.decl().span())));
      }
    }
    return all;
  }
}
