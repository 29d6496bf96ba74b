package org.rewlang.check;

import org.rewlang.model.Type;
import org.rewlang.syntax.Decl;
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
    Chart chart = Chart.of(m, session, env.file);
    if (chart == null) {
      declarations.wrong(m.name());
      session.mentions.add(env.file, m.span());
      return;
    }
    MachineCells cells = new MachineCells(session, m, chart, env);
    if (env.file.scopes.isPerAgent(m) && session.agents.presence() != null) {
      cells.perAgent(session.agents.binder());
    }
    globals.cells.addAll(cells.cells());
    globals.machines.add(cells);
    if (!declarations.isNew("value", m.name()) || !declarations.isNew("type", m.name())) {
      return;
    }
    Entity.Machine machine = cells.entity();
    env.file.values.put(m.name().text(), machine);
    env.file.enums.put(
        m.name().text(), new Entity.Enumeration(chart.states(), m.doc(), machine.at()));
    for (Name state : chart.names()) {
      session.sites.declare(
          env.file, state, Index.Kind.MEMBER, Type.of(chart.states()).toString(), null);
    }
  }
}
