package org.rewlang.parse;

import java.util.List;
import org.rewlang.source.Span;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Decl.Clause;
import org.rewlang.syntax.Decl.Rule;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Gate;

/** Machines and objectives. */
final class MachineBuilder {

  private final ExprBuilder exprs;
  private final Docs docs;

  MachineBuilder(ExprBuilder exprs, Docs docs) {
    this.exprs = exprs;
    this.docs = docs;
  }

  Decl machine(RewParser.MachineDeclContext c) {
    return new Decl.Machine(
        docs.of(c),
        Places.name(c.name()),
        c.forClause() == null ? null : exprs.forClause(c.forClause()),
        c.expression() == null ? null : exprs.of(c.expression()),
        c.machineRule().stream().map(this::rule).toList(),
        Places.of(c));
  }

  private Rule rule(RewParser.MachineRuleContext c) {
    Span span = Places.of(c);
    if (c.edge() != null) {
      return edge(c.edge());
    }
    if (c.names() != null) {
      return new Rule.Final(ExprBuilder.names(c.names()), span);
    }
    if (c.limits() != null) {
      return new Rule.Counter(Places.name(c.name()), exprs.of(c.limits()), span);
    }
    if (c.expressions() != null) {
      return new Rule.Exclusive(exprs.expressions(c.expressions()), span);
    }
    return c.expression() == null
        ? new Rule.Initial(Places.name(c.name()), span)
        : new Rule.State(Places.name(c.name()), exprs.of(c.expression()), span);
  }

  private Rule edge(RewParser.EdgeContext c) {
    Gate gate = null;
    if (c.OTHERWISE() != null) {
      gate = new Gate(Gate.Kind.OTHERWISE, null, Places.of(c.OTHERWISE()));
    } else if (c.guard() != null) {
      Gate.Kind kind = c.guard().WHEN() == null ? Gate.Kind.ON : Gate.Kind.WHEN;
      gate = new Gate(kind, exprs.of(c.guard().expression()), Places.of(c.guard()));
    }
    return new Rule.Edge(
        Places.name(c.name(0)),
        Places.name(c.name(1)),
        gate,
        c.sum() == null ? null : exprs.of(c.sum()),
        c.expression() == null ? null : exprs.of(c.expression()),
        TestBuilder.options(exprs, c.options_()),
        Places.of(c));
  }

  Decl objective(RewParser.ObjectiveDeclContext c) {
    return new Decl.Objective(
        docs.of(c),
        c.name() == null ? null : Places.name(c.name()),
        c.clause().stream().map(this::clause).toList(),
        Places.of(c));
  }

  private Clause clause(RewParser.ClauseContext c) {
    Clause.Kind kind =
        switch (c.start.getType()) {
          case RewLexer.MAXIMIZE -> Clause.Kind.MAXIMIZE;
          case RewLexer.MINIMIZE -> Clause.Kind.MINIMIZE;
          case RewLexer.SUBJECT -> Clause.Kind.SUBJECT_TO;
          default -> Clause.Kind.PREFER;
        };
    List<Decl.Preference> values;
    if (c.expressions() != null) {
      values = exprs.expressions(c.expressions()).stream().map(MachineBuilder::plain).toList();
    } else if (c.expression() != null) {
      values = List.of(plain(exprs.of(c.expression())));
    } else {
      values = c.preference().stream().map(this::preference).toList();
    }
    return new Clause(kind, values, Places.of(c));
  }

  private static Decl.Preference plain(Expr value) {
    return new Decl.Preference(value, null, value.span());
  }

  private Decl.Preference preference(RewParser.PreferenceContext c) {
    Expr slack = c.SLACK() == null ? null : exprs.of(c.expression(1));
    return new Decl.Preference(exprs.of(c.expression(0)), slack, Places.of(c));
  }
}
