package org.rewlang.bytecode;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.rewlang.code.Expression;
import org.rewlang.code.Memory;
import org.rewlang.code.Statement;
import org.rewlang.code.Variable;

/** Which variables and memory a method mentions. */
final class Uses {

  final Set<Variable> variables = new LinkedHashSet<>();
  final Set<Memory> memory = EnumSet.noneOf(Memory.class);

  private Uses() {}

  static Uses of(List<Statement> statements) {
    Uses uses = new Uses();
    uses.add(statements);
    return uses;
  }

  private void add(List<Statement> statements) {
    statements.forEach(this::add);
  }

  private void add(Statement statement) {
    switch (statement) {
      case Statement.From f -> add(f.statement());
      case Statement.Take t -> add(t.first());
      case Statement.Write w -> {
        variables.add(w.to());
        add(w.value());
      }
      case Statement.Store s -> {
        memory.add(s.memory());
        if (s.index() != null) {
          add(s.index());
        }
        add(s.value());
      }
      case Statement.Copy c -> {
        memory.add(c.from().memory());
        memory.add(c.memory());
      }
      case Statement.Fill _, Statement.Sort _ -> memory.add(Memory.SCRATCH);
      case Statement.Push p -> {
        memory.add(Memory.STATE);
        add(p.value());
      }
      case Statement.PushArray p -> {
        memory.add(Memory.STATE);
        memory.add(p.from().memory());
      }
      case Statement.If i -> {
        add(i.condition());
        add(i.then());
        add(i.otherwise());
      }
      case Statement.Loop l -> {
        variables.addAll(l.indices());
        add(l.body());
      }
      case Statement.Check c -> add(c.condition());
      case Statement.Part _ -> {}
    }
  }

  private void add(Expression expression) {
    switch (expression) {
      case Expression.Literal _, Expression.Present _ -> {}
      case Expression.From f -> add(f.value());
      case Expression.Read r -> variables.add(r.variable());
      case Expression.Load l -> {
        memory.add(l.memory());
        if (l.index() != null) {
          add(l.index());
        }
      }
      case Expression.Unary u -> add(u.operand());
      case Expression.Binary b -> {
        add(b.left());
        add(b.right());
      }
      case Expression.Select s -> {
        add(s.condition());
        add(s.then());
        add(s.otherwise());
      }
      case Expression.Clamp c -> add(c.index());
      case Expression.Ago a -> {
        memory.add(Memory.STATE);
        add(a.age());
        add(a.inner());
      }
    }
  }
}
