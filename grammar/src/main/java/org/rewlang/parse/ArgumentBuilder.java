package org.rewlang.parse;

import java.util.List;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;
import org.rewlang.source.Span;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Name;

/** What stands between the parentheses of a call: arguments, comprehensions, `over`. */
final class ArgumentBuilder {

  private final ExprBuilder exprs;

  ArgumentBuilder(ExprBuilder exprs) {
    this.exprs = exprs;
  }

  List<Expr.Argument> arguments(RewParser.ArgumentsContext context) {
    return context.argument().stream().map(this::argument).toList();
  }

  private Expr.Argument argument(RewParser.ArgumentContext context) {
    Name name = context.name() == null ? null : Places.name(context.name());
    Expr value = exprs.of(context.expression());
    if (context.DOTDOT() != null) {
      Span dots = Places.of(context.DOTDOT());
      exprs.rules().openRange(value, dots);
      value = new Expr.Range(value, null, value.span().to(dots));
    } else if (context.comprehension() != null) {
      value = generator(value, context.comprehension());
    } else if (context.over() != null) {
      value = over(value, context.over());
    }
    return new Expr.Argument(name, value, Places.of(context));
  }

  private Expr over(Expr value, RewParser.OverContext context) {
    var reach = context.reach();
    Expr count = reach.sum() == null ? null : exprs.of(reach.sum());
    List<Name> names =
        count == null
            ? reach.reachName().stream().map(Places::name).toList()
            : List.of(Places.name(reach.LAST()));
    Expr since = optional(context, context.SINCE());
    Expr where = optional(context, context.WHERE());
    return new Expr.Over(
        value,
        new Expr.Scope(names, count, Places.of(reach)),
        since,
        where,
        value.span().to(Places.of(context)));
  }

  /** The expression that follows {@code word}, if it was written. */
  private @Nullable Expr optional(RewParser.OverContext context, @Nullable TerminalNode word) {
    if (word == null) {
      return null;
    }
    int at = word.getSymbol().getTokenIndex() + 1;
    for (var expression : context.expression()) {
      if (expression.start.getTokenIndex() == at) {
        return exprs.of(expression);
      }
    }
    return null;
  }

  Expr.Generator generator(Expr element, RewParser.ComprehensionContext context) {
    Expr condition = context.implication() == null ? null : exprs.of(context.implication());
    List<Expr.For> clauses = context.forClause().stream().map(this::forClause).toList();
    return new Expr.Generator(element, clauses, condition, element.span().to(Places.of(context)));
  }

  Expr.For forClause(RewParser.ForClauseContext context) {
    Expr source = exprs.of(context.implication());
    return new Expr.For(targets(context.targets()), source, Places.of(context));
  }

  private static List<Expr.Target> targets(RewParser.TargetsContext context) {
    return context.target().stream().map(ArgumentBuilder::target).toList();
  }

  private static Expr.Target target(RewParser.TargetContext context) {
    return context.name() != null
        ? new Expr.Target.One(Places.name(context.name()))
        : new Expr.Target.Group(targets(context.targets()), Places.of(context));
  }
}
