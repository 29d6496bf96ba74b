package org.rewlang.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.rewlang.source.Location;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Name;

/** Machines, entered under their names. */
final class Machines {

  private final Session session;
  private final Globals globals;
  private final Declarations declarations;
  private final Env env;

  Machines(Session session, Globals globals, Declarations declarations, Env env) {
    this.session = session;
    this.globals = globals;
    this.declarations = declarations;
    this.env = env;
  }

  void machine(Decl.Machine m) {
    Expr from = m.from();
    Chart chart =
        from == null
            ? Chart.of(m, session, env.file)
            : new FollowerRules(m, session, env.file).chart();
    if (!declarations.isNew("type", m.name())) {
      return;
    }
    names(m, chart);
    MachineParts cells =
        from == null
            ? new MachineCells(session, m, chart, env)
            : new FollowerCells(session, m, from, chart, env);
    if (env.file.scopes.isPerAgent(m) && session.agents.presence() != null) {
      cells.perAgent(session.agents.binder());
    }
    if (chart.valid()) {
      globals.cells.addAll(cells.cells());
      globals.machines.add(cells);
    } else {
      session.mentions.add(env.file, m.span());
    }
    if (declarations.isNew("value", m.name())) {
      env.file.values.put(m.name().text(), cells.entity());
    }
  }

  /** The states are members of an enum called as the machine is. */
  private void names(Decl.Machine m, Chart chart) {
    env.file.enums.put(
        m.name().text(),
        new Entity.Enumeration(chart.states(), m.doc(), env.file.at(m.name().span())));
    String type = chart.states().name();
    chart.names().forEach(s -> session.sites.declare(env.file, s, Index.Kind.MEMBER, type, null));
    Set<Name> first = new HashSet<>(chart.names());
    for (Decl.Rule rule : m.rules()) {
      for (Name state : states(rule)) {
        if (!state.text().equals(Chart.ANY)
            && !first.contains(state)
            && chart.states().members().contains(state.text())) {
          Location at = env.file.at(state.span());
          session.sites.useTyped(at, Index.Kind.MEMBER, state.text(), type, null, null);
        }
      }
    }
  }

  private static List<Name> states(Decl.Rule rule) {
    return switch (rule) {
      case Decl.Rule.Initial i -> List.of(i.state());
      case Decl.Rule.Final f -> f.states();
      case Decl.Rule.Edge e -> List.of(e.from(), e.to());
      case Decl.Rule.State s -> List.of(s.state());
      case Decl.Rule.Counter _, Decl.Rule.Exclusive _ -> List.of();
    };
  }
}
