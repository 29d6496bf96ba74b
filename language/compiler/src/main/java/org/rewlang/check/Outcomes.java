package org.rewlang.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.rewlang.core.Output;
import org.rewlang.diagnostic.Code;
import org.rewlang.model.Base;
import org.rewlang.model.Definition;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.source.Span;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Gate;

/** Outcomes, metrics and costs. */
final class Outcomes {

  private final Session session;
  private final Globals globals;
  private final Declarations declarations;
  private final Env env;
  private final Gates gates;

  Outcomes(Session session, Globals globals, Declarations declarations, Env env) {
    this.session = session;
    this.globals = globals;
    this.declarations = declarations;
    this.env = env;
    this.gates = new Gates(session, globals);
  }

  private Entity.Members members(String word) {
    return env.file.members.computeIfAbsent(
        word, w -> new Entity.Members(w, new LinkedHashMap<>(), new ArrayList<>(), Map.of()));
  }

  void outcome(Decl.Outcome o) {
    String word = o.kind().name().toLowerCase(Locale.ROOT);
    Entity.Members members = members(word);
    Span keyword = new Span(o.span().start(), o.span().start() + word.length());
    Location at = env.file.at(o.name() == null ? keyword : o.name().span());
    String name = o.name() == null ? "" : o.name().text();
    Cell cell =
        new Cell(
            o.name() == null ? word : name,
            Definition.Kind.OUTCOME,
            Index.Kind.OUTCOME,
            at,
            o.doc(),
            self -> gates.open(o.gate(), self, env, null));
    cell.declare(Type.BOOL);
    if (o.name() == null && !members.nameless().isEmpty()) {
      Cell first = members.nameless().getFirst();
      session.reporter.report(
          session
              .diagnose(
                  Code.DUPLICATE_NAME,
                  "there are two `" + word + "` without a name",
                  at.span(),
                  env)
              .label("declared again")
              .related(first.at.source(), first.at.span(), "declared first here")
              .hint("give them names, or one condition with `or`"));
      return;
    }
    if (o.name() == null) {
      members.nameless().add(cell);
    } else if (declarations.isNew(word, o.name())) {
      members.cells().put(name, cell);
    } else {
      return;
    }
    globals.cells.add(cell);
    globals.results.add(
        new Globals.Planned(Output.Role.valueOf(o.kind().name()), name, cell, true));
  }

  void logged(Decl.Logged l) {
    if (l.output()) {
      session.unsupported("`output`", l.name().span(), l.span(), env.file);
      return;
    }
    boolean metric = l.role().text().equals("metric");
    Cell cell =
        declarations.cell(
            l.name(),
            metric ? Definition.Kind.METRIC : Definition.Kind.COST,
            metric ? Index.Kind.METRIC : Index.Kind.COST,
            l.doc(),
            self -> value(l, self, metric));
    declarations.perAgent(cell, env.file.scopes.isPerAgent(l));
    globals.cells.add(cell);
    if (declarations.isNew(l.role().text(), l.name())) {
      members(l.role().text()).cells().put(l.name().text(), cell);
      Output.Role role = metric ? Output.Role.METRIC : Output.Role.COST;
      globals.results.add(new Globals.Planned(role, l.name().text(), cell, false));
    }
  }

  /** A cost counts 0 where its gate is closed; a metric has no value there. */
  private Term value(Decl.Logged l, Cell self, boolean metric) {
    Term value = session.expr(l.value(), env);
    Gate gate = l.gate();
    Term open = gate == null ? null : gates.open(gate, self, env, null);
    if (open == null || Terms.anyError(open, value)) {
      return open == null ? value : Terms.error(env.file.at(l.span()));
    }
    Location at = env.file.at(l.span());
    Base base = value.type().base();
    if (base == Base.ENUM) {
      return named(value, l.value());
    }
    double closed = metric && base != Base.BOOL ? Double.NaN : 0;
    Term otherwise = new Term.Const(closed, value.type().element(), at);
    return Terms.select(open, value, otherwise, at);
  }

  private Term named(Term value, Expr expr) {
    session.reporter.report(
        session
            .diagnose(Code.TYPE_MISMATCH, "a gate goes with a number or bool", expr.span(), env)
            .label("this is `" + session.types.show(value.type()) + "`"));
    return env.error(expr.span());
  }
}
