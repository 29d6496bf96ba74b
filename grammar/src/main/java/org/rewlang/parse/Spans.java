package org.rewlang.parse;

import org.rewlang.source.Span;
import org.rewlang.syntax.Expr;

/** Parentheses leave no node; the expression inside them gets their span. */
final class Spans {

  private Spans() {}

  static Expr widen(Expr e, Span s) {
    return switch (e) {
      case Expr.NumberLit x -> new Expr.NumberLit(x.text(), x.unit(), s);
      case Expr.BoolLit x -> new Expr.BoolLit(x.value(), s);
      case Expr.TextLit x -> new Expr.TextLit(x.value(), x.raw(), s);
      case Expr.NameRef x -> new Expr.NameRef(x.name(), s);
      case Expr.Field x -> new Expr.Field(x.target(), x.name(), s);
      case Expr.Index x -> new Expr.Index(x.target(), x.subscripts(), s);
      case Expr.Call x -> new Expr.Call(x.callee(), x.window(), x.arguments(), s);
      case Expr.ListLit x -> new Expr.ListLit(x.elements(), x.unit(), s);
      case Expr.Generator x -> new Expr.Generator(x.element(), x.clauses(), x.condition(), s);
      case Expr.ListComp x -> new Expr.ListComp(x.generator(), x.unit(), s);
      case Expr.Over x -> new Expr.Over(x.value(), x.scope(), x.since(), x.where(), s);
      case Expr.Unary x -> new Expr.Unary(x.op(), x.operand(), s);
      case Expr.Binary x -> new Expr.Binary(x.op(), x.left(), x.right(), x.window(), x.opSpan(), s);
      case Expr.Comparison x -> new Expr.Comparison(x.first(), x.rest(), s);
      case Expr.Conditional x -> new Expr.Conditional(x.then(), x.condition(), x.otherwise(), s);
      case Expr.Convert x -> new Expr.Convert(x.value(), x.unit(), s);
      case Expr.Range x -> new Expr.Range(x.from(), x.to(), s);
      case Expr.Broken x -> x;
    };
  }
}
